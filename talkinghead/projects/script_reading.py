"""Cached analysis of a script: every run of a page asks for it again."""

from functools import lru_cache

from talkinghead.speech.pronunciations.emphasis import said_alone
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.text.language import UNKNOWN, language_of


@lru_cache(maxsize=16)
def script_language(script: str) -> str | None:
    """Return the language of the script (ISO 639-1); None if undecidable. Takes 30 ms."""
    code = language_of(script)[0]
    return None if code == UNKNOWN else code


@lru_cache(maxsize=16)
def model_words(script: str, pronunciations: tuple[Pronunciation, ...]) -> str:
    """Return the words for a model that speaks by itself. A long script with a long list takes .2
    s."""
    return said_alone(script, pronunciations)


@lru_cache(maxsize=16)
def is_speakable(script: str) -> bool:
    """Whether the local voices find anything to speak in it."""
    # Imported here: a project without a script need not wait for the rules of reading.
    from talkinghead.speech.reading.spoken_text import speakable

    return bool(speakable(script))
