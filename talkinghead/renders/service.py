"""The renders service of one workspace."""

from dataclasses import dataclass
from decimal import Decimal

from talkinghead.billing.checkout import Checkout
from talkinghead.billing.values import Offer, Quote
from talkinghead.catalogue import LongVideoInput, ModelInput, SpeechLength
from talkinghead.core.money import Estimate
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import LONG_VIDEO
from talkinghead.renders.on_complete import LongVideoRecords
from talkinghead.renders.ordering import RenderOrders
from talkinghead.renders.planning import Plan, RenderPlanner


@dataclass(frozen=True)
class RenderOffer(Offer):
    """The price of a video now, and its parts.

    Attributes:
        plan: the parts.
        quote: of what is sent for them.
    """

    plan: Plan
    quote: Quote


class RenderService:
    """The videos that one workspace orders.

    Args:
        workspace: its id.
        planner: what a video is made of.
        orders: orders it.
        checkout: quotes and permits.
        journal: what happened to every job.
        long_videos: what long videos are made of.
    """

    def __init__(
        self,
        workspace: str,
        planner: RenderPlanner,
        orders: RenderOrders,
        checkout: Checkout,
        journal: Journal,
        long_videos: LongVideoRecords,
    ) -> None:
        self._workspace = workspace
        self._planner = planner
        self._orders = orders
        self._checkout = checkout
        self._journal = journal
        self._long_videos = long_videos

    def plan(self, input: ModelInput, speech: SpeechLength) -> Plan:
        """What would be ordered now: in which parts, what of it is there already, and the price of
        the rest. Free to ask, also with provisional inputs; those without their recording are
        planned in parts of equal length.
        """
        return self.offer(input, speech).plan

    def estimate(self, input: ModelInput, speech: SpeechLength) -> Estimate:
        """Return the price of this video, today's if fal reports it; free of charge."""
        return self.offer(input, speech).estimate

    def offer(self, input: ModelInput, speech: SpeechLength) -> RenderOffer:
        """Return the price of this video, its parts, and whether it may be ordered now; free of
        charge."""
        order = self._planner.plan(input, speech)
        quote = self._checkout.quote(order.lines)
        plan = order.priced(quote)
        return RenderOffer(
            estimate=plan.estimate,
            price_source=quote.price_source,
            allowed=quote.allowed,
            why_not=quote.why_not,
            spent_today=quote.spent_today,
            left_today=quote.left_today,
            plan=plan,
            quote=quote,
        )

    def order(
        self,
        input: ModelInput,
        speech: SpeechLength,
        title: str,
        *,
        agreed: Decimal | None = None,
        ceiling: Decimal | None = None,
        another_take: bool = False,
    ) -> Job:
        """Order a video of any length; returns at once.

        What the model does not make in one request is ordered in parts, all together or nothing;
        parts that were rendered before are not ordered again. Where the very same video is being
        made already, that job is returned, `already_under_way`, and nothing is ordered.

        Args:
            input: the model's inputs.
            speech: how long the speech is.
            title: a few words to recognise it by.
            agreed: for a paid model, the dollars that the person confirmed.
            ceiling: if its price is unknown, the most dollars that it may cost.
            another_take: order it also where the very same is being made.

        Raises:
            NotAllowed: it is paid, and this actor may not spend.
            RenderRefused: this model cannot be rendered here, or not from this speech; nobody
                pays, the price rose meanwhile, or a cap is in the way.
            NotFound: an input is not in this workspace any more.
        """
        return self._orders.order(
            input, speech, title, agreed=agreed, ceiling=ceiling, another_take=another_take
        )

    def parts(self, job_id: str) -> list[Job]:
        """Return the children of a job by place, including parts made before; [] for an ordinary
        job.

        Raises:
            NotFound: this workspace has no such job.
        """
        job = self._journal.job(job_id, self._workspace)
        if job.kind is not LONG_VIDEO or not job.arguments:
            return self._journal.children(job.id)
        return self._long_videos.parts(LongVideoInput.model_validate(job.arguments))
