"""How long fal keeps what it makes: said with the order, and remembered for the billing history."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from talkinghead.fal.privacy.output_repository import OutputMemory


@dataclass(frozen=True)
class OutputExpiry:
    """The time for which fal keeps outputs.

    Attributes:
        memory: remembers it by job.
        kept: counted from the order; None leaves it to the account's settings, and nothing is
            remembered.
    """

    memory: OutputMemory | None = None
    kept: timedelta | None = None

    async def note(self, job_id: str, account: str) -> None:
        """Remember it for what is about to be ordered. That is written before the order:
        afterwards nothing may stand in the way of its id."""
        if self.memory is not None and self.kept is not None:
            until = datetime.now(UTC) + self.kept
            await asyncio.to_thread(self.memory.put, job_id, account, until)


BY_ACCOUNT = OutputExpiry()
