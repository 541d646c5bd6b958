"""The words spoken in a recording, if it is a speech made here."""

from talkinghead.speech.pronunciations.repository import PronunciationRepository
from talkinghead.speech.repository import SpeechRepository


def said_in(
    speeches: SpeechRepository,
    pronunciations: PronunciationRepository,
    workspace: str,
    reference: str,
) -> str | None:
    """Return the spoken words of a recording that is an English speech made here; otherwise
    None."""
    speech = speeches.of_file(workspace, reference)
    if speech is None or speech.language != "en":
        return None
    return pronunciations.said(workspace, speech.script)
