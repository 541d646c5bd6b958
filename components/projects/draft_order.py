"""Orders the free draft where its button was pressed."""

import streamlit as st

from components.projects.order_job import order
from components.shell.project import PREFIX
from components.speech.recording_edit import recording_is_ready
from talkinghead.projects.draft_language import draft_refusal
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

ASKED = f"{PREFIX}draft_asked"


def ask_for_draft() -> None:
    """Button callback: order the draft in the next run."""
    st.session_state[ASKED] = True


def is_draft_asked() -> bool:
    """Whether its button was pressed and nothing has come of that yet."""
    return bool(st.session_state.get(ASKED))


def order_draft(workspace: Workspace, project: Project, *, may: bool) -> Project:
    """Order the draft if its button was pressed; returns the project with its job.

    Args:
        workspace: whose.
        project: what is made.
        may: nothing is missing for it.
    """
    # Forgotten only once it is done: a click elsewhere can end the run that this one began.
    if may and is_draft_asked() and recording_is_ready(workspace, project):
        project = order(workspace, project)
    st.session_state.pop(ASKED, None)
    return project


def why_no_draft(workspace: Workspace, project: Project) -> str | None:
    """Return why the draft cannot be made, or None: its language, its length, or what is in
    progress."""
    if text := draft_refusal(project):
        return text
    return workspace.jobs.draft_refusal(project.speech.seconds) if project.speech else None
