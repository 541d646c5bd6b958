"""Applies an edited caption: new text, same times."""

from collections.abc import Sequence
from dataclasses import replace

from talkinghead.captions.cues import CaptionRules, Cue, Line, broken
from talkinghead.speech.alignment.realign import realigned
from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.tokens import tokens


def corrected(cues: Sequence[Cue], number: int, text: str, rules: CaptionRules) -> tuple[Cue, ...]:
    """Return the captions after the text of one was edited.

    Args:
        cues: in order.
        number: of the changed one, from 0.
        text: what it says now; its own line breaks are kept where it has some. An empty text takes
            the caption away.
        rules: by which lines are broken where the text has no line breaks.
    """
    cue = cues[number]
    words = realigned(cue.words, text)
    kept = [*cues[:number], *cues[number + 1 :]]
    if not words:
        return tuple(kept)
    lines = [tokens(line) for line in text.strip().splitlines() if line.strip()]
    rows = _rows(words, lines) if len(lines) > 1 else broken(words, rules)
    return (*cues[:number], replace(cue, lines=rows), *cues[number + 1 :])


def _rows(words: Sequence[TimedWord], lines: Sequence[Sequence[str]]) -> tuple[Line, ...]:
    """Return the words in the lines as edited."""
    rows, at = [], 0
    for line in lines:
        rows.append(tuple(words[at : at + len(line)]))
        at += len(line)
    rows[-1] += tuple(words[at:])  # a sign alone on its line went to the word before it
    return tuple(row for row in rows if row)
