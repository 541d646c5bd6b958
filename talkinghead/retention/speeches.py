"""Removed speeches, forgotten for good: their words, their sounds, and what was bought for them.

A video keeps the sound that it was made from, and the words of it for its captions: so long the
speech stays, unseen. Its sentences go, where no other speech says them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, or_, select, update

from talkinghead.core.database import Database
from talkinghead.jobs.kinds import SPEECH
from talkinghead.jobs.repository import ENDED, OPEN, of_kind
from talkinghead.jobs.tables import events, jobs
from talkinghead.projects.tables import compositions
from talkinghead.retention.erase import EMPTIED
from talkinghead.retention.references import (
    files_in_use,
    forget_unused,
    fresh_files,
    library_sounds,
)
from talkinghead.speech.tables import speeches, spoken


@dataclass(frozen=True)
class RemovedSpeech:
    """A speech that somebody removed.

    Attributes:
        id: of the speech, and of the job that made it.
        workspace: whose.
        reference: its sound, `asset:<id>`.
    """

    id: str
    workspace: str
    reference: str


class RemovedSpeeches:
    """The removed speeches of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def before(self, moment: datetime) -> list[RemovedSpeech]:
        """Those that were removed before this moment, also where a video still keeps them."""
        columns = (speeches.c.id, speeches.c.workspace, speeches.c.file)
        query = select(*columns).where(speeches.c.deleted_at < moment)
        with self._database.reading() as connection:
            return [RemovedSpeech(*row) for row in connection.execute(query)]

    def forget(self, speech: RemovedSpeech, before: datetime) -> list[str]:
        """Forget what nothing else needs; returns the references of the files nothing uses now.

        Args:
            speech: which.
            before: those removed later can be brought back, and keep what they share with it; a
                file that was put again later stays as well.
        """
        still = (speeches.c.id == speech.id, speeches.c.deleted_at < before)
        with self._database.writing() as connection:
            if connection.scalar(select(speeches.c.id).where(*still)) is None:
                return []  # brought back meanwhile
            _leave_forms(connection, speech)
            unused = _forget_sentences(connection, speech, before)
            used = files_in_use(connection, speech.workspace)
            used |= fresh_files(connection, speech.workspace, before)
            if speech.reference not in used:
                connection.execute(delete(speeches).where(*still))
                _empty(connection, speech.workspace, [speech.id])
                unused.add(speech.reference)
            used |= library_sounds(connection, speech.workspace)
            return forget_unused(connection, speech.workspace, unused - used)


def _leave_forms(connection: Connection, speech: RemovedSpeech) -> None:
    """A form that it was made on does not keep it: the words there can be said again."""
    mine = compositions.c.workspace == speech.workspace
    forms = connection.execute(select(compositions.c.id, compositions.c.content).where(mine)).all()
    for form_id, content in forms:
        made = content.get("made")
        if isinstance(made, dict) and made.get("id") == speech.id:
            changed = update(compositions).where(mine, compositions.c.id == form_id)
            connection.execute(changed.values(content={**content, "made": None}))


def _forget_sentences(connection: Connection, speech: RemovedSpeech, before: datetime) -> set[str]:
    """Forget the sentences that only removed speeches say; returns their files."""
    here = jobs.c.workspace == speech.workspace
    own = _said_in(connection, select(jobs.c.arguments).where(here, jobs.c.id == speech.id))
    gone = own - _said_elsewhere(connection, speech.workspace, before)
    if not gone:
        return set()
    those = (spoken.c.workspace == speech.workspace, spoken.c.fingerprint.in_(gone))
    files = set(connection.scalars(select(spoken.c.file).where(*those)))
    connection.execute(delete(spoken).where(*those))
    bought = select(jobs.c.id).where(here, jobs.c.fingerprint.in_(gone))
    _empty(connection, speech.workspace, list(connection.scalars(bought)))
    return files


def _said_elsewhere(connection: Connection, workspace: str, before: datetime) -> set[str]:
    """The sentences of speeches that are there, can be brought back or are being made."""
    here = jobs.c.workspace == workspace
    kept = select(speeches.c.id).where(
        speeches.c.workspace == workspace,
        or_(speeches.c.deleted_at.is_(None), speeches.c.deleted_at >= before),
    )
    speaking = select(jobs.c.arguments).where(
        here,
        of_kind(SPEECH),
        or_(jobs.c.id.in_(kept), jobs.c.state.in_(OPEN)),
    )
    bought_now = select(jobs.c.fingerprint).where(
        here, jobs.c.fingerprint.is_not(None), jobs.c.state.in_(OPEN)
    )
    return _said_in(connection, speaking) | set(connection.scalars(bought_now))


def _said_in(connection: Connection, arguments: Select[tuple[Any]]) -> set[str]:
    """The fingerprints of the sentences that jobs were given."""
    return {
        each["fingerprint"]
        for given in connection.scalars(arguments)
        for each in given.get("sentences", ())
    }


def _empty(connection: Connection, workspace: str, job_ids: Collection[str]) -> None:
    """Of jobs that have ended, what was paid stays; the words go."""
    ended = (jobs.c.workspace == workspace, jobs.c.id.in_(job_ids), jobs.c.state.in_(ENDED))
    of_these = select(jobs.c.id).where(*ended)
    connection.execute(delete(events).where(events.c.job_id.in_(of_these)))
    connection.execute(update(jobs).where(*ended).values(**EMPTIED))
