"""Emphasis in a script: `*only* you`. Some voices stress such words; others speak them plainly."""

import re
from collections.abc import Iterable, Iterator

from talkinghead.speech.pronunciations.entries import (
    Pronounced,
    Pronunciation,
    Replaced,
    pronounced,
)
from talkinghead.speech.text.sentences import without_pauses

_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]+?)(?<=\S)\1(?![\w*])")
_LOST = re.compile(r"(?<!\S)\*+(?=\w)|(?<=[\w.!?…])\*+(?!\S)")
"""The mark of an emphasis whose other end is in another sentence."""
_WORD = re.compile(r"\S+")
_LEAST_LETTERS = 2
"""A single capital is said as a letter."""


def without_emphasis(text: str) -> str:
    """Return the text without its emphasis marks, for captions and counts."""
    return _LOST.sub("", _EMPHASIS.sub(r"\2", text))


def said_with(
    text: str, pronunciations: Iterable[Pronunciation], *, capitals: bool = False
) -> Pronounced:
    """Return a sentence as it is sent to a voice.

    Args:
        text: with its marks of emphasis.
        pronunciations: how names are said.
        capitals: the voice stresses what is written in capitals.
    """
    entries = tuple(pronunciations)
    if not capitals:
        return pronounced(without_emphasis(text), entries)
    said, replaced = "", list[Replaced]()
    for piece, stressed in _pieces(text):
        here = pronounced(_LOST.sub("", piece), entries)
        if stressed:
            here = _in_capitals(here)
        replaced += [
            Replaced(each.start + len(said), each.end + len(said), each.written)
            for each in here.replaced
        ]
        said += here.text
    return Pronounced(said, tuple(replaced))


def said_alone(script: str, pronunciations: Iterable[Pronunciation]) -> str:
    """Return a whole script for a model that speaks by itself and would read the marks aloud."""
    return said_with(without_pauses(script), pronunciations).text


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for match in _EMPHASIS.finditer(text):
        yield text[at : match.start()], False
        yield match[2], True
        at = match.end()
    yield text[at:], False


def _in_capitals(piece: Pronounced) -> Pronounced:
    """Return the words in capitals, except those in the pronunciation list."""
    row, replaced = list(piece.text), list(piece.replaced)
    for word in _WORD.finditer(piece.text):
        taken = any(each.start < word.end() and word.start() < each.end for each in piece.replaced)
        upper = word[0].upper()
        if taken or len(upper) != len(word[0]) or len(word[0]) < _LEAST_LETTERS:
            continue
        row[word.start() : word.end()] = upper
        replaced.append(Replaced(word.start(), word.end(), word[0]))
    return Pronounced("".join(row), tuple(sorted(replaced, key=lambda each: each.start)))
