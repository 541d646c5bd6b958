"""The last step: the free draft, the paid render with its price, and the results."""

import streamlit as st

from components.comparisons.compare_panel import compare_panel
from components.portraits.crop_picker import blocking_finding
from components.projects.another_take import another_draft_wanted, show_same
from components.projects.confirm_render import (
    ask_to_render,
    confirm_render,
    is_asked,
    is_for_another_take,
    no_question,
)
from components.projects.draft_button import draft_button
from components.projects.order_job import order
from components.projects.plan_parts import plan_note, show_plan
from components.projects.run_quotes import RunQuotes
from components.shell import session
from components.shell.notices import plain, step
from components.speech.recording_edit import recording_is_ready
from components.ui.memo import memo
from talkinghead.core.money import show_dollars, show_seconds
from talkinghead.projects.values import Project
from talkinghead.renders.values import RenderQuote
from talkinghead.workspace import Workspace

SUMMARY_SIDE = 240  # px of the picture beside the summary


def make(
    workspace: Workspace, project: Project, problems: dict[str, str], quotes: RunQuotes
) -> Project:
    """Show the step; returns the project with the jobs that were ordered.

    Args:
        workspace: whose.
        project: what will be made.
        problems: what is wrong with the model's parameters, by name.
        quotes: what it costs.
    """
    with st.container(border=True, key="create_make"):
        step(5, "Make it", done=False)
        _summary(workspace, project)
        missing = what_is_missing(workspace, project)
        has_key = workspace.billing.key_status().source is not None
        project = draft_button(workspace, project, missing, primary=not has_key)
        project = _paid_button(workspace, project, missing, problems, quotes, has_key=has_key)
        if another_draft_wanted():
            project = order(workspace, project, another_take=True)
        show_same(workspace)
    compare_panel(workspace, project, missing)
    return project


def what_is_missing(workspace: Workspace, project: Project) -> list[str]:
    """Return what is missing before anything can be made, in the order of the page."""
    missing = []
    if project.portrait is None:
        missing.append("Choose a portrait.")
    elif finding := blocking_finding(workspace, project):
        missing.append(finding.text)
    if text := project.script_problem:
        missing.append(text)
    elif project.speech is None:
        wanted = "Write a script" if project.source == "script" else "Add a recording"
        missing.append(f"{wanted}.")
    return missing


def _summary(workspace: Workspace, project: Project) -> None:
    geometry, speech = project.geometry, project.speech
    length = show_seconds(speech.seconds) if speech else "no speech yet"
    about = "about " if speech and speech.approximate else ""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="medium"):
        if project.portrait and project.crop:
            asked = (project.portrait.reference, project.crop, project.surround)
            picture = memo("summary", asked, lambda: _picture(workspace, project))
            width = 96 if geometry.aspect >= 1 else 64
            st.image(picture, width=width, alt="The part of the portrait that is animated")
        with st.container(gap=None):
            st.markdown(f"**{plain(project.model.title)}**")
            st.caption(plain(f"{geometry.width} × {geometry.height} · {about}{length}"))


def _picture(workspace: Workspace, project: Project) -> bytes:
    if project.portrait is None or project.crop is None:
        return b""
    return workspace.portraits.preview(
        project.portrait, project.crop, SUMMARY_SIDE, project.surround
    )


def _paid_button(
    workspace: Workspace,
    project: Project,
    missing: list[str],
    problems: dict[str, str],
    quotes: RunQuotes,
    *,
    has_key: bool,
) -> Project:
    model, unsaid = project.model, project.needs_speech
    quoted = quotes.quote(project)
    shown = None if missing or unsaid else quoted
    if shown:
        show_plan(shown.segments)
    reason = _why_not(workspace, project, quoted, problems, has_key=has_key)
    ready = not missing and reason is None
    st.button(
        plain(_label(project, quoted)),
        key="create_paid",
        icon=":material/auto_awesome:",
        type="primary" if has_key and not unsaid else "secondary",
        width="stretch",
        disabled=not ready,
        on_click=ask_to_render,
    )
    _beside_the_button(project, quoted, reason, has_key=has_key)
    if not ready or (is_asked() and not recording_is_ready(workspace, project)):
        no_question()
        return project
    if another_take := is_for_another_take():
        quoted = quotes.quote(project, another_take=True)
    agreed = confirm_render(
        workspace, model.title, quoted, plan_note(quoted.segments if shown else None)
    )
    if agreed is None:
        return project
    return order(workspace, project, agreed, another_take=another_take)


def _label(project: Project, quoted: RenderQuote) -> str:
    dollars = quoted.quote.dollars
    if project.speech is None or dollars is None:
        return f"Render on {project.model.title}"
    if dollars == 0:
        return f"Render on {project.model.title} again, free"
    about = "about " if project.is_guess(project.model) else ""
    return f"Render on {project.model.title} for {about}{show_dollars(dollars)}"


def _beside_the_button(
    project: Project, quoted: RenderQuote, reason: str | None, *, has_key: bool
) -> None:
    """Show why it cannot be bought and how to fix that; otherwise the source of the price."""
    if reason is None:
        st.caption("Bought from fal.ai, after one more look at the price.")
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="create_why_not"
    ):
        st.caption(plain(reason), width="stretch")
        settled_there = not has_key or reason == quoted.quote.why_not
        if settled_there and st.button(
            "Settings", key="create_settings", type="tertiary", icon=":material/key:"
        ):
            session.open_page("settings")


def _why_not(
    workspace: Workspace,
    project: Project,
    quoted: RenderQuote,
    problems: dict[str, str],
    *,
    has_key: bool,
) -> str | None:
    """Return why the paid render cannot start, or None; limits apply once there is a speech."""
    if not has_key:
        return workspace.billing.key_status().text
    if project.speech and quoted.estimate.blocked:
        return quoted.estimate.blocked
    if project.speech and project.needs_speech:
        return f"Make the speech first, in step 2: {project.model.title} moves the lips to it."
    if project.speech and not quoted.quote.allowed:
        return quoted.quote.why_not
    if problems:
        names = ", ".join(name.replace("_", " ") for name in problems)
        return f"{project.model.title} still needs: {names}."
    return None
