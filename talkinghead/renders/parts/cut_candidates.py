"""Candidate cuts of a speech: frame boundaries in its pauses, each with a rank."""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from talkinghead.av.sound import Sound
from talkinghead.core.measures import FRAMES_PER_SECOND
from talkinghead.speech.text.timed_words import Timed

LEAD_FRAMES = 4
"""A part begins this long before its first word, where the pause allows: lips move first."""
PAUSE_STEP = 0.25
"""Seconds; pauses that differ by less are alike, so that the sentence decides between them."""
SHORTEST_SILENCE = 0.2

_CLAUSE_ENDS = tuple(",;:،؛、，；：—–")
_WINDOW = 0.01  # seconds over which loudness is measured
_SILENCE_RANGE = 30.0  # decibels under the speech
_NOISE_MARGIN = 6.0  # decibels over the quietest tenth
_LEAST_RANGE = 16.0  # decibels under the speech, however loud the room
_ROUNDING = 1e-6  # frames; a pause must give the same frame at any offset


@dataclass(frozen=True)
class Cut:
    """A frame boundary between two sounds.

    Attributes:
        frame: the first frame after it.
        rank: lower is better; depends only on the pause and on what is said after it.
        before, after: what is said on both sides, where that is known.
    """

    frame: int
    rank: tuple[float, float]
    before: str = ""
    after: str = ""


def sentence_cuts(sentences: Sequence[Timed]) -> list[Cut]:
    """Return the pauses between sentences."""
    return list(_between(sentences))


def clause_cuts(words: Sequence[Timed]) -> list[list[Cut]]:
    """Return the pauses after clauses, and those between any two words."""
    after_clause = [pair for pair in pairwise(words) if pair[0].text.endswith(_CLAUSE_ENDS)]
    clauses = [cut for pair in after_clause for cut in _between(pair)]
    return [clauses, list(_between(words))]


def silence_cuts(sound: Sound) -> list[Cut]:
    """Return the silences of a recording without a transcript, the longest first."""
    quiet = _is_quiet(sound)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
    cuts = []
    for first, last in edges.reshape(-1, 2):
        start, end = first * _WINDOW, last * _WINDOW
        frame = _boundary(start, end)
        if end - start >= SHORTEST_SILENCE and frame is not None:
            cuts.append(Cut(frame, (-(end - start), 0.0)))
    return cuts


def quietest_cut(sound: Sound, section: tuple[int, int], longest: int) -> int:
    """Return the quietest frame boundary in the second half of the longest part that begins a
    section without any pause. It may cut a word, which only the model hears."""
    start, end = section
    first, last = start + longest // 2, min(start + longest, end - 1)
    levels = _levels(sound, 1 / FRAMES_PER_SECOND)
    around = levels[first - 1 : last - 1] + levels[first:last]
    return first + int(np.argmin(around))


def _between(said: Sequence[Timed]) -> Iterator[Cut]:
    for before, after in pairwise(said):
        frame = _boundary(before.end, after.start)
        if frame is not None:
            pause = (after.start - before.end) // PAUSE_STEP
            yield Cut(frame, (-pause, _share(after.text)), before.text, after.text)


def _boundary(start: float, end: float) -> int | None:
    """The frame boundary in a pause that leaves the usual lead, or the middle of a shorter one."""
    first, last = start * FRAMES_PER_SECOND, end * FRAMES_PER_SECOND
    lowest, highest = math.ceil(first - _ROUNDING), math.floor(last + _ROUNDING)
    wanted = math.floor(max(last - LEAD_FRAMES, (first + last) / 2) + _ROUNDING)
    return min(max(wanted, lowest), highest) if lowest <= highest else None


def _share(text: str) -> float:
    """A number of its own for each text, 0 to 1."""
    digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def _is_quiet(sound: Sound) -> NDArray[np.bool_]:
    levels = _levels(sound, _WINDOW)
    background, speech = np.percentile(levels, [10, 90])
    limit = max(speech - _SILENCE_RANGE, min(background + _NOISE_MARGIN, speech - _LEAST_RANGE))
    quiet: NDArray[np.bool_] = levels < limit
    return quiet


def _levels(sound: Sound, window: float) -> NDArray[np.float64]:
    """Decibels of each window."""
    size = round(window * sound.rate)
    blocks = sound.samples[: len(sound.samples) // size * size].reshape(-1, size)
    powers = np.einsum("ij,ij->i", blocks, blocks).astype(np.float64) / size
    return np.asarray(10 * np.log10(powers + 1e-12), np.float64)
