"""Sentence times of a script, from the times of its words."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from talkinghead.speech.text.timed_words import Timed

_LOOK_AHEAD = 200
"""Letters within which a word must follow the one before it: what voices leave out is shorter."""


@dataclass(frozen=True)
class TimedSentence:
    """A sentence with its times.

    Attributes:
        text: as written in the script.
        start, end: seconds; from its first sound to its last.
    """

    text: str
    start: float
    end: float


def timed_sentences(sentences: Sequence[str], words: Sequence[Timed]) -> tuple[TimedSentence, ...]:
    """Return the sentences with their times; without those of which no word was found.

    Words are looked for in order, letter by letter, so that a voice may leave some out, join
    them, or part them where the script does not.

    Args:
        sentences: of the script, in order.
        words: with their times, as a voice or an alignment found them.
    """
    letters = [_letters(each) for each in sentences]
    script, ends = "".join(letters), list(accumulate(map(len, letters)))
    times: list[tuple[float, float] | None] = [None] * len(sentences)
    at = 0
    for word in words:
        said = _letters(word.text)
        place = script.find(said, at, at + _LOOK_AHEAD + len(said)) if said else -1
        if place < 0:
            continue
        at = place + len(said)
        number = next(number for number, end in enumerate(ends) if place < end)
        known = times[number]
        times[number] = (known[0] if known else word.start, word.end)
    return tuple(
        TimedSentence(text, *time)
        for text, time in zip(sentences, times, strict=True)
        if time is not None
    )


def _letters(text: str) -> str:
    """Return letters and digits of a text, lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())
