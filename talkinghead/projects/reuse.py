"""Makes a project from a video, with the inputs of that video."""

from talkinghead.av.cropping import CropBox
from talkinghead.catalogue import Catalogue, Geometry
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Video
from talkinghead.portraits.service import PortraitService
from talkinghead.projects.framing import crop_key
from talkinghead.projects.values import Project
from talkinghead.speech.recordings.service import RecordingService
from talkinghead.speech.recordings.values import RecordingEdit
from talkinghead.speech.service import SpeechService


class VideoInputs:
    """The inputs of one workspace's videos.

    Args:
        portraits, recordings: what was brought.
        speech: what was made of scripts.
        catalogue: the models that videos were made with.
    """

    def __init__(
        self,
        portraits: PortraitService,
        recordings: RecordingService,
        speech: SpeechService,
        catalogue: Catalogue,
    ) -> None:
        self._portraits = portraits
        self._recordings = recordings
        self._speech = speech
        self._catalogue = catalogue

    def with_sound_of_deleted(self, project: Project, video: Video) -> Project:
        """Return the project of a video; if its speech was deleted, with the sound kept by the
        video, as a recording. Nothing is spoken or paid again."""
        try:
            sound = self._catalogue.recording_in(video.endpoint_id, video.arguments)
            speech = self._speech.of_recording(sound) if sound else None
            if sound is None or project.source != "script" or (speech and not speech.deleted_at):
                return project
            spoken = self._recordings.find(sound)
        except NotFound:  # the sound is lost
            return project
        edit = RecordingEdit(level=False)
        return project.with_(source="recording", recording=spoken, edit=edit, edited=spoken)

    def project_of(self, video: Video) -> Project:
        """Return the project as far as it can be derived from the video itself.

        Raises:
            NotFound: its portrait is gone.
        """
        source = self._catalogue.model_of(video.endpoint_id).model_validate(video.arguments)
        portrait = self._portraits.add_stored(source.image_url, video.title)
        spoken = self._recordings.find(source.recording) if source.recording else None
        endpoint_id = video.arguments.get("stands_for") or video.endpoint_id
        fields = self._catalogue.model_of(endpoint_id).model_fields
        hidden = {"image_url", source.script_field, source.recording_field}
        return Project(
            portrait=portrait,
            crops={crop_key(Geometry(video.width, video.height)): CropBox(0, 0, 1, 1)},
            shape=video.width / video.height,
            source="recording" if spoken else "script",
            script=source.script or "",
            recording=spoken,
            edit=RecordingEdit(level=False),
            edited=spoken,
            endpoint_id=endpoint_id,
            parameters={
                endpoint_id: {
                    name: value
                    for name, value in video.arguments.items()
                    if name in fields and name not in hidden
                }
            },
            catalogue=self._catalogue,
        )
