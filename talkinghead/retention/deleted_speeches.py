"""Purges deleted speeches: words, sounds, and bought sentences.

A video keeps the sound that it was made from, and the words of it for its captions: so long the
speech stays, unseen. Its sentences go, where no other speech says them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from talkinghead.core.database import Database, Transaction
from talkinghead.jobs.kinds import SPEECH
from talkinghead.jobs.records.erasure_repository import (
    arguments_in_use,
    arguments_of,
    empty_jobs,
    makers_among,
)
from talkinghead.jobs.records.fingerprint_repository import open_fingerprints
from talkinghead.projects.repository import replace_project, stored_projects
from talkinghead.projects.stored_form import without_speech
from talkinghead.retention.references import delete_unused, files_in_use, library_sounds
from talkinghead.speech.repository import (
    is_deleted,
    purge_speech,
    speeches_deleted_before,
    speeches_kept,
)
from talkinghead.speech.sentence_repository import purge_sentences


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

    def forget(self, speech: DeletedSpeech, before: datetime) -> list[str]:
        """Purge what nothing else uses; returns the references of the files to delete.

        Args:
            speech: which.
            before: those removed later can be brought back, and keep what they share with it; a
                file that was put again later stays as well.
        """
        with self._database.writing() as connection:
            if not is_deleted(connection, speech.id, before):
                return []  # brought back meanwhile
            _leave_projects(connection, speech)
            unused = _purge_sentences(connection, speech, before)
            used = files_in_use(connection, speech.workspace, before)
            if speech.reference not in used:
                purge_speech(connection, speech.id)
                empty_jobs(connection, speech.workspace, [speech.id])
                unused.add(speech.reference)
            used |= library_sounds(connection, speech.workspace)
            return delete_unused(connection, speech.workspace, unused - used)


def _leave_projects(connection: Transaction, speech: DeletedSpeech) -> None:
    """Remove the speech from projects: their words can be spoken again."""
    for project_id, content in stored_projects(connection, speech.workspace).items():
        if left := without_speech(content, speech.id):
            replace_project(connection, speech.workspace, project_id, left)


def _purge_sentences(connection: Transaction, speech: DeletedSpeech, before: datetime) -> set[str]:
    """Delete the sentences that only deleted speeches use; returns their files."""
    own = _said_in(arguments_of(connection, speech.workspace, speech.id))
    gone = own - _said_elsewhere(connection, speech.workspace, before)
    if not gone:
        return set()
    files = purge_sentences(connection, speech.workspace, gone)
    bought = makers_among(connection, speech.workspace, gone)
    empty_jobs(connection, speech.workspace, bought)
    return files


def _said_elsewhere(connection: Transaction, workspace: str, before: datetime) -> set[str]:
    """Return the sentences of speeches that exist, can be restored or are being made."""
    kept = speeches_kept(connection, workspace, before)
    in_use = arguments_in_use(connection, workspace, SPEECH, kept)
    return _said_in(*in_use) | open_fingerprints(connection, workspace)


def _said_in(*arguments: Mapping[str, Any]) -> set[str]:
    """Return the fingerprints of the sentences in the arguments of jobs."""
    return {each["fingerprint"] for given in arguments for each in given.get("sentences", ())}
