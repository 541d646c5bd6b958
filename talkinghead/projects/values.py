"""The project: the contents of Create, from which every video is ordered."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from talkinghead.av.cropping import CropBox
from talkinghead.av.measured import SHORTEST_SECONDS
from talkinghead.catalogue import (
    Catalogue,
    Geometry,
    ModelInput,
    SpeechLength,
)
from talkinghead.catalogue.export import Fit
from talkinghead.portraits.surround import Surround
from talkinghead.portraits.values import Portrait
from talkinghead.projects.framing import crop_key
from talkinghead.projects.listing.summaries import short_title
from talkinghead.projects.made_speech import MadeSpeech
from talkinghead.projects.parameters import given_values, kept_values, own_voice_of, shape_field_of
from talkinghead.projects.saved import Conflict as Conflict
from talkinghead.projects.saved import SavedProject as SavedProject
from talkinghead.projects.script_reading import model_words, script_language
from talkinghead.speech.local_voice.local_voices import DEFAULT_VOICE
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.recordings.values import Recording, RecordingEdit
from talkinghead.speech.repository import Speech
from talkinghead.speech.text.script import LONGEST_SCRIPT, estimate_seconds, script_problem

EXAMPLE_SECONDS = Decimal(20)
"""The length that prices are shown for until there is a speech."""


class Project(BaseModel):
    """All choices for a video and the results made from it; changed by `with_`.

    Attributes:
        portrait: the picture, or None.
        face: which of several faces speaks, or None.
        crops: the part of the picture to animate, by shape and fit (`crop_key`).
        shape: the width over height asked for where the model follows the picture, or None.
        fit: whether the picture is cropped to that shape, or surrounded where it is of another.
        surround_colour: RGB, of a "colour" fit.
        source: whether a script or a recording is spoken.
        script: the words.
        recording: as it came, or None. edit: what is done to it. edited: the result, or None as
            long as it is not needed: it is made when something is ordered of it.
        reader: the voice that says the script. Models that take audio lip-sync to its voice-over;
            others speak with the closest of their own voices, unless another one is chosen.
        own_voice: a model that takes either speaks with a voice of its own.
        made: the last speech that was made of it, also where the script has changed since.
        speech_job: the job that makes the speech, or made it, or None.
        endpoint_id: the chosen model; by default the first of the catalogue.
        parameters: what was chosen for each model, by endpoint and name.
        jobs: the ids of what was rendered of it, oldest first.
        conflicts: values of other tabs, until a person chooses.
        measured: the length of the edited recording as long as it is not made, if it is known.
        pronunciations: the workspace's list as it is now. catalogue: its models. These three are
            not stored.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    portrait: Portrait | None = None
    face: int | None = None
    crops: dict[str, CropBox] = {}
    shape: float | None = None
    fit: Fit = "crop"
    surround_colour: tuple[int, int, int] = (18, 19, 24)
    source: Literal["script", "recording"] = "script"
    script: str = ""
    recording: Recording | None = None
    edit: RecordingEdit = RecordingEdit()
    edited: Recording | None = None
    reader: str = DEFAULT_VOICE.id
    own_voice: bool = False
    made: MadeSpeech | None = None
    speech_job: str | None = None
    endpoint_id: str = ""
    parameters: dict[str, dict[str, Any]] = {}
    jobs: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    measured: Annotated[SpeechLength | None, Field(exclude=True)] = None
    pronunciations: Annotated[tuple[Pronunciation, ...], Field(exclude=True)] = ()
    catalogue: Annotated[Catalogue, Field(exclude=True)]

    @model_validator(mode="before")
    @classmethod
    def _with_first_model(cls, values: dict[str, Any]) -> dict[str, Any]:
        if (catalogue := values.get("catalogue")) is None:
            return values  # which is refused: the field is required
        return {"endpoint_id": catalogue.models[0].endpoint_id, **values}

    def with_(self, **changes: Any) -> Self:
        """Return a copy with some values changed."""
        return self.model_copy(update=changes)

    @property
    def model(self) -> type[ModelInput]:
        """The chosen model; the first of the catalogue if it no longer exists."""
        models = {model.endpoint_id: model for model in self.catalogue.models}
        return models.get(self.endpoint_id, self.catalogue.models[0])

    def parameters_of(self, model: type[ModelInput]) -> dict[str, Any]:
        """Return the values chosen for a model, by name, with the voice that it speaks with and the
        prompt that it requires."""
        return given_values(model, self.parameters, self.voice_on(model), self.catalogue)

    def voice_on(self, model: type[ModelInput]) -> str | None:
        """Return the voice of its own that a model speaks with, or None where it has none."""
        if self.source != "script" or self.says_first(model):
            return self.chosen_voice(model)
        return own_voice_of(model, self.parameters.get(model.endpoint_id, {}), self.reader)

    def chosen_voice(self, model: type[ModelInput]) -> str | None:
        """Return the voice chosen for a model, or None where the closest speaks."""
        return self.parameters.get(model.endpoint_id, {}).get(model.voice_field or "") or None

    def closest_voice(self, model: type[ModelInput]) -> str | None:
        """Return the voice of a model's own that is closest to the project's."""
        return own_voice_of(model, {}, self.reader)

    def with_speech(self, speech: Speech, script: str) -> Self:
        """Return a copy with a speech made from these words."""
        said = model_words(script, self.pronunciations)
        return self.with_(made=MadeSpeech.of(speech, script, said))

    def with_parameters(self, model: type[ModelInput], chosen: Mapping[str, Any]) -> Self:
        """Return a copy with these values for a model; neither defaults, nor the closest voice, nor
        the prompt of another model are stored."""
        voice = self.closest_voice(model)
        return self.with_(
            parameters=kept_values(model, self.parameters, chosen, voice, self.catalogue)
        )

    def says_first(self, model: type[ModelInput]) -> bool:
        """Whether the script is made into a speech before it is sent to this model."""
        if self.source != "script" or model.recording_field is None:
            return False
        return model.script_field is None or not self.own_voice

    @property
    def language(self) -> str | None:
        """The language of the script (ISO 639-1); None if undecidable."""
        written = self.source == "script" and self.script.strip()
        return script_language(self.script[:LONGEST_SCRIPT]) if written else None

    @property
    def script_problem(self) -> str | None:
        """Why the script cannot be spoken, or None; an empty one is no problem yet."""
        written = self.source == "script" and self.script.strip()
        return script_problem(self.script) if written else None

    @property
    def made_speech(self) -> MadeSpeech | None:
        """The speech of exactly these words in the chosen voice, said as the pronunciation list has
        them now, or None if it is still to be made."""
        return self._made(current=True)

    @property
    def outdated_speech(self) -> MadeSpeech | None:
        """The speech of these words in this voice from before the pronunciation list changed."""
        return self._made(current=False)

    def _made(self, *, current: bool) -> MadeSpeech | None:
        made = self.made if self.source == "script" else None
        if made is None or (made.script, made.voice) != (self.script, self.reader):
            return None
        return made if made.is_said_as(self.said) is current else None

    @property
    def needs_speech(self) -> bool:
        """Whether a speech still has to be made from the script for the chosen model."""
        return self.says_first(self.model) and self.sound is None

    def sound_for(self, model: type[ModelInput]) -> str | None:
        """Return the reference of the sound for a model, or None if it speaks itself, or the sound
        is still to be made."""
        if self.source == "recording":
            return self.edited.reference if self.edited else None
        made = self.made_speech
        return made.reference if made and self.says_first(model) else None

    @property
    def sound(self) -> str | None:
        """The sound for the chosen model."""
        return self.sound_for(self.model)

    @property
    def speech(self) -> SpeechLength | None:
        """The length of the speech, or None while there is none."""
        if self.source == "recording":
            seconds = self._recorded_seconds
            return None if seconds is None else SpeechLength(seconds, "recording")
        if not self.script.strip():
            return None
        if made := self.made_speech:
            return SpeechLength(made.seconds, "recording" if self.sound else "script")
        return SpeechLength(estimate_seconds(self.script), "script")

    @property
    def needs_edit(self) -> bool:
        """Whether the edited recording still has to be made for an order."""
        return self.source == "recording" and self.recording is not None and self.edited is None

    @property
    def _recorded_seconds(self) -> Decimal | None:
        """The length of the edited recording, or until it is made of the part that is kept; None
        where nothing is left."""
        if self.edited is not None:
            return Decimal(str(self.edited.seconds))
        if self.recording is None:
            return None
        if self.measured is not None:
            return self.measured.seconds
        kept = self.edit.kept_seconds(self.recording.seconds)
        return Decimal(str(round(kept, 3))) if kept >= SHORTEST_SECONDS else None

    @property
    def speech_or_example(self) -> SpeechLength:
        """The length of the speech, or an example's to show prices for."""
        return self.speech or SpeechLength(EXAMPLE_SECONDS, self.source)

    def length_on(self, model: type[ModelInput]) -> SpeechLength:
        """Return the length of the speech for this model; approximate until the script is
        spoken."""
        length = self.speech_or_example
        given = "recording" if self.says_first(model) else self.source
        quiet_end = self.measured.quiet_end if self.needs_edit and self.measured else None
        return SpeechLength(length.seconds, given, quiet_end)

    def is_guess(self, model: type[ModelInput]) -> bool:
        """Whether the length of the video on this model is approximate."""
        if self.source == "recording":
            return self.needs_edit and self.measured is None
        return not (self.says_first(model) and self.made_speech)

    def provisional(self, model: type[ModelInput], image: str = "") -> ModelInput:
        """Return a model's inputs for an estimate, complete or not."""
        return model.provisional(**self.known_values(model, image))

    def known_values(self, model: type[ModelInput], image: str) -> dict[str, Any]:
        """Return everything known of a model's inputs, by name."""
        followed = model.following(self.length_on(model))
        chosen = self.parameters_of(model)
        shape = shape_field_of(model, chosen, self.shape, self.aspect)
        values = {**followed, **chosen, **shape, "image_url": image}
        sound = self.sound_for(model)
        if model.recording_field and sound:
            values[model.recording_field] = sound
        elif self.source == "script" and model.script_field:
            # One too long to be said is not read sentence by sentence: that would take seconds.
            too_long = len(self.script) > LONGEST_SCRIPT
            values[model.script_field] = "" if too_long else self.said
        return values

    @property
    def said(self) -> str:
        """The script for a model that speaks by itself."""
        return model_words(self.script, self.pronunciations)

    @property
    def aspect(self) -> float:
        """Width over height of the picture, or the requested shape; 1 without either."""
        if self.shape is not None:
            return self.shape
        return self.portrait.width / self.portrait.height if self.portrait else 1.0

    @property
    def geometry(self) -> Geometry:
        """The shape of the video on the chosen model."""
        return self.provisional(self.model).geometry(self.aspect)

    @property
    def crop(self) -> CropBox | None:
        """The region of the picture to animate in this shape, or None if none was chosen."""
        return self.crops.get(crop_key(self.geometry, self.fit))

    def with_crop(self, box: CropBox) -> Self:
        """Return a copy with another crop for this shape and fit."""
        return self.with_(crops={**self.crops, crop_key(self.geometry, self.fit): box})

    @property
    def surround(self) -> Surround | None:
        """What is drawn around the picture; None where it is cropped."""
        return None if self.fit == "crop" else Surround(self.fit, self.surround_colour)

    @property
    def title(self) -> str:
        """A few words to recognise its videos by."""
        if self.source == "recording" and self.recording:
            return self.recording.title
        return short_title(self.script)
