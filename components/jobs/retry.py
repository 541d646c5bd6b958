"""Carries out what a person decided about a job: order the same again, send it again, end it."""

from components.consent.question import give_consent
from components.jobs.job_dialogs import Answer
from components.ui.agreement import Agreement, terms_of
from talkinghead.jobs.job import Job
from talkinghead.workspace import Workspace


def retry(workspace: Workspace, job_id: str, agreement: Agreement | None = None) -> Job:
    """Order the same again; of what is made of parts, only what is missing.

    Args:
        workspace: whose.
        job_id: the job.
        agreement: to what it costs; None for what costs nothing.

    Raises:
        StudioError: as in `JobService.plan_retry` and `JobService.retry`.
    """
    if agreement is not None:
        consent_to(workspace, job_id)
    plan = workspace.jobs.plan_retry(job_id)
    quote = workspace.billing.quote(plan.lines)
    return workspace.jobs.retry(plan, workspace.billing.authorise(quote, **terms_of(agreement)))


def consent_to(workspace: Workspace, job_id: str) -> None:
    """Put on record what was answered about a job's portrait, where that was asked.

    Raises:
        StudioError: the answer is not complete, or the job is gone.
    """
    job = workspace.jobs.find(job_id)
    give_consent(workspace, workspace.consent.missing(job.endpoint_id, job.arguments))


def carry_out(workspace: Workspace, answer: Answer) -> bool:
    """Carry out a decision about the job itself.

    Returns:
        False where the same is to be rendered again, as a new job: each page orders that its own
        way.

    Raises:
        StudioError: it cannot be carried out.
    """
    match answer.kind:
        case "render_again":
            return False
        case "send_again":
            _send_again(workspace, answer.job_id, answer.agreement)
        case "give_up":
            workspace.jobs.give_up(answer.job_id)
        case "cancel":
            workspace.jobs.cancel(answer.job_id)
    return True


def _send_again(workspace: Workspace, job_id: str, agreement: Agreement) -> None:
    consent_to(workspace, job_id)
    plan = workspace.jobs.plan_resend(job_id)
    quote = workspace.billing.quote(plan.lines)
    permit = workspace.billing.authorise(quote, **terms_of(agreement))
    workspace.jobs.send_again(plan, permit)
