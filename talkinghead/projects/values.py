"""What the Create page holds, kept in the journal under an id that stands in the page's address.

A reload, another page or a server's restart finds it again: `?project=…` names it. Each render
keeps a copy under the job's own id, so that a video's inputs can be used again as they were.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from talkinghead.av.framing import CropBox
from talkinghead.catalogue import (
    BUILT_IN,
    Catalogue,
    DraftInput,
    Geometry,
    ModelInput,
    SpeechLength,
)
from talkinghead.core.errors import InvalidParameters
from talkinghead.portraits.service import Portrait
from talkinghead.speech.local_voice.catalogue import DEFAULT_VOICE
from talkinghead.speech.pronunciations.emphasis import said_alone
from talkinghead.speech.pronunciations.entries import Pronunciation, pronounced
from talkinghead.speech.recordings.values import Recording, RecordingEdit
from talkinghead.speech.text.language import UNKNOWN, language_of
from talkinghead.speech.text.script import LONGEST_SCRIPT, check_script, estimate_seconds

EXAMPLE_SECONDS = Decimal(20)
"""What prices are shown for until there is a speech."""


class MadeSpeech(BaseModel):
    """A speech that was made of a script.

    Attributes:
        id: of the speech.
        reference: of its sound, which a model takes as a recording.
        seconds: its length.
        script: the words as they stood on the page.
        voice: the id of the voice that says them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    reference: str
    seconds: Decimal
    script: str
    voice: str


class Project(BaseModel):
    """Everything that was chosen on the Create page; changed by `with_`.

    Attributes:
        portrait: the picture, or None.
        face: which of several faces speaks, or None.
        crops: the part of the picture to animate, by the aspect it was cropped for.
        shape: the width over height asked for where the model follows the picture, or None.
        source: whether a script or a recording is spoken.
        script: the words.
        recording: as it came, or None. edit: what is done to it. edited: the result, or None.
        reader: the voice that says a script for models that take a recording.
        own_voice: a model that takes either says the script in its own voice.
        made: the last speech that was made on this page, also where the script has changed since.
        speech_job: the job that makes the speech, or made it, or None.
        endpoint_id: the chosen model.
        parameters: what was chosen for each model, by endpoint and name.
        jobs: the ids of what was rendered from this page, oldest first.
        pronunciations: the workspace's list as it is now; never kept with the rest.
        catalogue: the models of the workspace; never kept with the rest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    portrait: Portrait | None = None
    face: int | None = None
    crops: dict[str, CropBox] = {}
    shape: float | None = None
    source: Literal["script", "recording"] = "script"
    script: str = ""
    recording: Recording | None = None
    edit: RecordingEdit = RecordingEdit()
    edited: Recording | None = None
    reader: str = DEFAULT_VOICE.id
    own_voice: bool = True
    made: MadeSpeech | None = None
    speech_job: str | None = None
    endpoint_id: str = BUILT_IN.models[0].endpoint_id
    parameters: dict[str, dict[str, Any]] = {}
    jobs: tuple[str, ...] = ()
    pronunciations: Annotated[tuple[Pronunciation, ...], Field(exclude=True)] = ()
    catalogue: Annotated[Catalogue, Field(exclude=True)] = BUILT_IN

    def with_(self, **changes: Any) -> Self:
        """The same with some things changed."""
        return self.model_copy(update=changes)

    @property
    def model(self) -> type[ModelInput]:
        """The chosen model; the first of the catalogue where it is no longer there."""
        known = {model.endpoint_id: model for model in self.catalogue.models}
        return known.get(self.endpoint_id, self.catalogue.models[0])

    def parameters_of(self, model: type[ModelInput]) -> dict[str, Any]:
        """What was chosen for a model; a voice it needs starts as that of the cheapest model with
        the same voices."""
        kept = self.parameters.get(model.endpoint_id, {})
        chosen = {name: value for name, value in kept.items() if _is_choice(model, name, value)}
        field = model.voice_field
        if field and model.model_fields[field].is_required() and not chosen.get(field):
            chosen |= self._first_voice(model, field)
        return chosen

    def _first_voice(self, model: type[ModelInput], field: str) -> dict[str, Any]:
        like = self.catalogue.voiced_like(model)
        if like is None or like.voice_field is None:
            return {}
        default = like.model_fields[like.voice_field].default
        return {field: self.parameters.get(like.endpoint_id, {}).get(like.voice_field, default)}

    def with_parameters(self, model: type[ModelInput], chosen: Mapping[str, Any]) -> Self:
        """The same with these values for a model; those that are its defaults are not kept."""
        kept = {name: value for name, value in chosen.items() if _is_choice(model, name, value)}
        others = {
            endpoint_id: values
            for endpoint_id, values in self.parameters.items()
            if endpoint_id != model.endpoint_id
        }
        return self.with_(parameters={**others, model.endpoint_id: kept} if kept else others)

    def says_first(self, model: type[ModelInput]) -> bool:
        """Whether the script becomes a speech before this model is given it."""
        if self.source != "script" or model.recording_field is None:
            return False
        return model.script_field is None or not self.own_voice

    @property
    def language(self) -> str | None:
        """The language that the script is written in, by ISO 639-1; None where nobody can tell."""
        code = _language(self.script[:LONGEST_SCRIPT]) if self.source == "script" else UNKNOWN
        return None if code == UNKNOWN else code

    @property
    def made_speech(self) -> MadeSpeech | None:
        """The speech of these very words in the chosen voice, or None where it is still to be
        made."""
        made = self.made
        if made is None or self.source != "script":
            return None
        return made if (made.script, made.voice) == (self.script, self.reader) else None

    def sound_for(self, model: type[ModelInput]) -> str | None:
        """The reference of the sound that a model is given, or None where it speaks itself, or
        the sound is still to be made."""
        if self.source == "recording":
            return self.edited.reference if self.edited else None
        made = self.made_speech
        return made.reference if made and self.says_first(model) else None

    @property
    def sound(self) -> str | None:
        """The sound that the chosen model is given."""
        return self.sound_for(self.model)

    @property
    def speech(self) -> SpeechLength | None:
        """How long the speech is, or None while there is none."""
        if self.source == "recording":
            if self.edited is None:
                return None
            return SpeechLength(_decimal(self.edited.seconds), "recording")
        if not self.script.strip():
            return None
        if made := self.made_speech:
            return SpeechLength(made.seconds, "recording" if self.sound else "script")
        return SpeechLength(estimate_seconds(self.script), "script")

    @property
    def speech_or_example(self) -> SpeechLength:
        """The speech, or an example's length to show prices for."""
        return self.speech or SpeechLength(EXAMPLE_SECONDS, self.source)

    def length_on(self, model: type[ModelInput]) -> SpeechLength:
        """The speech as this model is given it; a script's length is a guess until it is said."""
        length = self.speech_or_example
        given = "recording" if self.says_first(model) else self.source
        return SpeechLength(length.seconds, given)

    def is_guess(self, model: type[ModelInput]) -> bool:
        """Whether the length of the video on this model is known only roughly."""
        if self.source == "recording":
            return False
        return not (self.says_first(model) and self.made_speech)

    def provisional(self, model: type[ModelInput], image: str = "") -> ModelInput:
        """A model's inputs to estimate with, complete or not."""
        return model.provisional(**self._values(model, image))

    def _values(self, model: type[ModelInput], image: str) -> dict[str, Any]:
        """Everything that is known of a model's inputs, by name."""
        followed = model.following(self.length_on(model))
        values = {**followed, **self.parameters_of(model), "image_url": image}
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
        return _said(self.script, self.pronunciations)

    @property
    def aspect(self) -> float:
        """Width over height of the picture, or the shape asked for; a square without either."""
        if self.shape is not None:
            return self.shape
        return self.portrait.width / self.portrait.height if self.portrait else 1.0

    @property
    def geometry(self) -> Geometry:
        """The shape of the video on the chosen model."""
        return self.provisional(self.model).geometry(self.aspect)

    @property
    def crop(self) -> CropBox | None:
        """The part of the picture to animate in this geometry, or None where none was chosen."""
        return self.crops.get(aspect_key(self.geometry))

    def model_input(self, image: str) -> ModelInput:
        """The chosen model's complete inputs.

        Raises:
            InvalidParameters: something is missing or out of its range.
            InvalidScript: the words cannot be spoken.
        """
        model = self.model
        values = self._values(model, image)
        if self.source == "script":
            check_script(self.script)
            words = check_script(self.said)
            if model.script_field in values:
                values[model.script_field] = words
        try:
            return model.model_validate(values)
        except ValidationError as error:
            name = str(error.errors()[0]["loc"][0])
            label = name.replace("_", " ")
            raise InvalidParameters(
                f"{model.title} needs another {label}: look at its settings.", field=name
            ) from None

    def draft_input(self, image: str) -> DraftInput:
        """The free draft of the same video, in the chosen model's geometry.

        Raises:
            InvalidParameters: there is nothing to say.
        """
        if self.speech is None:
            raise InvalidParameters("There is nothing to say yet.", field="script")
        spoken = self.source == "script"
        geometry, chosen = self.geometry, self.parameters_of(self.model)
        return DraftInput(
            image_url=image,
            script_text=self._draft_words() if spoken else None,
            audio_url=self.sound,
            voice=self.draft_voice,
            width=geometry.width // 2 * 2,
            height=geometry.height // 2 * 2,
            seed=abs(chosen.get("seed") or 0),
            stands_for=self.model.endpoint_id,
        )

    def _draft_words(self) -> str:
        """The local voice is silent at the marks for pauses."""
        script = check_script(self.script)
        return check_script(pronounced(script, self.pronunciations).text)

    @property
    def draft_voice(self) -> str:
        """The voice the draft is asked for: the model's own choice, else the local reader."""
        field = self.model.voice_field
        if field is None or self.says_first(self.model):
            return self.reader.rpartition(":")[2]  # a bought one by its name
        default = self.model.model_fields[field].default
        voice = self.parameters_of(self.model).get(field, default)
        return voice if isinstance(voice, str) and voice else DEFAULT_VOICE.id

    @property
    def draft_speaks(self) -> bool:
        """Whether the draft says the script in a voice of its own, not with a sound it is given."""
        return self.source == "script" and self.sound is None

    @property
    def title(self) -> str:
        """A few words to recognise its videos by."""
        if self.source == "recording" and self.recording:
            return self.recording.name or "A recording"
        words = " ".join(self.script.split())
        return words if len(words) <= 60 else f"{words[:59].rsplit(' ', 1)[0]} …"


def _is_choice(model: type[ModelInput], name: str, value: Any) -> bool:
    """Whether a value says more than the default does; None does only where the model takes it."""
    field = model.model_fields.get(name)
    if field is None or value in ("", field.get_default()):
        return False
    return value is not None or NoneType in get_args(field.annotation)


@lru_cache(maxsize=16)
def _language(script: str) -> str:
    """A page asks for it at each run; a long script takes 30 ms."""
    return language_of(script)[0] if script.strip() else UNKNOWN


@lru_cache(maxsize=16)
def _said(script: str, pronunciations: tuple[Pronunciation, ...]) -> str:
    """Every model's price asks for it at each run; a long script and a long list take .2 s."""
    return said_alone(script, pronunciations)


def aspect_key(geometry: Geometry) -> str:
    """The name that a crop is kept under."""
    return f"{geometry.aspect:.3f}"


def _decimal(seconds: float) -> Decimal:
    return Decimal(str(seconds))
