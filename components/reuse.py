"""A video's inputs used again: a new project that holds them as they were."""

import io
from typing import Any

from components.composition import Composition, aspect_key
from talkinghead.jobs.job import Video
from talkinghead.media.framing import CropBox
from talkinghead.media.recording_edit import RecordingEdit
from talkinghead.models import Geometry, model_of
from talkinghead.workspace import Workspace


def from_video(workspace: Workspace, video: Video) -> str:
    """A new project with the inputs of a video; returns its id: `open_page("create", project=…)`.

    The copy that was kept when it was rendered, else what can be told from the job itself.

    Raises:
        NotFound: the video's portrait is gone.
    """
    kept = workspace.composition(video.job_id)
    return workspace.new_composition(kept or _from_arguments(workspace, video))


def _from_arguments(workspace: Workspace, video: Video) -> dict[str, Any]:
    source = model_of(video.endpoint_id).model_validate(video.arguments)
    picture = io.BytesIO()
    workspace.portrait_image(source.image_url).save(picture, "PNG")
    portrait = workspace.add_portrait(picture.getvalue(), video.title)
    spoken = workspace.recording(source.recording) if source.recording else None
    endpoint_id = video.arguments.get("stands_for") or video.endpoint_id
    fields = model_of(endpoint_id).model_fields
    hidden = {"image_url", source.script_field, source.recording_field}
    composition = Composition(
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
    return composition.model_dump(mode="json")
