"""Closes and deletes at fal what is not needed there any more.

Every call is free and can be repeated. Keys are asked for by account: what no key here reaches
waits, or expires at fal by itself.
"""

import hashlib
import time
from collections.abc import Callable, Collection
from concurrent.futures import CancelledError
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from pydantic import SecretStr

from talkinghead.core.assets import references_in
from talkinghead.core.database import Database, Transaction
from talkinghead.core.errors import NotFound, StorageFailed
from talkinghead.core.event_loop import EventLoop
from talkinghead.core.store import Store
from talkinghead.fal.privacy.deletions import FalDeletions, Outcome
from talkinghead.fal.privacy.output_repository import KeptOutput, OpenUpload, OutputRepository
from talkinghead.fal.renderer import FalRenderer
from talkinghead.fal.uploads import KEPT
from talkinghead.jobs.records.reference_repository import open_arguments
from talkinghead.jobs.records.request_repository import (
    DoneRequest,
    done_requests,
    was_sent_and_ended,
)
from talkinghead.videos.repository import VideoRepository

KeyOf = Callable[[str], SecretStr | None]
"""Returns the key with a fingerprint, if it is held here."""

PATIENCE = 15.0  # seconds that fal's answer is waited for
AHEAD = timedelta(hours=1)
"""A portrait that was uploaded ahead of an order stays open so long without one."""
AGAIN_SOON, AGAIN_LATER = 60.0, 3600.0  # seconds until something is tried again


class ProviderPrivacy:
    """What is closed and deleted at fal.

    Args:
        database: what is there, and what is used.
        store: where finished videos are.
        fal: the renderer, whose connections are used.
        loop: where it runs.
        key_of: finds the keys.
    """

    def __init__(
        self, database: Database, store: Store, fal: FalRenderer, loop: EventLoop, key_of: KeyOf
    ) -> None:
        self._database = database
        self._outputs = OutputRepository(database)
        self._videos = VideoRepository(database)
        self._store = store
        self._deletions = FalDeletions(fal.network)
        self._loop = loop
        self._key_of = key_of
        self._not_before: dict[str, float] = {}

    # Uploads

    def release_uploads(self) -> int:
        """Forget the portraits at fal that no open job uses; returns how many there were. They are
        on the list of what is to be closed in the same step."""
        now = datetime.now(UTC)
        named: set[str] | None = None

        def unused(connection: Transaction, upload: OpenUpload) -> bool:
            nonlocal named
            if not upload.is_portrait:
                return False
            if named is None:
                named = references_in(list(open_arguments(connection)))
            if upload.reference in named:
                return False
            uploaded_at = upload.expires_at - KEPT
            return now - uploaded_at > AHEAD or was_sent_and_ended(
                connection, upload.url, uploaded_at
            )

        return len(self._outputs.release(unused))

    def release_uploads_of(self, references: Collection[str]) -> set[str]:
        """Forget the uploads of these files likewise; returns where they are. One that an open job
        uses stays until that has ended: another workspace may have the same picture."""
        asked = set(references)

        def unused(connection: Transaction, upload: OpenUpload) -> bool:
            if upload.reference not in asked:
                return False
            return upload.reference not in references_in(list(open_arguments(connection)))

        return self._outputs.release(unused)

    def close_released(self) -> None:
        """Ask fal to close what was forgotten; what cannot be asked stays listed."""
        for url, account in self._outputs.closings():
            key = self._key_of(account)
            if key is None or not self._is_due(url):
                continue
            outcome = self._ask(self._deletions.close_upload(key, url))
            if outcome is Outcome.DONE:
                self._outputs.mark_closed(url)
            self._put_off(url, outcome)

    def open_closings(self) -> set[str]:
        """Return the forgotten uploads that are not closed yet."""
        return {url for url, _ in self._outputs.closings()}

    # Outputs

    def delete_stored(self) -> int:
        """Delete at fal what is stored and verified here; returns how many requests."""
        deleted, after = 0, ""
        while some := self._outputs.left(after=after):
            after = some[-1].job_id
            done = {one.job_id: one for one in self._done([each.job_id for each in some])}
            for kept in some:
                request = done.get(kept.job_id)
                if request and self._may_delete(kept) and self._is_stored(request):
                    outcome = self.delete_output(kept, request.request_id)
                    deleted += outcome is Outcome.DONE
        return deleted

    def delete_output(self, kept: KeptOutput, request_id: str) -> Outcome | None:
        """Delete inputs and output of a request at fal; None where no key of its account is
        here."""
        key = self._key_of(kept.account)
        if key is None:
            return None
        outcome = self._ask(self._deletions.delete_payloads(key, request_id))
        if outcome is Outcome.DONE:
            self._outputs.mark_deleted(kept.job_id)
        not_allowed = outcome is Outcome.NOT_ALLOWED
        self._put_off(kept.account if not_allowed else kept.job_id, outcome)
        return outcome

    def kept_outputs(self, job_ids: Collection[str]) -> dict[str, KeptOutput]:
        """Return what is known of what fal keeps of these jobs, by their ids."""
        return self._outputs.of_jobs(job_ids)

    def _done(self, job_ids: Collection[str]) -> list[DoneRequest]:
        with self._database.reading() as connection:
            return done_requests(connection, job_ids)

    def _may_delete(self, kept: KeptOutput) -> bool:
        has_key = self._key_of(kept.account) is not None
        return has_key and self._is_due(kept.account) and self._is_due(kept.job_id)

    def _is_stored(self, request: DoneRequest) -> bool:
        """Whether the video of a request is in the store, byte by byte as it was named."""
        if request.video_id is None:
            return False
        try:
            file = self._videos.video(request.workspace, request.video_id).file
            data = self._store.read(request.workspace, file)
        except (NotFound, StorageFailed):
            return False
        name = PurePosixPath(file.removeprefix("asset:")).stem
        return hashlib.sha256(data).hexdigest() == name

    def _ask(self, question: Any) -> Outcome:
        future = self._loop.begin(question)
        try:
            outcome: Outcome = future.result(PATIENCE)
        except (TimeoutError, CancelledError):
            future.cancel()
            return Outcome.LATER
        return outcome

    def _is_due(self, what: str) -> bool:
        return time.monotonic() >= self._not_before.get(what, 0.0)

    def _put_off(self, what: str, outcome: Outcome) -> None:
        if outcome is Outcome.DONE:
            self._not_before.pop(what, None)
            return
        wait = AGAIN_LATER if outcome is Outcome.NOT_ALLOWED else AGAIN_SOON
        self._not_before[what] = time.monotonic() + wait
