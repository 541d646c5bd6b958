"""Uploads begun ahead: while a person still looks at the prices, the files are on their way."""

from components.composition import Composition
from components.once import once
from components.portrait_frame import blocking_finding
from talkinghead.workspace import Workspace


def warm(workspace: Workspace, composition: Composition) -> None:
    """Send what is ready to fal, once for each choice; nothing where no key pays."""
    if workspace.key_status().source is None:
        return
    if composition.portrait and composition.crop and not blocking_finding(workspace, composition):
        asked = (composition.portrait.reference, composition.crop, composition.geometry)
        once(
            "warm_portrait",
            (asked, composition.endpoint_id),
            lambda: _portrait(workspace, composition),
        )
    if (
        composition.source == "recording"
        and composition.edited
        and composition.model.takes("recording")
    ):
        asked_sound = (composition.edited.reference, composition.endpoint_id)
        once("warm_recording", asked_sound, lambda: _recording(workspace, composition))


def _portrait(workspace: Workspace, composition: Composition) -> None:
    if composition.portrait is None or composition.crop is None:
        return
    image = workspace.crop_portrait(composition.portrait, composition.crop, composition.geometry)
    workspace.warm(composition.endpoint_id, image)


def _recording(workspace: Workspace, composition: Composition) -> None:
    if composition.edited:
        workspace.warm(composition.endpoint_id, composition.edited.reference)
