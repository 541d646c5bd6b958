"""The button of the free draft, with a remark on the script's language."""

import streamlit as st

from components.projects.order_job import order
from components.shell.notices import plain
from components.speech.recording_edit import recording_is_ready
from components.ui.parameter_form import one_parameter
from talkinghead.catalogue import DRAFT_SETTINGS, DraftInput
from talkinghead.projects.draft_language import draft_refusal, draft_remark
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

DRAFT_ASKED = "create_draft_asked"


def draft_button(
    workspace: Workspace, project: Project, missing: list[str], *, primary: bool
) -> Project:
    """Show the button; returns the project with the draft's job once it is ordered.

    Args:
        workspace: whose.
        project: what will be made.
        missing: what a person still has to do.
        primary: it is the page's main button.
    """
    refusal = None if missing else _refusal(workspace, project)
    project = _settings(project)
    st.button(
        "Make the free draft",
        key="create_draft",
        icon=":material/movie_edit:",
        type="primary" if primary else "secondary",
        width="stretch",
        disabled=bool(missing or refusal),
        on_click=_ask_for_draft,
    )
    longest = workspace.jobs.longest_draft()
    st.caption(plain(_beside_the_draft(project, missing, refusal, longest)))
    # Forgotten only once it is done: a click elsewhere can end the run that this one began.
    wanted = st.session_state.get(DRAFT_ASKED) and not (missing or refusal)
    if wanted and recording_is_ready(workspace, project):
        project = order(workspace, project)
    st.session_state.pop(DRAFT_ASKED, None)
    return project


def _settings(project: Project) -> Project:
    """Show how the face of the draft behaves; returns the project with what was chosen."""
    chosen = project.parameters_of(DraftInput)
    with st.expander("Draft settings", icon=":material/tune:", key="create_draft_settings"):
        shown = {name: one_parameter(DraftInput, name, chosen) for name in DRAFT_SETTINGS}
    return project.with_parameters(DraftInput, chosen | shown)


def _refusal(workspace: Workspace, project: Project) -> str | None:
    """Return why the draft cannot be made: its language, its length, or what is in progress."""
    if text := draft_refusal(project):
        return text
    return workspace.jobs.draft_refusal(project.speech.seconds) if project.speech else None


def _beside_the_draft(
    project: Project, missing: list[str], refusal: str | None, longest: float | None
) -> str:
    """Return what is missing for the draft, or how it handles the script's language."""
    if missing or refusal:
        return " ".join(missing or filter(None, [refusal]))
    words = "Made on this machine: free, with no key."
    if longest is not None:
        words += f" Up to {longest:.0f} seconds."
    return " ".join(filter(None, [words, draft_remark(project)]))


def _ask_for_draft() -> None:
    st.session_state[DRAFT_ASKED] = True
