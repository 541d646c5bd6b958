"""Starts uploads ahead, while a person still compares prices."""

from functools import partial

from components.portraits.crop_picker import blocking_finding
from components.projects.order_job import cropped
from components.ui.memo import memo
from talkinghead.projects.orders import files_to_send
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace


def prefetch(workspace: Workspace, project: Project) -> None:
    """Upload what is ready to fal, once per choice; nothing if no key pays."""
    if workspace.billing.key_status().source is None:
        return
    model = project.endpoint_id
    picture = "" if blocking_finding(workspace, project) else cropped(workspace, project)
    for field, reference in files_to_send(project, picture).items():
        send = partial(workspace.billing.prefetch, model, reference)
        memo(f"prefetch_{field}", (reference, model), send)
