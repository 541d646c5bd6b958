"""Captions as JSON values, for the journal and for the processes that work on them."""

from collections.abc import Sequence
from typing import Any

from talkinghead.media.captions import CaptionRules, Cue
from talkinghead.media.timed_words import TimedWord

_PLACES = 3  # milliseconds


def word_values(words: Sequence[TimedWord]) -> list[Any]:
    """Text, start and end of each."""
    return [[word.text, round(word.start, _PLACES), round(word.end, _PLACES)] for word in words]


def words_of(values: Sequence[Any]) -> tuple[TimedWord, ...]:
    """The words that `word_values` wrote."""
    return tuple(TimedWord(text, start, end) for text, start, end in values)


def cue_values(cues: Sequence[Cue]) -> list[Any]:
    """From, until, and the words of each line."""
    return [
        [
            round(cue.start, _PLACES),
            round(cue.end, _PLACES),
            [word_values(row) for row in cue.lines],
        ]
        for cue in cues
    ]


def cues_of(values: Sequence[Any]) -> tuple[Cue, ...]:
    """The captions that `cue_values` wrote."""
    return tuple(Cue(start, end, tuple(map(words_of, lines))) for start, end, lines in values)


def player_rules(width: int, height: int) -> CaptionRules:
    """How long lines are in a player and in subtitle files, for a video of this size in pixels.

    Landscape: the 42 columns that broadcasters agree on; players draw less in narrower pictures.
    """
    if width > height * 1.2:
        return CaptionRules(columns=42)
    return CaptionRules(columns=34 if width > height * 0.7 else 28)
