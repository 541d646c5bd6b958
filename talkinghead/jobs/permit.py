"""Leave to order: no job that costs money is written down without it."""

from collections.abc import Sequence
from typing import Any, Protocol

from talkinghead.core.database import Transaction
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import Job


class OrderPlan(Protocol):
    """What is to be ordered, before it is quoted."""

    @property
    def lines(self) -> Sequence[Any]:
        """What each request would send, as billing quotes it."""
        ...


class OrderPermit(Protocol):
    """The right to place one order; made by billing only."""

    @property
    def another_take(self) -> bool:
        """Whether to order it also where the very same is being made."""
        ...

    @property
    def account(self) -> str | None:
        """The fingerprint of the key that pays, or None where nothing is to be paid."""
        ...

    @property
    def counted_for(self) -> str | None:
        """Whom the order counts for, or None for its workspace."""
        ...

    def admit(self, connection: Transaction, composites: Sequence[CompositeJob]) -> None:
        """Check what is about to be written, in the transaction that writes it.

        Raises:
            RenderRefused: it costs more than was agreed to, or a cap is in the way.
        """
        ...


class PermitMissing(Exception):
    """A job that costs money was to be written down without a permit: a fault of ours."""


class PlanOutdated(Exception):
    """A part of an order is being made since it was planned, or is not being made any more, so
    nothing was ordered: it has to be planned again."""


class AlreadyUnderWay(Exception):
    """Exactly this is being made, so nothing was ordered.

    Attributes:
        jobs: what makes it, one for each that was to be ordered.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        super().__init__("This video is already rendering.")
        self.jobs = tuple(jobs)
