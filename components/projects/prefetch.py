"""Uploads begun ahead: while a person still looks at the prices, the files are on their way."""

from components.portraits.portrait_frame import blocking_finding
from components.projects.order_job import cropped
from components.ui.memo import once
from talkinghead.projects.project import Composition
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
            lambda: workspace.warm(composition.endpoint_id, cropped(workspace, composition)),
        )
    sound = composition.sound
    if sound and composition.model.takes("recording"):
        asked_sound = (sound, composition.endpoint_id)
        once("warm_recording", asked_sound, lambda: workspace.warm(asked_sound[1], sound))
