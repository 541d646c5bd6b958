"""Builds the inputs for rendering a video again on another model."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from talkinghead.catalogue import Catalogue, Geometry, ModelInput, SpeechLength
from talkinghead.comparisons.input_mapping import inputs_of, seconds_of, settings_for
from talkinghead.core.errors import InvalidParameters, InvalidRecording, NotFound, RenderRefused
from talkinghead.jobs.job import Video
from talkinghead.portraits.service import PortraitService
from talkinghead.projects.service import ProjectService
from talkinghead.speech.pronunciations.emphasis import said_alone
from talkinghead.speech.pronunciations.service import PronunciationService
from talkinghead.speech.recordings.service import RecordingService
from talkinghead.speech.recordings.values import Recording
from talkinghead.speech.repository import SpeechRepository
from talkinghead.videos.service import VideoService

SPEECH_NAME = "Audio from a video"


class RerenderInputs:
    """Builds the inputs of other models from one workspace's videos.

    Args:
        workspace: its id.
        portraits, recordings: what was brought.
        gallery: the videos themselves.
        speeches: resolves the words of the studio's own speeches.
        pronunciations: how names are said.
        projects: what a video was made from on Create.
        catalogue: the models that videos were made with.
    """

    def __init__(
        self,
        workspace: str,
        portraits: PortraitService,
        recordings: RecordingService,
        gallery: VideoService,
        speeches: SpeechRepository,
        pronunciations: PronunciationService,
        projects: ProjectService,
        catalogue: Catalogue,
    ) -> None:
        self._workspace = workspace
        self._portraits = portraits
        self._recordings = recordings
        self._gallery = gallery
        self._speeches = speeches
        self._pronunciations = pronunciations
        self._projects = projects
        self._catalogue = catalogue

    def provisional(self, video: Video, model: type[ModelInput]) -> tuple[ModelInput, SpeechLength]:
        """Return the inputs known without making anything; enough to request the price.

        Raises:
            RenderRefused: the model cannot take it, and why.
        """
        source = inputs_of(video, self._catalogue)
        values, speech = self._speech_for(video, source, model)
        values = {**settings_for(video, source, model), **model.following(speech), **values}
        return model.provisional(**values), speech

    def complete(self, video: Video, model: type[ModelInput]) -> tuple[ModelInput, SpeechLength]:
        """Return all inputs; its sound and its picture are made if they do not exist.

        Raises:
            NotFound: the video's portrait is gone.
            RenderRefused: the model cannot take it, and why.
        """
        source = inputs_of(video, self._catalogue)
        values, speech = self._speech_for(video, source, model)
        values = {**settings_for(video, source, model), **model.following(speech), **values}
        if model.recording_field and not values.get(model.recording_field):
            sound = self._sound_of_video(video)
            values[model.recording_field] = sound.reference
            speech = SpeechLength(Decimal(str(sound.seconds)), "recording")
        geometry = model.provisional(**values).geometry(video.width / video.height)
        values["image_url"] = self._picture_for(video, geometry)
        try:
            return model.model_validate(values), speech
        except ValidationError as error:
            raise InvalidParameters(
                f"{model.title} doesn't accept this video's settings. Choose “Edit a copy” and "
                "change them instead."
            ) from error

    def _speech_for(
        self, video: Video, source: ModelInput, model: type[ModelInput]
    ) -> tuple[dict[str, Any], SpeechLength]:
        """Return the speech for the model, as far as known without making anything.

        Raises:
            RenderRefused: the model cannot take it.
        """
        if model.recording_field:
            given = {model.recording_field: source.recording} if source.recording else {}
            # A sound that is still to be taken from the video may be loud to its end.
            seconds = self._spoken_seconds(video, source)
            return given, SpeechLength(seconds, "recording", quiet_end=Decimal(0))
        words = source.script or self._words_of(source)
        if not words or not model.script_field:
            raise RenderRefused(
                f"{model.title} speaks scripts only, and this video was made from a recording."
            )
        return {model.script_field: words}, SpeechLength(seconds_of(video), "script")

    def _words_of(self, source: ModelInput) -> str | None:
        """Return the words of a speech made here, as a voice speaks them; None for any other
        recording."""
        if not source.recording:
            return None
        speech = self._speeches.of_file(self._workspace, source.recording)
        if speech is None:
            return None
        words = " ".join(sentence.text for sentence in speech.sentences)
        return said_alone(words, self._pronunciations.list())

    def _spoken_seconds(self, video: Video, source: ModelInput) -> Decimal:
        with suppress(NotFound):
            if source.recording:
                return Decimal(str(self._recordings.find(source.recording).seconds))
        return seconds_of(video)

    def _sound_of_video(self, video: Video) -> Recording:
        """Return the video's sound as a recording, no longer than its picture: what a codec appends
        is not paid for.

        Raises:
            RenderRefused: it has none that can be read.
        """
        try:
            return self._recordings.add_sound_of(
                video.file, video.seconds, video.title or SPEECH_NAME
            )
        except InvalidRecording as error:
            raise RenderRefused("This video has no audio to reuse.") from error

    def _picture_for(self, video: Video, geometry: Geometry) -> str:
        """Return the same portrait, cropped to another shape; the picture as it was sent if the
        whole portrait is deleted."""
        sent = inputs_of(video, self._catalogue).image_url
        try:
            portrait = self._portraits.whole_of(sent)
        except NotFound:
            return sent
        project = self._projects.find(video.job_id)
        face = (project.face if project else None) or 0
        surround = project.surround if project else None
        box = self._portraits.default_crop(portrait, geometry.aspect, face, surround)
        return self._portraits.crop(portrait, box, geometry, surround)
