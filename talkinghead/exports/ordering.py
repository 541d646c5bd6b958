"""Writes exports down as jobs; the same export is never made twice."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from talkinghead.catalogue import ExportInput
from talkinghead.consent.gate import ConsentGate
from talkinghead.core.errors import NotFound
from talkinghead.core.store import Store
from talkinghead.exports.repository import ExportRepository
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.new_job import new_job


class ExportOrders:
    """Orders exports of one workspace's videos.

    Args:
        workspace: its id.
        actor_id: of the actor who orders.
        exports: which versions there are, or will be.
        journal: what happened to every job.
        engine: runs them.
        store: where the videos are.
        consents: refuses portraits that nobody may use.
    """

    def __init__(
        self,
        workspace: str,
        actor_id: str,
        exports: ExportRepository,
        journal: Journal,
        engine: Engine,
        store: Store,
        consents: ConsentGate,
    ) -> None:
        self._workspace = workspace
        self._actor_id = actor_id
        self._exports = exports
        self._journal = journal
        self._engine = engine
        self._store = store
        self._consents = consents

    def order(self, wanted: ExportInput, title: str, seconds: float) -> Job:
        """Order an export; the same request returns the job that makes it, or has made it.

        Args:
            wanted: the version.
            title: a few words to recognise it by.
            seconds: how long the video is.

        Raises:
            NotFound: the original is gone.
            RenderRefused: versions cannot be made here.
            ConsentNeeded: nobody may use its portrait; drafts need no consent.
        """
        self._engine.check(wanted.endpoint_id)
        if not self._store.exists(self._workspace, wanted.video_url):
            raise NotFound("The original video is no longer available.")
        arguments = wanted.arguments()
        made_of = fingerprint(arguments)
        known = self._exports.job_of(self._workspace, made_of)
        if known is not None:
            return self._journal.job(known, self._workspace)
        job = new_job(
            self._workspace,
            wanted.endpoint_id,
            arguments,
            ordered_by=self._actor_id,
            title=title,
            seconds=Decimal(str(seconds)),
            fingerprint=made_of,
        )
        allowed = partial(self._consents.check_order, jobs=[job])
        self._engine.order([CompositeJob(job)], also=allowed)
        return job

    def again(self, job: Job) -> Job:
        """Retry a failed export as a new job; free.

        Raises:
            NotFound: the original is gone.
        """
        wanted = ExportInput.model_validate(job.arguments)
        return self.order(wanted, job.title, float(job.speech_seconds))


def fingerprint(values: Mapping[str, Any]) -> str:
    """Return the identity of an export or of a preview."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
