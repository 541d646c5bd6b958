"""The speeches repository: the library of speeches with their sentences and words."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, or_, select, update

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.speech.tables import speeches
from talkinghead.speech.text.sentence_times import TimedSentence
from talkinghead.speech.text.timed_words import TimedWord


@dataclass(frozen=True)
class Speech:
    """A spoken script.

    Attributes:
        id: that of the job that made it.
        script: as it was written.
        voice_id: who speaks.
        language: of the script, by ISO 639-1, or "und".
        reference: the sound, `asset:<id>`; a recording like any other.
        seconds: its length.
        sentences: as captions show them, with their times.
        words: likewise.
        dollars: what was paid for its sentences when it was made.
        created_at: aware UTC.
        deleted_at: when a person removed it, or None; it can be brought back for a while.
    """

    id: str
    script: str
    voice_id: str
    language: str
    reference: str
    seconds: Decimal
    sentences: tuple[TimedSentence, ...]
    words: tuple[TimedWord, ...]
    dollars: Decimal
    created_at: datetime
    deleted_at: datetime | None = None


_COLUMNS = (
    speeches.c.id, speeches.c.script, speeches.c.voice, speeches.c.language, speeches.c.file,
    speeches.c.seconds, speeches.c.sentences, speeches.c.words, speeches.c.dollars,
    speeches.c.created_at, speeches.c.deleted_at,
)  # fmt: skip
_KEPT = speeches.c.deleted_at.is_(None)


class SpeechRepository:
    """The speeches of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def speech(self, workspace: str, speech_id: str) -> Speech:
        """Return one speech, also a deleted one while it can be restored.

        Raises:
            NotFound: this workspace has no such speech.
        """
        found = self._newest(workspace, speeches.c.id == speech_id)
        if found is None:
            raise NotFound("Voice-over not found.")
        return found

    def of_job(self, workspace: str, job_id: str) -> Speech | None:
        """Return the speech that a job made, which has the job's id; None if there is none or it
        was deleted."""
        return self._newest(workspace, speeches.c.id == job_id, _KEPT)

    def of_file(self, workspace: str, reference: str) -> Speech | None:
        """Return the newest speech with this sound, or None. Deleted ones count: videos made from
        them have their words."""
        return self._newest(workspace, speeches.c.file == reference)

    def of_fingerprint(self, workspace: str, fingerprint: str) -> Speech | None:
        """Return the newest speech of this script in this voice, or None."""
        return self._newest(workspace, speeches.c.fingerprint == fingerprint, _KEPT)

    def newest(self, workspace: str, limit: int) -> list[Speech]:
        """Return the newest speeches that are not deleted."""
        query = _query(workspace).where(_KEPT).limit(limit)
        with self._database.reading() as connection:
            return [_speech(row) for row in connection.execute(query)]

    def mark_deleted(self, workspace: str, speech_id: str, at: datetime | None) -> None:
        """Delete a speech softly, or with None restore it.

        Raises:
            NotFound: this workspace has no such speech.
        """
        one = speeches.c.id == speech_id, speeches.c.workspace == workspace
        with self._database.writing() as connection:
            change = update(speeches).where(*one).values(deleted_at=at)
            if connection.execute(change).rowcount == 0:
                raise NotFound("Voice-over not found.")

    def _newest(self, workspace: str, *conditions: ColumnElement[bool]) -> Speech | None:
        query = _query(workspace).where(*conditions).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _speech(row)


def write_speech(connection: Connection, workspace: str, speech: Speech, fingerprint: str) -> None:
    """Add a speech to the library, once.

    Args:
        connection: of a writing transaction.
        workspace: whose.
        speech: what was made.
        fingerprint: of the script and the voice; the same again is the same speech.
    """
    known = select(speeches.c.id).where(speeches.c.id == speech.id)
    if connection.scalar(known) is not None:
        return
    connection.execute(
        insert(speeches).values(
            id=speech.id,
            workspace=workspace,
            fingerprint=fingerprint,
            script=speech.script,
            voice={"id": speech.voice_id},
            language=speech.language,
            file=speech.reference,
            seconds=speech.seconds,
            sentences=[list(asdict(each).values()) for each in speech.sentences],
            words=[list(asdict(each).values()) for each in speech.words],
            dollars=speech.dollars,
            created_at=speech.created_at,
        )
    )


def _query(workspace: str) -> Any:
    # A deleted one is sorted behind those of the same sound or words that were not.
    newest = (
        speeches.c.deleted_at.is_not(None),
        speeches.c.created_at.desc(),
        speeches.c.id.desc(),
    )
    return select(*_COLUMNS).where(speeches.c.workspace == workspace).order_by(*newest)


def _speech(row: Row[Any]) -> Speech:
    values: tuple[Any, ...] = tuple(row)
    id, script, voice, language, file, seconds, sentences, words, dollars, *times = values
    created_at, deleted_at = times
    return Speech(
        id=id,
        script=script,
        voice_id=voice["id"],
        language=language,
        reference=file,
        seconds=seconds,
        sentences=tuple(TimedSentence(*each) for each in sentences),
        words=tuple(TimedWord(*each) for each in words),
        dollars=dollars,
        created_at=created_at,
        deleted_at=deleted_at,
    )


def speeches_deleted_before(connection: Connection, moment: datetime) -> list[tuple[str, str, str]]:
    """Return id, workspace and file of the speeches deleted before this moment."""
    query = select(speeches.c.id, speeches.c.workspace, speeches.c.file)
    rows = connection.execute(query.where(speeches.c.deleted_at < moment))
    return [(row.id, row.workspace, row.file) for row in rows]


def is_deleted(connection: Connection, speech_id: str, before: datetime) -> bool:
    """Whether a speech exists and was deleted before this moment."""
    query = select(speeches.c.id).where(speeches.c.id == speech_id, speeches.c.deleted_at < before)
    return connection.scalar(query) is not None


def speeches_kept(
    connection: Connection, workspace: str, since: datetime, among: Collection[str]
) -> list[str]:
    """Return the ids of those of these speeches that are not deleted, or can be restored: those
    deleted since then."""
    kept = or_(speeches.c.deleted_at.is_(None), speeches.c.deleted_at >= since)
    mine = (speeches.c.workspace == workspace, speeches.c.id.in_(among))
    query = select(speeches.c.id).where(*mine, kept)
    return list(connection.scalars(query))


def speech_files(connection: Connection, workspace: str, among: Collection[str]) -> set[str]:
    """Return those of these files that are sounds of speeches, including deleted ones."""
    mine = (speeches.c.workspace == workspace, speeches.c.file.in_(among))
    query = select(speeches.c.file).where(*mine)
    return set(connection.scalars(query))


def purge_speech(connection: Connection, speech_id: str) -> None:
    """Delete a speech permanently."""
    connection.execute(delete(speeches).where(speeches.c.id == speech_id))


def erase_speeches(connection: Connection, workspace: str) -> None:
    """Delete a workspace's speeches."""
    connection.execute(delete(speeches).where(speeches.c.workspace == workspace))
