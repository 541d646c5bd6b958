"""Leave to order: no job that costs money is written down without it."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from talkinghead.core.database import Transaction
from talkinghead.core.errors import RenderRefused
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import Job

Ordered = TypeVar("Ordered")
_TRIES = 5  # each is needed only where somebody else ordered a part meanwhile


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
        super().__init__("The same is being made already.")
        self.jobs = tuple(jobs)


def order_current(plan_and_order: Callable[[], Ordered]) -> Ordered:
    """Plan and order something; do both again where the plan was outdated when it was ordered.

    Raises:
        RenderRefused: it was outdated each time.
    """
    for _ in range(_TRIES):
        try:
            return plan_and_order()
        except PlanOutdated:
            continue
    raise RenderRefused(
        "Parts of this are being ordered elsewhere at this moment, so nothing was ordered. Try "
        "again in a moment."
    )
