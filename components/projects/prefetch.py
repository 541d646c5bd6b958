"""Uploads begun ahead: while a person still looks at the prices, the files are on their way."""

from components.portraits.portrait_frame import blocking_finding
from components.projects.order_job import cropped
from components.ui.memo import once
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace


def warm(workspace: Workspace, project: Project) -> None:
    """Send what is ready to fal, once for each choice; nothing where no key pays."""
    if workspace.billing.key_status().source is None:
        return
    if project.portrait and project.crop and not blocking_finding(workspace, project):
        asked = (project.portrait.reference, project.crop, project.geometry)
        once(
            "warm_portrait",
            (asked, project.endpoint_id),
            lambda: workspace.billing.prefetch(project.endpoint_id, cropped(workspace, project)),
        )
    sound = project.sound
    if sound and project.model.takes("recording"):
        asked_sound = (sound, project.endpoint_id)
        once(
            "warm_recording", asked_sound, lambda: workspace.billing.prefetch(asked_sound[1], sound)
        )
