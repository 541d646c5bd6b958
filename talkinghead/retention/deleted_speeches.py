"""Purges deleted speeches: words, sounds, and bought sentences.

A video keeps the sound that it was made from, and the words of it for its captions: so long the
speech stays, unseen. Its sentences go, where no other speech says them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from talkinghead.core.asset_repository import fresh_files
from talkinghead.core.database import PURGE_LOCK, Database, Transaction
from talkinghead.jobs.records.erasure_repository import arguments_of, empty_jobs, makers_among
from talkinghead.jobs.records.fingerprint_repository import open_fingerprints
from talkinghead.jobs.records.reference_repository import open_arguments
from talkinghead.projects.repository import find_project, replace_project
from talkinghead.projects.stored_form import without_speech
from talkinghead.retention.indexing import index_all, sentence_key, sentences_in
from talkinghead.retention.reference_repository import (
    add_unused,
    owners_of,
    remove_owners,
    remove_unused,
)
from talkinghead.retention.unused_files import used_beside_speeches
from talkinghead.speech.repository import (
    is_deleted,
    purge_speech,
    speeches_deleted_before,
    speeches_kept,
)
from talkinghead.speech.sentence_repository import purge_sentences

SPEECHES_AT_ONCE = 20


@dataclass(frozen=True)
class DeletedSpeech:
    """A deleted speech.

    Attributes:
        id: of the speech, and of the job that made it.
        workspace: whose.
        reference: its sound, `asset:<id>`.
    """

    id: str
    workspace: str
    reference: str


class DeletedSpeeches:
    """The deleted speeches of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def before(self, moment: datetime) -> list[DeletedSpeech]:
        """Return those deleted before this moment, including those that a video still uses."""
        with self._database.reading() as connection:
            return [DeletedSpeech(*row) for row in speeches_deleted_before(connection, moment)]

    def purge(self, speech: DeletedSpeech, before: datetime) -> None:
        """Delete permanently what nothing else uses of it, and list its files as unused.

        Args:
            speech: which.
            before: those removed later can be brought back, and keep what they share with it; a
                file that was put again later stays as well.
        """
        with self._database.writing(PURGE_LOCK) as connection:
            if not is_deleted(connection, speech.id, before):
                return  # brought back meanwhile
            index_all(connection)
            _leave_projects(connection, speech)
            _purge_sentences(connection, speech, before)
            _purge_sound(connection, speech, before)


def _leave_projects(connection: Transaction, speech: DeletedSpeech) -> None:
    """Remove the speech from projects: their words can be spoken again."""
    owners = owners_of(connection, "project", speech.workspace, [speech.reference])
    for project_id in owners.get(speech.reference, ()):
        content = find_project(connection, speech.workspace, project_id)
        if content and (left := without_speech(content, speech.id)):
            replace_project(connection, speech.workspace, project_id, left)
    index_all(connection)  # what these projects refer to now


def _purge_sound(connection: Transaction, speech: DeletedSpeech, before: datetime) -> None:
    """Delete the speech with its job's words, unless its sound is used or about to be used."""
    workspace, sound = speech.workspace, [speech.reference]
    add_unused(connection, workspace, sound, datetime.now(UTC))
    used = used_beside_speeches(connection, workspace, sound)
    if used or fresh_files(connection, workspace, before, sound):
        remove_unused(connection, [(workspace, speech.reference)])
        return
    purge_speech(connection, speech.id)
    _empty_jobs(connection, workspace, [speech.id])


def _purge_sentences(connection: Transaction, speech: DeletedSpeech, before: datetime) -> None:
    """Delete the sentences that only deleted speeches use, and list their files as unused."""
    workspace = speech.workspace
    own = set(sentences_in(arguments_of(connection, workspace, speech.id)))
    gone = own - _said_elsewhere(connection, workspace, own, before)
    if not gone:
        return
    add_unused(
        connection, workspace, purge_sentences(connection, workspace, gone), datetime.now(UTC)
    )
    _empty_jobs(connection, workspace, makers_among(connection, workspace, gone))


def _said_elsewhere(
    connection: Transaction, workspace: str, own: set[str], before: datetime
) -> set[str]:
    """Return those of these sentences that are in speeches that exist, can be restored or are being
    made."""
    speaking = {
        fingerprint
        for arguments in open_arguments(connection, workspace)
        for fingerprint in sentences_in(arguments)
    }
    owners = owners_of(connection, "job", workspace, map(sentence_key, own))
    makers = {job_id for those in owners.values() for job_id in those}
    kept = set(speeches_kept(connection, workspace, before, makers)) if makers else set()
    said = {each for each in own if owners.get(sentence_key(each), set()) & kept}
    return said | speaking | open_fingerprints(connection, workspace)


def _empty_jobs(connection: Transaction, workspace: str, job_ids: Sequence[str]) -> None:
    empty_jobs(connection, workspace, job_ids)
    remove_owners(connection, "job", workspace, job_ids)
