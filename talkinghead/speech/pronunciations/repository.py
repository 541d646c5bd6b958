"""The pronunciations repository."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from talkinghead.core.database import Database
from talkinghead.speech.pronunciations.emphasis import said_with
from talkinghead.speech.pronunciations.entries import Pronunciation, pronounced
from talkinghead.speech.pronunciations.tables import pronunciations
from talkinghead.speech.text.sentences import without_pauses


class PronunciationRepository:
    """The pronunciation lists of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, workspace: str) -> list[Pronunciation]:
        """Return a workspace's list, by written form."""
        query = (
            select(pronunciations.c.written, pronunciations.c.said)
            .where(pronunciations.c.workspace == workspace)
            .order_by(pronunciations.c.written)
        )
        with self._database.reading() as connection:
            return [Pronunciation(written, said) for written, said in connection.execute(query)]

    def said(self, workspace: str, script: str) -> str:
        """Return a script as sent to a model's own voice: with the list applied, and without marks
        that it would read aloud."""
        return said_with(without_pauses(script), self.of(workspace)).text or script

    def said_here(self, workspace: str, script: str) -> str:
        """Return a script as sent to local voices, which know the marks."""
        return pronounced(script, self.of(workspace)).text

    def replace(self, workspace: str, entries: Sequence[Pronunciation]) -> None:
        """Replace the whole list."""
        rows = [
            {"workspace": workspace, "written": entry.written, "said": entry.said}
            for entry in entries
        ]
        with self._database.writing() as connection:
            erase_pronunciations(connection, workspace)
            if rows:
                connection.execute(insert(pronunciations), rows)


def erase_pronunciations(connection: Connection, workspace: str) -> None:
    """Delete a workspace's list."""
    connection.execute(delete(pronunciations).where(pronunciations.c.workspace == workspace))
