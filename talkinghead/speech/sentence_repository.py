"""The sentences repository: none is bought or spoken twice."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from talkinghead.catalogue.speech import KnownSentence
from talkinghead.core.database import Database
from talkinghead.speech.tables import spoken

_AT_ONCE = 400  # fingerprints in one question: databases bound the number of parameters


class SentenceRepository:
    """The spoken sentences of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, workspace: str, fingerprints: Sequence[str]) -> dict[str, KnownSentence]:
        """Return those of these sentences that were spoken before, by fingerprint."""
        asked = list(dict.fromkeys(fingerprints))
        columns = (spoken.c.fingerprint, spoken.c.file, spoken.c.seconds, spoken.c.words)
        found: dict[str, KnownSentence] = {}
        with self._database.reading() as connection:
            for start in range(0, len(asked), _AT_ONCE):
                some = spoken.c.fingerprint.in_(asked[start : start + _AT_ONCE])
                query = select(*columns).where(spoken.c.workspace == workspace, some)
                for fingerprint, file, seconds, words in connection.execute(query):
                    reported = tuple((str(text), float(a), float(b)) for text, a, b in words)
                    found[fingerprint] = KnownSentence(file, seconds, reported)
        return found

    def forget(self, workspace: str, fingerprints: Collection[str]) -> None:
        """Delete sentences whose sound was lost: they have to be spoken again."""
        gone = (spoken.c.workspace == workspace, spoken.c.fingerprint.in_(fingerprints))
        with self._database.writing() as connection:
            connection.execute(delete(spoken).where(*gone))


def write_spoken(
    connection: Connection,
    workspace: str,
    sentences: Mapping[str, KnownSentence],
    job_id: str | None = None,
) -> None:
    """Store sentences by fingerprint; for an existing one, missing words are added.

    Args:
        connection: of a writing transaction.
        workspace: whose.
        sentences: what was said.
        job_id: the job that bought it, where one did.
    """
    for fingerprint, sentence in sentences.items():
        here = (spoken.c.workspace == workspace, spoken.c.fingerprint == fingerprint)
        words = [list(word) for word in sentence.words]
        values = {"file": sentence.file, "seconds": sentence.seconds, "words": words}
        if connection.execute(update(spoken).where(*here).values(**values)).rowcount == 0:
            connection.execute(
                insert(spoken).values(
                    workspace=workspace,
                    fingerprint=fingerprint,
                    job_id=job_id,
                    created_at=datetime.now(UTC),
                    **values,
                )
            )


def purge_sentences(
    connection: Connection, workspace: str, fingerprints: Collection[str]
) -> set[str]:
    """Delete these sentences within a transaction; returns their files."""
    gone = (spoken.c.workspace == workspace, spoken.c.fingerprint.in_(fingerprints))
    files = set(connection.scalars(select(spoken.c.file).where(*gone)))
    connection.execute(delete(spoken).where(*gone))
    return files


def sentence_files(connection: Connection, workspace: str, among: Collection[str]) -> set[str]:
    """Return those of these files that are sounds of sentences."""
    mine = (spoken.c.workspace == workspace, spoken.c.file.in_(among))
    query = select(spoken.c.file).where(*mine)
    return set(connection.scalars(query))


def erase_sentences(connection: Connection, workspace: str) -> None:
    """Delete a workspace's sentences."""
    connection.execute(delete(spoken).where(spoken.c.workspace == workspace))
