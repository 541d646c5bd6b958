"""How a free voice reads a script: the words of each sentence, and what was written instead."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from talkinghead.speech.pronunciations.emphasis import said_with, without_emphasis
from talkinghead.speech.pronunciations.entries import Pronounced, Pronunciation, Replaced
from talkinghead.speech.text.abbreviations import is_abbreviation
from talkinghead.speech.text.sentences import split_sentences

MOST_SUGGESTED = 40  # words
_AROUND = " \t\n.,;:!?\"'“”‘’()[]{}…*–—"


@dataclass(frozen=True)
class Piece:
    """Some words of a reading.

    Attributes:
        text: as they are said; as they are written where that is the same.
        written: what the script has instead, or None where nothing differs.
    """

    text: str
    written: str | None = None


@dataclass(frozen=True)
class Reading:
    """A sentence as it is said.

    Attributes:
        sentence: as it is written, with its marks of emphasis.
        pieces: in order; empty if a free voice finds nothing to say in it.
    """

    sentence: str
    pieces: tuple[Piece, ...]

    @property
    def said(self) -> str:
        """The whole sentence as it is said."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def changed(self) -> tuple[str, ...]:
        """What is written where something else is said."""
        return tuple(piece.written for piece in self.pieces if piece.written is not None)


@lru_cache(maxsize=8)  # a page asks again in each run
def readings(script: str, pronunciations: tuple[Pronunciation, ...]) -> tuple[Reading, ...]:
    """Return the sentences of a script as a free voice reads them.

    Args:
        script: as `check_script` returns it.
        pronunciations: the workspace's list.
    """
    return tuple(_reading(each.text, pronunciations) for each in split_sentences(script))


def words_to_pronounce(script: str, found: Sequence[Reading]) -> list[str]:
    """Return the words that a person may want said differently, each once, at most
    `MOST_SUGGESTED`: those that are read as something else, then names and words like them."""
    changed = [_bare(written) for reading in found for written in reading.changed]
    names = [
        re.sub("['’]s$", "", _bare(word))
        for reading in found
        for place, word in enumerate(without_emphasis(reading.sentence).split())
        if (place and word[:1].isupper()) or re.search(r"[a-z][A-Z]|\w\.\w", word)
    ]
    wanted = [*changed, *(name for name in names if not any(name in each for each in changed))]
    return [*dict.fromkeys(word for word in wanted if word and word in script)][:MOST_SUGGESTED]


def _reading(sentence: str, pronunciations: Sequence[Pronunciation]) -> Reading:
    # Imported here: a page without this panel need not wait for the rules of reading.
    from talkinghead.speech.reading.spoken_text import spoken_words

    said = said_with(sentence, pronunciations)
    words = [(word.text, word.spoken) for word in spoken_words(said.text)]
    return Reading(sentence, tuple(_pieces(words, said)))


def _pieces(words: Sequence[tuple[str, str]], said: Pronounced) -> Iterator[Piece]:
    at, before, held = 0, None, list[str]()
    for text, spoken in words:
        found = said.text.find(text, at)
        start, at = (at, at) if found < 0 else (found, found + len(text))
        inside = _replaced_at(said, start, at)
        if before is not None and inside is not before:
            yield Piece(" ".join(held), before.written)
            held = []
        if inside is None:
            yield Piece(text) if _alike(text, spoken) else Piece(spoken, _bare(text))
        else:
            held.append(text if _alike(text, spoken) else spoken)
        before = inside
    if before is not None:
        yield Piece(" ".join(held), before.written)


def _replaced_at(said: Pronounced, start: int, end: int) -> Replaced | None:
    return next((each for each in said.replaced if each.start < end and start < each.end), None)


def _alike(text: str, spoken: str) -> bool:
    """Whether the reading differs in nothing but case and punctuation."""
    return _letters(text) == _letters(spoken)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _bare(text: str) -> str:
    """Return the text without the punctuation around it; the full stop of an abbreviation stays."""
    bare = text.strip(_AROUND)
    stopped = text.lstrip(_AROUND).startswith(f"{bare}.")
    return f"{bare}." if stopped and is_abbreviation(bare, " a") else bare
