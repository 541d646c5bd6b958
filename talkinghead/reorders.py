"""Plans and places second orders of a job of any kind: a retry, or an unconfirmed order again."""

from dataclasses import replace
from typing import Any

from talkinghead.billing.permit import Permit
from talkinghead.exports.ordering import ExportOrders
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import EXPORT
from talkinghead.jobs.permit import OrderPermit
from talkinghead.jobs.service import ResendPlan, RetryPlan
from talkinghead.renders.ordering import RenderOrders
from talkinghead.speech.ordering import SpeechOrders


class Reorders:
    """The second orders of one workspace, as `jobs.service.SecondOrders`.

    Args:
        speech, renders, exports: order what is spoken, rendered, and made of a video.
        engine: runs the jobs.
    """

    def __init__(
        self, speech: SpeechOrders, renders: RenderOrders, exports: ExportOrders, engine: Engine
    ) -> None:
        self._speech = speech
        self._renders = renders
        self._exports = exports
        self._engine = engine

    def plan_retry(self, job: Job) -> RetryPlan:
        """Plan a job of any kind once more."""
        if job.kind is EXPORT:
            return RetryPlan(job)
        orders = self._speech if job.kind.makes == "sound" else self._renders
        return RetryPlan(job, orders.plan_again(job))

    def order_retry(self, retry: RetryPlan, permit: OrderPermit) -> Job:
        """Order it."""
        allowed: Any = permit  # jobs know no more of it
        if retry.plan is None:
            return self._exports.again(retry.job)
        if retry.job.kind.makes == "sound":
            return self._speech.order_again(retry.plan, allowed)
        return self._renders.order_again(retry.job, retry.plan, allowed)

    def plan_resend(self, job: Job) -> ResendPlan:
        """Plan the request of one paid job once more, exactly as it was ordered."""
        orders = self._speech if job.kind.makes == "sound" else self._renders
        return ResendPlan(job, replace(orders.resent_line(job), paid_by=job.paid_by))

    def order_resend(self, resend: ResendPlan, permit: OrderPermit) -> bool:
        """Send it; False if the job is not unconfirmed any more, or is being sent again already."""
        allowed: Any = permit  # jobs know no more of it
        current: Permit = allowed.for_lines(resend.lines)
        unit_price = current.lines[0].unit_price
        job = resend.job.replace(estimate=current.dollars[0], unit_price=unit_price)
        return self._engine.send_again(job, current)
