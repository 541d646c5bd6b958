"""Orders the same as an ended job again, for what a person agreed to."""

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
    plan = workspace.jobs.plan_retry(job_id)
    quote = workspace.billing.quote(plan.lines)
    return workspace.jobs.retry(plan, workspace.billing.authorise(quote, **terms_of(agreement)))
