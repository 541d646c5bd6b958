"""Leave to order for tests of what lies below billing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from talkinghead.core.errors import RenderRefused
from talkinghead.jobs.composite import CompositeJob


@dataclass(frozen=True)
class FreePass:
    """Admits everything, and the same once more."""

    another_take: bool = True
    account: str | None = None
    counted_for: str | None = None

    def admit(self, connection: Connection, composites: Sequence[CompositeJob]) -> None:
        """Refuses nothing."""


@dataclass(frozen=True)
class CountedFor(FreePass):
    """Admits everything, for somebody."""

    counted_for: str | None = "address:one"


class NoPass(FreePass):
    """Admits nothing."""

    def admit(self, connection: Connection, composites: Sequence[CompositeJob]) -> None:
        """Refuses everything."""
        raise RenderRefused("No.")


FREE_PASS, NO_PASS = FreePass(), NoPass()
