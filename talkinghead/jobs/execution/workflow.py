"""The workflow of one job, for every renderer: prepare, submit, watch, fetch, store, finish.

The state of a job is read from the journal, never remembered: after a crash the workflow is entered
again at the state that was written last. Every part may be repeated except the paying one, which
is in `submission`.

fal's `subscribe` does the same parts in one call; taken apart, each survives the death of the
process.
"""

import asyncio
import logging
import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from talkinghead.core.database import DatabaseError, is_outage
from talkinghead.core.errors import (
    KeyNeeded,
    KeyRejected,
    NotFound,
    OtherAccount,
    ProviderUnreachable,
    RenderCancelled,
    RenderError,
    RenderFailed,
    StorageFailed,
    StudioError,
)
from talkinghead.core.store import Store
from talkinghead.jobs.execution.completion import Completion
from talkinghead.jobs.execution.lost_orders import LOOKING_PAUSES
from talkinghead.jobs.execution.submission import Submission, Superseded
from talkinghead.jobs.execution.tasks import cancel_and_wait
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.paying_keys import PayingKeys
from talkinghead.jobs.progress.writer import ProgressWriter
from talkinghead.jobs.registry import JobHandler, JobKinds
from talkinghead.jobs.renderer import Renderer, RenderRequest

AGAIN_PAUSES = (1.0, 2.0, 4.0, *(5.0,) * 24, 15.0, 30.0, 60.0)
"""Seconds before a paid job is tried again that could not go on; the last one for ever. For two
minutes it is soon after an outage."""
JOURNAL_PAUSES = (0.5, 1.5)  # seconds before the journal is read again, from and to
DISK_TROUBLE = "The studio couldn't write a file. Trying again; your order isn't lost."
JOURNAL_AWAY = "The database couldn't be reached."
UNEXPECTED = "Something went wrong in the studio. Try again; the studio's log has the details."

_log = logging.getLogger(__name__)


class JobWorkflow:
    """Drives jobs to their end; one instance per process."""

    def __init__(
        self,
        journal: Journal,
        store: Store,
        kinds: JobKinds,
        writer: ProgressWriter,
        scratch: Path,
        keys: PayingKeys,
        looking_pauses: Sequence[float] = LOOKING_PAUSES,
        client_of: Callable[[str], str] = str,
    ) -> None:
        self._journal = journal
        self._kinds = kinds
        self._writer = writer
        self._scratch = scratch
        self._keys = keys
        self._client_of = client_of
        self._completion = Completion(journal, store, writer)
        self._submission = Submission(journal, writer, keys, looking_pauses)

    @property
    def submitting(self) -> int:
        """The number of requests being sent now."""
        return self._submission.submitting

    async def drive(self, job_id: str, run: int) -> None:
        """Drive a job to its end, or until it needs a person or a key, or somebody else has ended
        it. An outage of the journal is waited out."""
        over = self._writer.join(job_id, run).over
        driving = asyncio.create_task(self._to_rest(job_id, run))
        ended = asyncio.create_task(over.wait())
        try:
            await asyncio.wait({driving, ended}, return_when=asyncio.FIRST_COMPLETED)
            if driving.done():
                driving.result()
        finally:
            await cancel_and_wait(driving, ended)
            self._writer.leave(job_id, run)
        if over.is_set():
            await self._clear_if_ended(job_id)

    async def _to_rest(self, job_id: str, run: int) -> None:
        reported: set[str] = set()
        pauses = chain(AGAIN_PAUSES, repeat(AGAIN_PAUSES[-1]))
        while (trouble := await self._once(job_id, run)) is not None:
            if trouble == JOURNAL_AWAY:
                await asyncio.sleep(random.uniform(*JOURNAL_PAUSES))  # noqa: S311  spreads load
                continue
            if trouble not in reported:
                await self._writer.persist(self._journal.note, job_id, trouble)
            reported.add(trouble)
            await self._rest(job_id, run, next(pauses))

    async def _once(self, job_id: str, run: int) -> str | None:
        """One attempt; returns the reason if nothing was decided and it can be retried later."""
        try:
            job = await self._writer.call(self._journal.job, job_id)
            return await self._attempt(job, run)
        except NotFound:
            _log.info("job %s is not on record any more", job_id)
            return None
        except DatabaseError as error:
            # Its state cannot be read now; once the journal is back, the job goes on from it.
            if not is_outage(error):
                raise
            _log.warning("job %s waits for the journal (%s)", job_id, type(error).__name__)
            return JOURNAL_AWAY

    async def _attempt(self, job: Job, run: int) -> str | None:
        try:
            await self._drive(job, run)
        except Superseded:
            _log.info("job %s is driven by another workflow now", job.id)
        except KeyNeeded as needed:
            self._refuse_key(job, needed)
            await self._writer.persist(self._journal.wait_for_key, job.id, run, str(needed))
        except RenderCancelled as cancelled:
            await self._end(job.id, run, JobState.CANCELLED, cancelled)
        except (StudioError, OSError) as error:
            if self._can_go_on_later(job, error):
                return str(error) if isinstance(error, StudioError) else DISK_TROUBLE
            _log.warning("job %s failed (%s)", job.id, type(error).__name__)
            await self._end(job.id, run, JobState.FAILED, _ours(error))
        except Exception as error:
            if isinstance(error, DatabaseError) and is_outage(error):
                raise
            _log.exception("job %s ended unexpectedly", job.id)
            await self._end(job.id, run, JobState.FAILED, _ours(error))
        return None

    def _refuse_key(self, job: Job, needed: KeyNeeded) -> None:
        if isinstance(needed, OtherAccount):
            self._keys.refuse_as_other_account(job.paid_by)
        elif isinstance(needed, KeyRejected):
            self._keys.refuse(job.paid_by)

    def _can_go_on_later(self, job: Job, error: Exception) -> bool:
        """Whether it can be retried: a paid render does not fail because of network, store or
        disk."""
        passing = isinstance(error, (ProviderUnreachable, StorageFailed, OSError))
        lasting = job.kind.paid or job.kind.is_composite  # what it is made of was paid for
        return passing and lasting and self._kinds.handler(job.endpoint_id) is not None

    async def _rest(self, job_id: str, run: int, seconds: float) -> None:
        """Wait, but only until a person requests cancellation."""
        stop = self._writer.join(job_id, run).stop
        if stop.is_set():  # it was passed on already, or there is nothing left to stop
            await asyncio.sleep(seconds)
        else:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), seconds)

    async def _drive(self, job: Job, run: int) -> None:
        if job.state.ended:
            return
        handler = self._handler(job)
        client = await self._writer.call(self._client_of, job.workspace)
        renderer, request = handler.renderer, self._request(job, handler, client)
        if job.state in (JobState.WAITING, JobState.PREPARING):
            job = await self._submission.order(job, run, renderer, request)
        elif job.state in (JobState.SUBMITTING, JobState.UNCONFIRMED):
            job = await self._submission.settle(job, run, renderer, request)
        if job.state in (JobState.QUEUED, JobState.RENDERING):
            await self._watch(job, run, renderer, request)
        await self._completion.complete(job, run, handler, request, _request_id(job))
        await self._clear(job.id)

    async def _watch(self, job: Job, run: int, renderer: Renderer, request: RenderRequest) -> None:
        request_id = _request_id(job)
        stopper = asyncio.create_task(self._stop_on_request(job, run, renderer, request))
        try:
            await self._writer.flush()  # lines of a watch that an outage ended
            seen = await self._writer.call(self._journal.lines, job.id)
            asked = job.cancel_requested
            changes = renderer.watch(request, request_id, seen=seen, cancel_requested=asked)
            async with aclosing(changes) as watching:
                async for progress in watching:
                    self._writer.report(job.id, run, progress)
        finally:
            await cancel_and_wait(stopper)
            with suppress(DatabaseError):
                await self._writer.flush()
        # A paid video that arrives in spite of a stop is kept; a draft is not.
        await self._submission.move(
            job.id, run, JobState.STORING, uncancelled=not job.kind.paid, seconds_left=None
        )

    async def _stop_on_request(
        self, job: Job, run: int, renderer: Renderer, request: RenderRequest
    ) -> None:
        await self._writer.join(job.id, run).stop.wait()
        reported: set[str] = set()
        for pause in chain(AGAIN_PAUSES, repeat(AGAIN_PAUSES[-1])):
            try:
                answered, asked = await renderer.cancel(request, _request_id(job)), True
                answer = answered.text if answered else None
            except StudioError as error:
                answer, asked = str(error), False
            if answer and answer not in reported:
                await self._writer.persist(self._journal.note, job.id, answer)
                reported.add(answer)
            if asked:
                return
            await asyncio.sleep(pause)

    async def _end(self, job_id: str, run: int, to: JobState, error: StudioError) -> None:
        values: dict[str, Any] = {"fraction": None, "seconds_left": None, "queue_position": None}
        if to is JobState.FAILED:
            values |= {
                "problem": str(error),
                "problem_field": getattr(error, "field", None),
            }
        values["charged"] = error.charged if isinstance(error, RenderError) else False
        await self._writer.persist(
            self._journal.change, job_id, to, run=run, note=str(error) or None, **values
        )
        await self._clear(job_id)

    async def _clear_if_ended(self, job_id: str) -> None:
        """Delete the job's files, unless another workflow works with them."""
        with suppress(DatabaseError):  # else the next start deletes them
            now = (await self._writer.call(self._journal.standing, [job_id])).get(job_id)
            if now is None or now.ended:
                await self._clear(job_id)

    async def _clear(self, job_id: str) -> None:
        await self._writer.call(shutil.rmtree, self._scratch / job_id, ignore_errors=True)

    def _handler(self, job: Job) -> JobHandler:
        handler = self._kinds.handler(job.endpoint_id)
        if handler is None:
            raise RenderFailed(
                "This model is no longer available here. Choose another model.",
                charged=_perhaps_charged(job),
            )
        return handler

    def _request(self, job: Job, handler: JobHandler, client: str) -> RenderRequest:
        folder = self._scratch / job.id
        folder.mkdir(parents=True, exist_ok=True)
        try:
            order = handler.order.model_validate(job.arguments)
        except ValueError as error:
            raise RenderFailed(
                "The model has changed since. Open Create and choose its settings again.",
                charged=_perhaps_charged(job),
            ) from error
        payer = job.paid_by if job.kind.paid else None
        seconds = job.speech_seconds
        return RenderRequest(job.id, job.workspace, order, folder, payer, seconds, client)


def _ours(error: Exception) -> StudioError:
    """Return the error in words for a person."""
    return error if isinstance(error, StudioError) else RenderFailed(UNEXPECTED, charged=None)


def _perhaps_charged(job: Job) -> bool | None:
    """Return False if nothing can have been ordered, otherwise None (unknown)."""
    return False if job.state in (JobState.WAITING, JobState.PREPARING) else None


def _request_id(job: Job) -> str:
    if job.request_id is None:
        raise RenderFailed("Nothing was ordered, so there is no video to download. Render again.")
    return job.request_id
