"""What the studio remembers of voices: speeches, their sentences, and how names are said."""

from dataclasses import dataclass
from typing import Self

from talkinghead.core.database import Database
from talkinghead.speech.pronunciations.repository import PronunciationRepository
from talkinghead.speech.repository import SpeechRepository
from talkinghead.speech.sentence_repository import SentenceRepository


@dataclass(frozen=True)
class SpeechShelf:
    """All of it, of every workspace."""

    library: SpeechRepository
    sentences: SentenceRepository
    pronunciations: PronunciationRepository

    @classmethod
    def of(cls, database: Database) -> Self:
        """What stands in a database."""
        return cls(
            SpeechRepository(database),
            SentenceRepository(database),
            PronunciationRepository(database),
        )

    def said_in(self, workspace: str, reference: str) -> str | None:
        """What is said in a recording that is an English speech of ours, as it is said now."""
        speech = self.library.of_file(workspace, reference)
        if speech is None or speech.language != "en":
            return None
        return self.pronunciations.said(workspace, speech.script)
