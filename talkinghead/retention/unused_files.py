"""Deletes files from the store that nothing refers to any more.

A file is listed as unused in the transaction that deletes what used it, and stays listed until the
store has deleted it: neither a crash nor an outage leaves it behind. Whether something else uses it
is checked a moment before it is deleted.
"""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from talkinghead.core.asset_repository import (
    cropped_pictures,
    delete_assets,
    fresh_files,
    sources_of,
)
from talkinghead.core.assets import references_in
from talkinghead.core.database import PURGE_LOCK, Database, Transaction
from talkinghead.core.errors import NotFound, StorageFailed
from talkinghead.core.store import Store
from talkinghead.jobs.records.reference_repository import open_arguments, without_result
from talkinghead.portraits.repository import library_portraits
from talkinghead.retention.indexing import index_all
from talkinghead.retention.reference_repository import (
    FileKey,
    add_unused,
    mark_tried,
    next_unused,
    owners_of,
    remove_unused,
    used_by_content,
)
from talkinghead.speech.repository import speech_files
from talkinghead.speech.sentence_repository import sentence_files

FILES_AT_ONCE = 50

_log = logging.getLogger(__name__)


class UnusedFiles:
    """The unused files of every workspace."""

    def __init__(self, database: Database, store: Store) -> None:
        self._database = database
        self._store = store

    def delete_some(self, started: datetime, fresh_since: datetime) -> int:
        """Delete some of them; returns how many were looked at, and 0 once all were.

        Args:
            started: when this purge began; a file is looked at once in it.
            fresh_since: a file that was put again since then is about to be used, and waits.

        Raises:
            StorageFailed: the store refused; what is left stays listed.
        """
        with self._database.writing(PURGE_LOCK) as connection:
            index_all(connection)
            listed = next_unused(connection, started, FILES_AT_ONCE)
            unused = _unused_among(connection, listed, fresh_since)
        self._delete(unused)
        return len(listed)

    def _delete(self, files: Sequence[FileKey]) -> None:
        deleted: list[FileKey] = []
        refused: list[FileKey] = []
        try:
            for file in files:
                refused = [file]
                self._delete_file(*file)
                deleted.append(file)
                refused = []
        finally:
            with self._database.writing(PURGE_LOCK) as connection:
                remove_unused(connection, deleted)
                mark_tried(connection, refused)

    def _delete_file(self, workspace: str, reference: str) -> None:
        try:
            self._store.delete(workspace, reference)
        except NotFound:  # no name of ours, or it is gone already
            _log.info("an unused file was not in the store: %s", reference)
        except StorageFailed:
            _log.warning("a deleted file is still in the store, and is tried again: %s", reference)
            raise


def _unused_among(
    connection: Transaction, listed: Sequence[FileKey], fresh_since: datetime
) -> list[FileKey]:
    """Return the files that can be deleted, without their metadata; those in use are no longer
    listed."""
    unused: list[FileKey] = []
    for workspace in {workspace for workspace, _ in listed}:
        asked = [reference for owner, reference in listed if owner == workspace]
        used = used_beside_speeches(connection, workspace, asked)
        used |= speech_files(connection, workspace, asked)
        used |= sentence_files(connection, workspace, asked)
        used |= cropped_pictures(connection, workspace, asked)
        used |= library_portraits(connection, workspace, asked)
        fresh = fresh_files(connection, workspace, fresh_since, asked) - used
        gone = [reference for reference in asked if reference not in used | fresh]
        remove_unused(connection, [(workspace, reference) for reference in used])
        mark_tried(connection, [(workspace, reference) for reference in fresh])
        add_unused(
            connection, workspace, sources_of(connection, workspace, gone), datetime.now(UTC)
        )
        delete_assets(connection, workspace, gone)
        unused += [(workspace, reference) for reference in gone]
    return unused


def used_beside_speeches(connection: Transaction, workspace: str, asked: Sequence[str]) -> set[str]:
    """Return those of these listed files that videos, projects, or jobs without a result refer
    to."""
    given = open_arguments(connection, workspace)
    named = {reference for arguments in given for reference in references_in(arguments)}
    used = named.intersection(asked) | used_by_content(connection, workspace, asked)
    return used | _of_jobs_without_result(connection, workspace, set(asked) - used)


def _of_jobs_without_result(connection: Transaction, workspace: str, asked: set[str]) -> set[str]:
    owners = owners_of(connection, "job", workspace, asked)
    ids = {job_id for those in owners.values() for job_id in those}
    retried = without_result(connection, ids) if ids else set()
    return {reference for reference, those in owners.items() if those & retried}
