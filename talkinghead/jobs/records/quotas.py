"""Limits of what is free: length of a draft, jobs in progress, and disk, by gallery and by client.

Each is said beside its control before it is reached, and held where something is ordered or stored.
"""

from collections.abc import Sequence
from decimal import Decimal

from talkinghead.core.database import Database, Transaction
from talkinghead.core.errors import InvalidInput, RenderRefused
from talkinghead.core.store import Store
from talkinghead.core.workers.usage_limits import UsageLimits
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import DRAFT, EXPORT, SPEECH
from talkinghead.jobs.records.order_repository import hold_orders
from talkinghead.jobs.records.turn_repository import FreeJobs, TurnRepository, free_in_progress

NEARLY = 0.8  # of a limit; from there on it is mentioned
_MB = 1024 * 1024
_FREE = (DRAFT, EXPORT, SPEECH)


class Quotas:
    """The limits of a studio.

    Args:
        database, store: what is in use.
        limits: how much may be.
    """

    def __init__(self, database: Database, store: Store, limits: UsageLimits) -> None:
        self._turns = TurnRepository(database)
        self._store = store
        self.limits = limits

    def check_order(self, jobs: Sequence[Job]) -> None:
        """Hold an order to the limits.

        Raises:
            RenderRefused: it is beyond one; the sentence says what to do.
        """
        free = [job for job in jobs if job.kind in _FREE]
        drafts = [job for job in free if job.kind is DRAFT]
        for reason in (self.draft_refusal(job.speech_seconds) for job in drafts):
            if reason:
                raise RenderRefused(reason)
        if free and (reason := self.order_refusal(free[0].workspace, len(free))):
            raise RenderRefused(reason)

    def check_again(self, connection: Transaction, jobs: Sequence[Job]) -> None:
        """Hold an order to the number of jobs in progress once more, in the transaction that writes
        it down: several that were checked at the same time do not pass together.

        Raises:
            RenderRefused: it is beyond it.
        """
        free = [job for job in jobs if job.kind in _FREE]
        if not free or not self._limits_jobs:
            return
        hold_orders(connection)
        reason = self._open_refusal(free_in_progress(connection, free[0].workspace), len(free))
        if reason:
            raise RenderRefused(reason)

    def draft_refusal(self, seconds: Decimal) -> str | None:
        """Return why a draft of this length cannot be made, or None."""
        longest = self.limits.draft_seconds
        if longest is None or seconds <= Decimal(str(longest)):
            return None
        return (
            f"Free drafts can be up to {longest:.0f} seconds here, and this one is about "
            f"{seconds:.0f}. Shorten it, or draft a part of it."
        )

    def order_refusal(self, workspace: str, more: int = 1) -> str | None:
        """Return why no more free jobs can be ordered, or None."""
        if self._limits_jobs:
            open_jobs = self._turns.free_in_progress(workspace)
            if reason := self._open_refusal(open_jobs, more):
                return reason
        return self.space_refusal(workspace)

    @property
    def _limits_jobs(self) -> bool:
        return self.limits.open_jobs is not None or self.limits.client_open_jobs is not None

    def _open_refusal(self, open_jobs: FreeJobs, more: int) -> str | None:
        limits = self.limits
        for most, now in (
            (limits.open_jobs, open_jobs.gallery),
            (limits.client_open_jobs, open_jobs.client),
        ):
            if most is not None and now + more > most:
                return (
                    f"Up to {most} free drafts and exports can be in progress at once. Wait for "
                    "one to finish, or cancel one on the Renders page."
                )
        return None

    def check_space(self, workspace: str, error: type[InvalidInput]) -> None:
        """Hold an upload to the limits of the disk.

        Raises:
            InvalidInput: of this class; there is no room.
        """
        if reason := self.space_refusal(workspace):
            raise error(reason)

    def space_refusal(self, workspace: str) -> str | None:
        """Return why nothing more can be stored, or None."""
        for most, used in self._used(workspace):
            if used >= most:
                return (
                    f"Your files take up {used:,} of your {most:,} MB. Delete videos in the "
                    "gallery. Their space is freed a day later, or right away if you delete "
                    "everything in Settings."
                )
        return None

    def remark(self, workspace: str) -> str | None:
        """Return a sentence on a limit that is nearly reached, or None."""
        for most, used in self._used(workspace):
            if NEARLY * most <= used < most:
                return f"Your files take up {used:,} of {most:,} MB. Delete videos you don't need."
        return None

    def _used(self, workspace: str) -> list[tuple[int, int]]:
        """Return each limit of the disk with the megabytes in use of it."""
        limits, shares = self.limits, list[tuple[int, list[str]]]()
        if limits.gallery_mb is not None:
            shares.append((limits.gallery_mb, [workspace]))
        if limits.client_mb is not None:
            galleries = self._turns.galleries_of(self._turns.client_of(workspace))
            shares.append((limits.client_mb, galleries or [workspace]))
        return [
            (most, sum(map(self._store.used_bytes, galleries)) // _MB) for most, galleries in shares
        ]
