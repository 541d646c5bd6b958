"""The part of the portrait that a project animates, as a still picture."""

import base64

import streamlit as st

from components.ui.memo import memo
from talkinghead.core.errors import StudioError
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

PICTURE_HEIGHT = "clamp(140px,min(24vw,26vh),320px)"
"""Of the portrait in a job's place: what is said below it is in sight above the bar."""
PICTURE_SIDE = 640  # px of the longer side


def framed_picture(workspace: Workspace, project: Project, *, dimmed: bool = False) -> None:
    """Show it; nothing while there is none."""
    if project.portrait is None or project.crop is None:
        return
    asked = (project.portrait.reference, project.crop, project.surround)
    picture = memo("stage_picture", asked, lambda: _picture(workspace, project))
    if picture is None:
        return
    st.html(
        f"<img alt='The portrait' src='{picture}' style='display:block;margin:auto;max-width:100%;"
        f"object-fit:contain;border-radius:10px;height:{PICTURE_HEIGHT};"
        f"opacity:{0.45 if dimmed else 1}'>"
    )


def _picture(workspace: Workspace, project: Project) -> str | None:
    """Return it as a data URL; None where the file is gone."""
    if project.portrait is None or project.crop is None:
        return None
    try:
        jpeg = workspace.portraits.preview(
            project.portrait, project.crop, PICTURE_SIDE, project.surround
        )
    except StudioError:
        return None
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
