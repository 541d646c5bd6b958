"""A speech made from a project's script, as stored in the project."""

import hashlib
from decimal import Decimal
from typing import Self

from pydantic import BaseModel, ConfigDict

from talkinghead.speech.repository import Speech
from talkinghead.speech.text.sentences import split_sentences


class MadeSpeech(BaseModel):
    """A speech made from a script.

    Attributes:
        id: of the speech.
        reference: of its sound, which a model takes as a recording.
        seconds: its length.
        script: the words as they stood in the project.
        voice: the id of the voice that says them.
        said: the fingerprint of the words as the pronunciation list had them; None where that was
            not kept: they count as said as they are now.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    reference: str
    seconds: Decimal
    script: str
    voice: str
    said: str | None = None

    @classmethod
    def of(cls, speech: Speech, script: str, said: str) -> Self:
        """Return a speech in the form stored by a project.

        Args:
            speech: as it is kept.
            script: the project's words; they may differ from the speech's in white space.
            said: the words as the pronunciation list has them.
        """
        return cls(
            id=speech.id,
            reference=speech.reference,
            seconds=speech.seconds,
            script=script,
            voice=speech.voice_id,
            said=cls.fingerprint(said),
        )

    @property
    def outdated(self) -> Self:
        """The same, said otherwise than the pronunciation list has it now."""
        return self.model_copy(update={"said": ""})

    @staticmethod
    def fingerprint(said: str) -> str:
        """Return the short form in which the words as they are said are kept."""
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def is_said_as(self, said: str) -> bool:
        """Whether it says these words, as far as that is known."""
        return self.said in (None, self.fingerprint(said))

    def new_sentences(self, script: str) -> list[str]:
        """Return the sentences of a script that this speech lacks."""
        said = {sentence.text for sentence in split_sentences(self.script)}
        now = [sentence.text for sentence in split_sentences(script)]
        return [text for text in now if text not in said]
