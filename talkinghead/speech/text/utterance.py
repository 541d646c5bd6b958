"""Sound with the times of its words and phonemes, synthesised or recognised; the lips follow it."""

from dataclasses import dataclass

from talkinghead.av.sound import Sound
from talkinghead.speech.text.timed_words import TimedWord

__all__ = ["Speech", "TimedPhoneme", "TimedWord"]


@dataclass(frozen=True)
class TimedPhoneme:
    """One phoneme, or a pause.

    Attributes:
        symbol: a letter of the alphabet in `speech.local_voice.phonemes`; a pause is its PAUSE.
        start, end: seconds.
    """

    symbol: str
    start: float
    end: float


@dataclass(frozen=True)
class Speech:
    """Sound with the time of every phoneme and word.

    Attributes:
        sound: what is heard.
        phonemes: without gaps from 0 to the sound's end, already in time with what is heard:
            the lips need no further shift.
        words: in order; empty if unknown.
        language: "en", or "und" where it is not known.
    """

    sound: Sound
    phonemes: tuple[TimedPhoneme, ...]
    words: tuple[TimedWord, ...]
    language: str = "en"
