"""Leave to order: no job that costs money is written down without it."""

from collections.abc import Sequence
from typing import Protocol

from talkinghead.core.database import Transaction
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import Job


class OrderPermit(Protocol):
    """What one click may order. Billing alone makes it."""

    @property
    def another_take(self) -> bool:
        """Whether to order it also where the very same is being made."""
        ...

    def admit(self, connection: Transaction, composites: Sequence[CompositeJob]) -> None:
        """Check what is about to be written, in the transaction that writes it.

        Raises:
            RenderRefused: it costs more than was agreed to, or a cap is in the way.
        """
        ...


class PermitMissing(Exception):
    """A job that costs money was to be written down without a permit: a fault of ours."""


class AlreadyUnderWay(Exception):
    """Exactly this is being made, so nothing was ordered.

    Attributes:
        jobs: what makes it, one for each that was to be ordered.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        super().__init__("The same is being made already.")
        self.jobs = tuple(jobs)
