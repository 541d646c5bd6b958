"""What is said in a recording, where it is a speech of ours."""

from talkinghead.speech.pronunciations.repository import PronunciationRepository
from talkinghead.speech.repository import SpeechRepository


def said_in(
    speeches: SpeechRepository,
    pronunciations: PronunciationRepository,
    workspace: str,
    reference: str,
) -> str | None:
    """What is said in a recording that is an English speech, as it is said now; else None."""
    speech = speeches.of_file(workspace, reference)
    if speech is None or speech.language != "en":
        return None
    return pronunciations.said(workspace, speech.script)
