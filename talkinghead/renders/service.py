"""Videos of any length: planned, priced, ordered, and what they are made of."""

from decimal import Decimal

from talkinghead.billing.spending import SpendGuard
from talkinghead.billing.values import Offer
from talkinghead.catalogue import FilmOrder, ModelInput, SpeechLength
from talkinghead.core.money import Estimate
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import LONG_VIDEO
from talkinghead.renders.on_complete import FilmRecords
from talkinghead.renders.ordering import RenderOrders
from talkinghead.renders.planning import Plan, RenderPlanner


class RenderService:
    """The videos that one workspace orders.

    Args:
        workspace: its id.
        planner: what a video is made of.
        orders: orders it.
        guard: what may be spent.
        journal: what happened to every job.
        films: what long videos are made of.
    """

    def __init__(
        self,
        workspace: str,
        planner: RenderPlanner,
        orders: RenderOrders,
        guard: SpendGuard,
        journal: Journal,
        films: FilmRecords,
    ) -> None:
        self._workspace = workspace
        self._planner = planner
        self._orders = orders
        self._guard = guard
        self._journal = journal
        self._films = films

    def plan(self, input: ModelInput, speech: SpeechLength) -> Plan:
        """What would be ordered now: in which parts, what of it is there already, and the price of
        the rest. Free to ask, also with provisional inputs; those without their recording are
        planned in parts of equal length.
        """
        return self._planner.plan(input, speech).plan

    def estimate(self, input: ModelInput, speech: SpeechLength) -> Estimate:
        """What this video costs, at today's price where fal tells it; free to ask."""
        return self.plan(input, speech).estimate

    def offer(self, input: ModelInput, speech: SpeechLength) -> Offer:
        """What this video costs, and whether it may be ordered now; free to ask."""
        plan = self.plan(input, speech)
        return self._guard.offer(input, plan.estimate, plan.price_source)

    def order(
        self,
        input: ModelInput,
        speech: SpeechLength,
        title: str,
        *,
        agreed: Decimal | None = None,
    ) -> Job:
        """Order a video of any length; returns at once.

        What the model does not make in one request is ordered in parts, all together or nothing;
        parts that were rendered before are not ordered again. The very film that is under way
        already is not ordered twice.

        Args:
            input: the model's inputs.
            speech: how long the speech is.
            title: a few words to recognise it by.
            agreed: for a paid model, the dollars that the person confirmed.

        Raises:
            NotAllowed: it is paid, and this actor may not spend.
            RenderRefused: this model cannot be rendered here, or not from this speech; nobody
                pays, the price rose meanwhile, or a cap is in the way.
            NotFound: an input is not in this workspace any more.
        """
        return self._orders.order(input, speech, title, agreed=agreed)

    def parts(self, job_id: str) -> list[Job]:
        """What a job is made of, by place, also what was made before it; [] for an ordinary job.

        Raises:
            NotFound: this workspace has no such job.
        """
        job = self._journal.job(job_id, self._workspace)
        if job.kind is not LONG_VIDEO or not job.arguments:
            return self._journal.children(job.id)
        return self._films.parts(FilmOrder.model_validate(job.arguments))
