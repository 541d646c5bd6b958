"""Withdrawal: ends open jobs at once, whatever runs for them and whoever can be reached."""

import asyncio
import logging
import time
from collections.abc import Sequence
from concurrent.futures import wait
from pathlib import Path

from talkinghead.core.database import DatabaseError
from talkinghead.core.errors import StudioError
from talkinghead.core.event_loop import EventLoop
from talkinghead.jobs.execution.driver import Driver
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.give_up_repository import GiveUpRepository
from talkinghead.jobs.registry import JobKinds
from talkinghead.jobs.renderer import RenderRequest

ENDING = 10.0  # seconds that workflows of this process may take to end
ANSWERING = 5.0  # seconds that the provider's answers are waited for
LOST_NOTE = (
    "Canceled. The order may still have been accepted and charged. “Check again” looks for it at "
    "fal.ai (free)."
)

_log = logging.getLogger(__name__)


class Withdrawal:
    """Gives jobs up; one instance per process.

    Args:
        journal: where the provider's answer is noted.
        records: ends jobs.
        kinds: who renders them.
        driver: what runs here.
        loop: where the provider is asked.
        scratch: where jobs keep their files.
    """

    def __init__(
        self,
        journal: Journal,
        records: GiveUpRepository,
        kinds: JobKinds,
        driver: Driver,
        loop: EventLoop,
        scratch: Path,
    ) -> None:
        self._journal = journal
        self._records = records
        self._kinds = kinds
        self._driver = driver
        self._loop = loop
        self._scratch = scratch

    def give_up(self, *given_up: Job, noted: bool = True) -> bool:
        """End jobs, and ask the provider to cancel them if there is a key; its answers are waited
        for, a few seconds.

        Args:
            given_up: which.
            noted: the provider's answers are worth a note.

        Returns:
            False if the last of them had ended already.
        """
        ended, asked = False, []
        for job in given_up:
            ended = not job.state.ended and self._records.give_up(job.id, _note(job))
            if ended and job.kind.paid and job.request_id:
                asking = self._ask_to_cancel(job, job.request_id, noted=noted)
                asked.append(self._loop.begin(asking))
        wait(asked, ANSWERING)
        return ended

    def end_all(self, workspace: str) -> None:
        """Give up every open job of a workspace, and wait until none of them runs here."""
        still_open = self._journal.open_jobs(workspace)
        self.give_up(*still_open, noted=False)
        self._wait_until_idle(still_open)

    def end(self, jobs: Sequence[Job]) -> None:
        """Give up these jobs, likewise."""
        self.give_up(*jobs, noted=False)
        self._wait_until_idle(jobs)

    def _wait_until_idle(self, given_up: Sequence[Job]) -> None:
        ids, deadline = {job.id for job in given_up}, time.monotonic() + ENDING
        while ids & self._driver.running.job_ids() and time.monotonic() < deadline:
            time.sleep(0.05)

    async def _ask_to_cancel(self, job: Job, request_id: str, *, noted: bool) -> None:
        handler = self._kinds.handler(job.endpoint_id)
        if handler is None:
            return
        try:
            order = handler.order.model_validate(job.arguments)
            folder = self._scratch / job.id
            request = RenderRequest(job.id, job.workspace, order, folder, job.paid_by)
            answer = await handler.renderer.cancel(request, request_id)
            if answer is None:
                return
            if answer.charged is False:
                await asyncio.to_thread(self._records.mark_uncharged, job.id)
            if noted:
                await asyncio.to_thread(self._journal.note, job.id, answer.text)
        except (StudioError, ValueError, DatabaseError) as error:
            _log.warning("job %s was not cancelled (%s)", job.id, type(error).__name__)


def _note(job: Job) -> str:
    """Return what is noted on a job that is given up."""
    if not job.kind.paid:
        return "Canceled."
    if job.state in (JobState.WAITING, JobState.PREPARING):
        return "Canceled before anything was ordered."
    if job.request_id:
        return (
            "Canceled. You may still be charged. The request ID is kept, so you can download the "
            "video later."
        )
    return LOST_NOTE
