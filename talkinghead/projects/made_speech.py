"""A speech made from a project's script, as stored in the project."""

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
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    reference: str
    seconds: Decimal
    script: str
    voice: str

    @classmethod
    def of(cls, speech: Speech, script: str) -> Self:
        """Return a speech in the form stored by a project.

        Args:
            speech: as it is kept.
            script: the project's words; they may differ from the speech's in white space.
        """
        return cls(
            id=speech.id,
            reference=speech.reference,
            seconds=speech.seconds,
            script=script,
            voice=speech.voice_id,
        )

    def new_sentences(self, script: str) -> list[str]:
        """Return the sentences of a script that this speech lacks."""
        said = {sentence.text for sentence in split_sentences(self.script)}
        now = [sentence.text for sentence in split_sentences(script)]
        return [text for text in now if text not in said]
