"""What the bar orders: the draft, the render after its confirmation, and another take of either."""

import streamlit as st

from components.catalogue.model_picker import switched_model
from components.portraits.crop_picker import CROP, blocking_finding
from components.portraits.portrait_picker import UPLOAD
from components.projects.add_key import add_key
from components.projects.another_take import another_draft_wanted, show_same
from components.projects.bar import Bar
from components.projects.confirm_render import (
    confirm_render,
    is_asked,
    is_for_another_take,
    no_question,
)
from components.projects.draft_order import is_draft_asked, order_draft, why_no_draft
from components.projects.order_job import order, unconsented
from components.projects.plan_parts import plan_note
from components.projects.run_quotes import RunQuotes
from components.projects.takes import of_this
from components.shell.focus import focus_in
from components.shell.notices import plain
from components.speech.recording_edit import recording_is_ready
from components.speech.recording_picker import UPLOAD as RECORDING
from components.speech.speech_maker import is_under_way
from components.speech.speech_picker import TEXT_AREA
from talkinghead.jobs.job import Job
from talkinghead.projects.draft_language import draft_remark
from talkinghead.projects.steps.next_step import Step
from talkinghead.projects.steps.situation import FIX_PORTRAIT, Situation
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace


def situation_of(
    workspace: Workspace,
    project: Project,
    takes: list[Job],
    problems: dict[str, str],
    quotes: RunQuotes,
) -> Situation:
    """Return where the project stands.

    Args:
        workspace: whose.
        project: what will be made.
        takes: what was ordered of it.
        problems: what is wrong with the model's parameters, by name.
        quotes: what it costs.
    """
    return Situation(
        project=project,
        takes=of_this(workspace, project, takes),
        missing=tuple(what_is_missing(workspace, project)),
        draft_refusal=why_no_draft(workspace, project),
        problems=problems,
        quoted=quotes.quote(project),
        has_key=workspace.billing.key_status().source is not None,
        is_speaking=is_under_way(workspace, project),
        note=switched_model(),
    )


def make(workspace: Workspace, now: Situation, bar: Bar, quotes: RunQuotes) -> Project:
    """Fill the bar and carry out what was pressed; returns the project with the jobs ordered."""
    project = now.project
    if is_draft_asked() and not now.may_draft:
        bar.warn(now.too_early)
        for place in list(what_is_missing(workspace, project).values())[:1]:
            focus_in(place)
    elif not bar.follows:
        bar.announce(now.sentence)
    bar.show_buttons(workspace, now)
    with bar.below:
        if (remark := draft_remark(project)) and now.step is Step.READY:
            st.caption(plain(remark))
        add_key(workspace)
        project = order_draft(workspace, project, may=now.may_draft)
        project = _render(workspace, project, now, quotes)
        if another_draft_wanted():
            project = order(workspace, project, another_take=True)
        show_same(workspace)
    return project


def what_is_missing(workspace: Workspace, project: Project) -> dict[str, str]:
    """Return what is missing before anything can be made, in the order of the page: a sentence on
    each, and the key of the container where it is given."""
    missing = {}
    is_written = project.source == "script"
    if project.portrait is None:
        missing["Add a portrait."] = UPLOAD
    elif blocking_finding(workspace, project):
        missing[FIX_PORTRAIT] = CROP  # what is wrong with it stands below the picture
    if text := project.script_problem:
        missing[text] = TEXT_AREA
    elif project.speech is None:
        sentence = "Add a script." if is_written else "Add a recording."
        missing[sentence] = TEXT_AREA if is_written else RECORDING
    return missing


def _render(workspace: Workspace, project: Project, now: Situation, quotes: RunQuotes) -> Project:
    if not now.may_render or (is_asked() and not recording_is_ready(workspace, project)):
        no_question()
        return project
    another_take = is_for_another_take()
    quoted = quotes.quote(project, another_take=True) if another_take else now.quoted
    note = plan_note(quoted.segments)
    portraits = unconsented(workspace, project) if is_asked() else []
    agreed = confirm_render(workspace, project.model.title, quoted, note, portraits)
    if agreed is None:
        return project
    return order(workspace, project, agreed, another_take=another_take)
