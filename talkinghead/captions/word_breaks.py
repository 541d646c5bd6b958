"""Breaks words that no line can hold: addresses at their signs, others between syllables."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pyphen

_BEFORE, _AFTER = frozenset(".@?&=#_+~%"), frozenset("/:-–—…,;")
# What it costs: one more piece, pieces of unequal length, and a break by its kind.
_PIECE, _UNEVEN, _SIGN, _SYLLABLE, _ANYWHERE = 1.0, 0.5, 0.0, 0.3, 2.0
_SHORTEST = 2  # letters on either side of a break
_LETTERS = re.compile(r"[^\W\d_]{5,}")
_JOINER = "\u200d"


@dataclass(frozen=True)
class _Break:
    at: int
    hyphen: str
    cost: float


def broken_word(
    text: str, width: Callable[[str], float], limit: float, language: str = "en"
) -> tuple[str, ...]:
    """Return a word in pieces that each fit, about equally long; one piece if it fits whole.

    Args:
        text: the word. An address is broken without hyphens, since it would be copied with them.
        width: measures a piece.
        limit: the longest piece; a single letter may still be wider.
        language: of the syllables, ISO 639-1; one without known syllables breaks anywhere.
    """
    if width(text) <= limit:
        return (text,)
    breaks = [_Break(0, "", 0.0), *_breaks(text, language), _Break(len(text), "", 0.0)]
    # best[i]: the lowest cost up to break i, and the break before it
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * (len(breaks) - 1)
    for start, (cost, _) in enumerate(best):
        for end in range(start + 1, len(breaks)):
            each = breaks[end]
            wide = width(text[breaks[start].at : each.at] + each.hyphen)
            if wide > limit and end > start + 1:
                break
            uneven = ((limit - wide) / limit) ** 2
            best[end] = min(best[end], (cost + _PIECE + each.cost + _UNEVEN * uneven, start))
    pieces: list[str] = []
    end = len(breaks) - 1
    while end:
        start = best[end][1]
        pieces.insert(0, text[breaks[start].at : breaks[end].at] + breaks[end].hyphen)
        end = start
    return tuple(pieces)


def _breaks(text: str, language: str) -> Iterator[_Break]:
    """Yield every place where a word may be broken, in order."""
    syllables = set(_syllables(text, language))
    is_address = any(sign in text.strip(".,;:!?") for sign in "/@") or text.count(".") > 1
    for at in range(_SHORTEST, len(text) - _SHORTEST + 1):
        before, after = text[at - 1], text[at]
        if _is_one_letter(before, after):
            continue
        is_word = before.isalpha() and after.isalpha()
        hyphen = "-" if is_word and not is_address else ""
        if (after in _BEFORE and before not in _BEFORE) or before in _AFTER:
            yield _Break(at, "", _SIGN)
        elif at in syllables:
            yield _Break(at, hyphen, _SYLLABLE)
        else:
            yield _Break(at, hyphen, _ANYWHERE)


def _is_one_letter(before: str, after: str) -> bool:
    """Whether two characters are drawn as one: marks over letters, joined emoji, skin tones."""
    is_mark = unicodedata.category(after) in ("Mn", "Mc", "Me", "Cf", "Sk")
    return is_mark or before == _JOINER or "\U0001f1e6" <= after <= "\U0001f1ff"


def _syllables(text: str, language: str) -> Iterator[int]:
    dictionary = _dictionary(language)
    if dictionary is None:
        return
    for word in _LETTERS.finditer(text):
        yield from (word.start() + at for at in dictionary.positions(word.group().lower()))


@cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known) if known else None
