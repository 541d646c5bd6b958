"""Orders the job of a click, once."""

from components.consent.question import give_consent
from components.projects.another_take import forget_same, remember_same
from components.projects.takes import watch
from components.shell.notices import problem
from components.shell.project import keep_for_job
from components.ui.agreement import Agreement, terms_of
from components.ui.memo import memo
from talkinghead.core.errors import InvalidPortrait, StudioError
from talkinghead.jobs.job import Job
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace


def cropped(workspace: Workspace, project: Project) -> str:
    """Return the reference of the cropped portrait; "" while there is none, or no room for it."""
    portrait, box, geometry = project.portrait, project.crop, project.geometry
    if portrait is None or box is None:
        return ""
    asked = (portrait.reference, box, geometry, project.surround)
    try:
        reference: str = memo("cropped", asked, lambda: workspace.projects.picture(project))
    except InvalidPortrait:  # said once it is ordered; the price is known without
        return ""
    return reference


def unconsented(workspace: Workspace, project: Project) -> list[str]:
    """Return the project's portrait, where its render needs an answer to who is in it."""
    if project.portrait is None:
        return []
    return workspace.consent.missing(project.endpoint_id, project.portrait.reference)


def order(
    workspace: Workspace,
    project: Project,
    agreement: Agreement | None = None,
    *,
    another_take: bool = False,
) -> Project:
    """Order the draft, or the paid video that was confirmed.

    Args:
        workspace: whose.
        project: what is made.
        agreement: to a paid video; None for the draft.
        another_take: order it also where the very same is being made.
    """
    if project.portrait is None or project.crop is None or project.speech is None:
        return project
    try:
        job = _ordered(workspace, project, agreement, another_take=another_take)
        if job.already_under_way:
            remember_same(job)
            return watch(workspace, project, job)
        forget_same()
        keep_for_job(workspace, project, job)
    except StudioError as error:
        problem(str(error))
        return project
    return watch(workspace, project, job)


def _ordered(
    workspace: Workspace, project: Project, agreement: Agreement | None, *, another_take: bool
) -> Job:
    if agreement is not None:
        give_consent(workspace, unconsented(workspace, project))
    wanted = (
        workspace.projects.draft_order(project)
        if agreement is None
        else workspace.projects.render_order(project)
    )
    plan = workspace.renders.plan(wanted.input, wanted.speech, another_take=another_take)
    quote = workspace.billing.quote(plan.lines)
    permit = workspace.billing.authorise(quote, **terms_of(agreement))
    return workspace.renders.order(plan, permit, wanted.title)
