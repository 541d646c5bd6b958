"""Splits a script too long for a model that speaks it, cut between its sentences.

As in `parts`: what is too long is cut at its best place, over and over, and each place has a rank
of its own, from the sentence after it. So an edit moves no other cut.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from talkinghead.speech.text.script import ENDS_SECONDS, estimate_seconds
from talkinghead.speech.text.sentences import split_sentences

_LEAST_SHARE = 0.35
"""The least share of the longest part on either side of a cut, if possible."""
_CLAUSE_END = re.compile(r"(?<=[,;:،、，；：])\s*|\s+(?=[–—])")
_WORD_END = re.compile(r"\s+")
_BETWEEN = 0.35  # seconds between two sentences


def split_script(script: str, longest_seconds: Decimal) -> tuple[tuple[str, ...], ...]:
    """Return the sentences of each part, none longer than a model's limit; one part if it all fits.

    A sentence too long by itself is cut after a clause, else between words.

    Args:
        script: as `check_script` returns it.
        longest_seconds: by `estimate_seconds`.
    """
    longest = float(longest_seconds)
    sentences = [each.text for each in split_sentences(script)]
    pieces = [piece for text in sentences for piece in _pieces(text, longest)]
    lengths = [float(estimate_seconds(piece)) - ENDS_SECONDS + _BETWEEN for piece in pieces]
    ends = [0.0, *accumulate(lengths)]
    cuts = [0, *_cuts(pieces, ends, (0, len(pieces)), longest - ENDS_SECONDS), len(pieces)]
    return tuple(tuple(pieces[first:last]) for first, last in pairwise(cuts))


def _cuts(
    pieces: Sequence[str], ends: Sequence[float], section: tuple[int, int], longest: float
) -> Iterator[int]:
    """Yield the indices of the pieces that begin a new part, in order."""
    first, last = section
    if ends[last] - ends[first] <= longest or last - first < 2:
        return

    def rank(place: int) -> tuple[bool, float]:
        shorter = min(ends[place] - ends[first], ends[last] - ends[place])
        return shorter < _LEAST_SHARE * longest, _share(pieces[place])

    cut = min(range(first + 1, last), key=rank)
    yield from _cuts(pieces, ends, (first, cut), longest)
    yield cut
    yield from _cuts(pieces, ends, (cut, last), longest)


def _pieces(text: str, longest: float) -> Iterator[str]:
    """A sentence, or what of it can be said at once."""
    if estimate_seconds(text) <= longest:
        yield text
        return
    for ending in (_CLAUSE_END, _WORD_END):
        bits = [bit for bit in ending.split(text) if bit]
        if len(bits) > 1:
            middle = min(range(1, len(bits)), key=lambda n: abs(2 * _length(bits[:n]) - len(text)))
            for half in (bits[:middle], bits[middle:]):
                yield from _pieces(" ".join(half), longest)
            return
    middle = len(text) // 2  # of a script that parts words by no space
    yield from _pieces(text[:middle], longest)
    yield from _pieces(text[middle:], longest)


def _length(bits: Sequence[str]) -> int:
    return sum(len(bit) + 1 for bit in bits)


def _share(text: str) -> float:
    """A number of its own for each text, 0 to 1."""
    digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48
