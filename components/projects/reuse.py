"""A video's inputs used again: a new project that holds them as they were."""

import io

from talkinghead.av.framing import CropBox
from talkinghead.catalogue import Geometry, model_of
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Video
from talkinghead.projects.values import Project, aspect_key
from talkinghead.speech.recordings.values import RecordingEdit
from talkinghead.workspace import Workspace


def from_video(workspace: Workspace, video: Video) -> str:
    """A new project with the inputs of a video; returns its id: `open_page("create", project=…)`.

    The copy that was kept when it was rendered, else what can be told from the job itself.

    Raises:
        NotFound: the video's portrait is gone.
        UnreadableProject: another version of the studio kept the copy.
    """
    kept = workspace.projects.find(video.job_id)
    if kept is None:
        return workspace.projects.create(_from_arguments(workspace, video))
    return workspace.projects.create(_with_sound_of_removed(workspace, video, kept))


def _with_sound_of_removed(workspace: Workspace, video: Video, kept: Project) -> Project:
    """Where the speech of a video was removed: the sound that the video keeps, as a recording.
    Nothing of it is spoken or paid again."""
    try:
        field = model_of(video.endpoint_id).recording_field
        sound = video.arguments.get(field) if field else None
        speech = workspace.speech.of_recording(sound) if sound else None
        if sound is None or kept.source != "script" or (speech and not speech.deleted_at):
            return kept
        spoken = workspace.recordings.find(sound)
    except NotFound:  # the sound is lost, or the model has left the catalogue
        return kept
    edit = RecordingEdit(level=False)
    return kept.with_(source="recording", recording=spoken, edit=edit, edited=spoken)


def _from_arguments(workspace: Workspace, video: Video) -> Project:
    source = model_of(video.endpoint_id).model_validate(video.arguments)
    picture = io.BytesIO()
    workspace.portraits.image(source.image_url).save(picture, "PNG")
    portrait = workspace.portraits.add(picture.getvalue(), video.title)
    spoken = workspace.recordings.find(source.recording) if source.recording else None
    endpoint_id = video.arguments.get("stands_for") or video.endpoint_id
    fields = model_of(endpoint_id).model_fields
    hidden = {"image_url", source.script_field, source.recording_field}
    return Project(
        portrait=portrait,
        crops={aspect_key(Geometry(video.width, video.height)): CropBox(0, 0, 1, 1)},
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
    )
