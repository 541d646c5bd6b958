"""Looks for orders whose answer was lost, in the provider's list of requests.

It only finds; `submission` adopts what is found. An order that was just lost is looked for several
times; later when a person asks for that, and for an hour once a minute (the reconciler calls
`LeaseRepository.look_for_lost`).
"""

import asyncio
import logging
from collections.abc import Sequence

from talkinghead.core.database import DatabaseError
from talkinghead.core.errors import KeyNeeded, ProviderUnreachable
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.progress.writer import ProgressWriter
from talkinghead.jobs.renderer import Renderer, RenderRequest

LOOKING_PAUSES = (0.0, 1.0, 3.0, 8.0)
"""Seconds before each look for a lost order: the provider may list it only after a while."""
UNANSWERED_PAUSE, UNANSWERED_LOOKS = 2.0, 15
"""Seconds before a look that the provider did not answer is repeated, and how often in all."""

_log = logging.getLogger(__name__)


class LostOrders:
    """Looks for lost orders; one instance per process."""

    def __init__(
        self,
        journal: Journal,
        writer: ProgressWriter,
        looking_pauses: Sequence[float] = LOOKING_PAUSES,
    ) -> None:
        self._journal = journal
        self._writer = writer
        self._looking_pauses = looking_pauses

    async def find(self, job: Job, renderer: Renderer, request: RenderRequest) -> str | None:
        """Return the id of a lost request, or None if the provider does not list it.

        Raises:
            KeyNeeded: it cannot be looked for without a key; it stays as it is until there is one.
        """
        # An unconfirmed one was searched for already, and will be again.
        lost_just_now = job.state is not JobState.UNCONFIRMED
        pauses = list(self._looking_pauses) if lost_just_now else [0.0]
        unanswered = [UNANSWERED_PAUSE] * (UNANSWERED_LOOKS if lost_just_now else 0)
        while pauses:
            await asyncio.sleep(pauses.pop(0))
            try:
                found = await self._look(job, renderer, request)
            except (ProviderUnreachable, DatabaseError) as error:
                _log.warning("job %s: not looked for yet (%s)", job.id, type(error).__name__)
                pauses[:0] = [unanswered.pop()] if unanswered else []
                continue
            if found is not None:
                return found
        return None

    async def _look(self, job: Job, renderer: Renderer, request: RenderRequest) -> str | None:
        """Look once.

        Raises:
            KeyNeeded, ProviderUnreachable, DatabaseError: that was not possible.
        """
        job = await self._writer.persist(self._journal.job, job.id)
        arguments = await self._writer.persist(self._journal.sent, job.id)
        try:
            return await renderer.find(
                request, arguments or await renderer.prepare(request), since=job.submitted_at
            )
        except (KeyNeeded, ProviderUnreachable, DatabaseError):
            raise
        except Exception:  # noqa: BLE001  whatever fails, the order stays unconfirmed
            _log.exception("job %s: its order was not looked for", job.id)
            return None
