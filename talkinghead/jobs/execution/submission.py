"""Submission: the paying part of a job's workflow, from inputs to a stored request id.

The invariant: the workflow that wins the change PREPARING → SUBMITTING sends, once. The change is
committed before the request leaves. A job found in SUBMITTING was left so by another workflow;
whether its request was sent is unknown, so it is looked for (`lost_orders`) and adopted, or a
person decides. Adopting is safe; sending again never happens automatically.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from talkinghead.core.errors import (
    KeyNeeded,
    ProviderUnreachable,
    RenderCancelled,
    RenderFailed,
    RenderRefused,
    StorageFailed,
    StudioError,
)
from talkinghead.jobs.execution.lost_orders import LOOKING_PAUSES, LostOrders
from talkinghead.jobs.execution.tasks import cancel_and_wait, retrieve
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal, RequestTaken
from talkinghead.jobs.paying_keys import PayingKeys
from talkinghead.jobs.progress.writer import ProgressWriter
from talkinghead.jobs.renderer import Renderer, RenderRequest

UNCONFIRMED = (
    "We couldn't confirm your order with fal.ai. You may have been charged. Check again in a "
    "minute (free); resending may charge you twice."
)
NOT_FOUND = (
    "fal.ai doesn't list this order yet. It may still appear; resending may charge you twice."
)

_log = logging.getLogger(__name__)


class Superseded(Exception):
    """Another workflow holds the lease now, or a person has to decide."""


class Submission:
    """Submits orders; one instance per process."""

    def __init__(
        self,
        journal: Journal,
        writer: ProgressWriter,
        keys: PayingKeys,
        looking_pauses: Sequence[float] = LOOKING_PAUSES,
    ) -> None:
        self._journal = journal
        self._writer = writer
        self._keys = keys
        self._lost_orders = LostOrders(journal, writer, looking_pauses)
        self.submitting = 0  # requests on their way at this moment

    async def order(self, job: Job, run: int, renderer: Renderer, request: RenderRequest) -> Job:
        """Prepare and submit a job that was not submitted yet."""
        if job.state is JobState.WAITING:
            await self.move(job.id, run, JobState.PREPARING)
        arguments = await self._prepare(job, run, renderer, request)
        values = {"sent": arguments, **self._permission(job)}
        await self.move(job.id, run, JobState.SUBMITTING, uncancelled=True, **values)
        return await self._submit(job, run, renderer, request, arguments)

    async def settle(self, job: Job, run: int, renderer: Renderer, request: RenderRequest) -> Job:
        """Continue a job whose submission was interrupted, or that a person decided about."""
        if not job.kind.paid:
            arguments = await renderer.prepare(request)
            return await self._submit(job, run, renderer, request, arguments)
        if job.state is JobState.UNCONFIRMED and await self._writer.call(
            self._journal.may_send_again, job.id
        ):
            arguments, permission = await self._prepare_again(job, renderer, request)
            again = await self._writer.call(
                self._journal.change,
                job.id,
                JobState.SUBMITTING,
                run=run,
                send_allowed=True,
                sent=arguments,
                **permission,
            )
            if again:
                return await self._submit(job, run, renderer, request, arguments)
        return await self._look_for(job, run, renderer, request)

    def _permission(self, job: Job) -> dict[str, Any]:
        """Ask once more whether a key may be charged, right before the intent to pay is written
        down: since the order the settings may have changed, or the key may have been removed.

        Returns:
            The columns to write with the intent: whose key it is.

        Raises:
            KeyNeeded: no key may be charged; nothing was sent.
        """
        if not job.kind.paid:
            return {}
        account = self._keys.paying_account(job.paid_by)
        if account is None:
            raise KeyNeeded(self._keys.missing(job.paid_by))
        return {"account": account}

    async def move(self, job_id: str, run: int, to: JobState, **values: Any) -> None:
        """Change the state, or end this workflow.

        Raises:
            RenderCancelled: a person asked to stop it meanwhile.
            Superseded: another workflow has moved it.
        """
        if await self._writer.call(self._journal.change, job_id, to, run=run, **values):
            return
        job = await self._writer.call(self._journal.job, job_id)
        if job.cancel_requested and not job.state.ended:
            raise RenderCancelled("Stopped.")
        raise Superseded

    async def _prepare(
        self, job: Job, run: int, renderer: Renderer, request: RenderRequest
    ) -> dict[str, Any]:
        """Prepare the inputs; free, so a cancellation ends it at once."""
        stop = asyncio.create_task(self._writer.join(job.id, run).stop.wait())
        work = asyncio.create_task(renderer.prepare(request))
        try:
            await asyncio.wait({stop, work}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise RenderCancelled("Stopped before anything was sent.")
            return work.result()
        finally:
            await cancel_and_wait(stop, work)

    async def _prepare_again(
        self, job: Job, renderer: Renderer, request: RenderRequest
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Prepare an order that may have been submitted: a failure here must not look like its
        end. A person may allow it again."""
        try:
            return await renderer.prepare(request), self._permission(job)
        except (KeyNeeded, ProviderUnreachable, StorageFailed):
            raise
        except StudioError as error:
            await self._writer.persist(self._journal.forbid_sending, job.id, str(error))
            raise Superseded from error

    async def _submit(
        self,
        job: Job,
        run: int,
        renderer: Renderer,
        request: RenderRequest,
        arguments: dict[str, Any],
    ) -> Job:
        """Submit: the only place that pays; reached once per successful change to SUBMITTING.

        An order that has left is followed until its request id is on record, also where the job is
        given up meanwhile.
        """
        sending = asyncio.create_task(self._send(job, renderer, request, arguments))
        sending.add_done_callback(retrieve)  # nobody awaits it once the job is given up
        try:
            recorded = await asyncio.shield(sending)
        except RenderRefused as refusal:
            if job.state is JobState.UNCONFIRMED:  # the order before this one may still be paid
                raise RenderFailed(str(refusal), field=refusal.field, charged=None) from refusal
            raise
        except KeyNeeded as needed:
            await self._revert(job, run, needed, waiting_for="key")
            raise Superseded from needed
        except ProviderUnreachable as unreachable:
            await self._revert(job, run, unreachable)
            if job.state is JobState.UNCONFIRMED:  # a person allowed it for that moment
                raise Superseded from unreachable
            raise
        except Exception as error:
            if not job.kind.paid:
                raise
            # Whatever it was, the request may have left. Or another job that sent the same has
            # adopted this request: what is its own, is ours now.
            _log.warning("job %s: no answer to its order (%s)", job.id, type(error).__name__)
            return await self._look_for(job, run, renderer, request)
        return await self._adopted(job, recorded)

    async def _send(
        self, job: Job, renderer: Renderer, request: RenderRequest, arguments: dict[str, Any]
    ) -> bool:
        """Send the order and store its request id, for as long as the journal may be away: from
        then on the output can be fetched even after a crash."""
        self.submitting += 1
        try:
            request_id = await renderer.submit(request, arguments)
            recorded = await self._writer.persist(self._journal.record_request, job.id, request_id)
            if job.kind.paid and not recorded:  # it was given up meanwhile
                with suppress(StudioError):
                    await renderer.cancel(request, request_id)
            return recorded
        finally:
            self.submitting -= 1

    async def _revert(self, job: Job, run: int, reason: StudioError, **values: Any) -> None:
        """Revert the intent: nothing was sent."""
        to = JobState.WAITING
        if job.state is JobState.UNCONFIRMED:  # the earlier order is still unconfirmed
            to, values = JobState.UNCONFIRMED, {}
        await self._writer.persist(
            self._journal.change,
            job.id,
            to,
            run=run,
            before=(JobState.SUBMITTING,),
            note=str(reason),
            orders_less=1,
            **values,
        )

    async def _look_for(
        self, job: Job, run: int, renderer: Renderer, request: RenderRequest
    ) -> Job:
        """Adopt the request if the provider lists it; otherwise a person has to decide."""
        request_id = await self._lost_orders.find(job, renderer, request)
        if request_id is not None:
            return await self._adopt(job, run, renderer, request, request_id)
        unconfirmed = await self._writer.persist(
            self._journal.change,
            job.id,
            JobState.UNCONFIRMED,
            run=run,
            before=(JobState.SUBMITTING,),
            charged=None,
            problem=UNCONFIRMED,
        )
        if not unconfirmed and job.state is JobState.UNCONFIRMED:
            await self._writer.call(self._journal.note_once, job.id, NOT_FOUND)
        raise Superseded

    async def _adopt(
        self, job: Job, run: int, renderer: Renderer, request: RenderRequest, request_id: str
    ) -> Job:
        """Make a request that was found this job's."""
        try:
            recorded = await self._writer.persist(self._journal.record_request, job.id, request_id)
        except RequestTaken:
            return await self._look_for(job, run, renderer, request)
        return await self._adopted(job, recorded)

    async def _adopted(self, job: Job, recorded: bool) -> Job:
        if not recorded:
            raise Superseded
        return await self._writer.call(self._journal.job, job.id)
