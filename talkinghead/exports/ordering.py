"""Writes exports down as jobs; the same export is never made twice."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from talkinghead.catalogue import ExportInput
from talkinghead.consent.gate import ConsentGate
from talkinghead.core.database import Transaction
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.core.store import Store
from talkinghead.exports.repository import ExportRepository, maker_of
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.new_job import new_job
from talkinghead.jobs.records.order_repository import hold_orders

NO_LABEL_YET = (
    "This version was ordered before versions had labels. Open the video and choose Export."
)


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

    def order(self, wanted: Sequence[tuple[ExportInput, str]], seconds: float) -> list[Job]:
        """Order exports of one video together, all or none; the same request returns the job that
        makes it, or has made it.

        Args:
            wanted: each version with a few words to recognise it by.
            seconds: how long the video is.

        Raises:
            NotFound: the original is gone.
            RenderRefused: versions cannot be made here, or a limit is in the way.
            ConsentNeeded: nobody may use its portrait; drafts need no consent.

        Returns:
            A job for each, in this order.
        """
        self._engine.check(ExportInput.endpoint_id)
        if not all(self._store.exists(self._workspace, each.video_url) for each, _ in wanted):
            raise NotFound("The original video is no longer available.")
        while True:
            jobs = {name: job for each, _ in wanted if (job := self._known(name := _name(each)))}
            new = {
                name: self._new(*one, seconds)
                for one in wanted
                if (name := _name(one[0])) not in jobs
            }
            try:
                if new:
                    composites = [CompositeJob(job) for job in new.values()]
                    self._engine.order(composites, also=partial(self._check, new=new))
            except _OrderedMeanwhile:
                continue
            return [(jobs | new)[_name(each)] for each, _ in wanted]

    def _check(self, connection: Transaction, new: Mapping[str, Job]) -> None:
        """Check new orders, by their fingerprints, in the transaction that writes them."""
        hold_orders(connection)
        if any(maker_of(connection, self._workspace, name) for name in new):
            raise _OrderedMeanwhile
        self._consents.check_order(connection, list(new.values()))

    def _known(self, name: str) -> Job | None:
        """Return the job that makes what has this fingerprint, or has made it."""
        known = self._exports.job_of(self._workspace, name)
        return None if known is None else self._journal.job(known, self._workspace)

    def _new(self, wanted: ExportInput, title: str, seconds: float) -> Job:
        arguments = wanted.arguments()
        return new_job(
            self._workspace,
            wanted.endpoint_id,
            arguments,
            ordered_by=self._actor_id,
            title=title,
            seconds=Decimal(str(seconds)),
            fingerprint=fingerprint(arguments),
        )

    def again(self, job: Job) -> Job:
        """Retry a failed export as a new job; free.

        Raises:
            NotFound: the original is gone.
            RenderRefused: it was ordered before there were labels, so none was decided on.
        """
        wanted = ExportInput.model_validate(job.arguments)
        if wanted.label is None and wanted.label_off_reason is None:
            raise RenderRefused(NO_LABEL_YET)
        [again] = self.order([(wanted, job.title)], float(job.speech_seconds))
        return again


class _OrderedMeanwhile(Exception):
    """Another tab ordered the same since it was looked for."""


def _name(wanted: ExportInput) -> str:
    return fingerprint(wanted.arguments())


def fingerprint(values: Mapping[str, Any]) -> str:
    """Return the identity of an export or of a preview."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
