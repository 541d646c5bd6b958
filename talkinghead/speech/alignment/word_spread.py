"""Spreads the words of a script over its speech by length alone, between the pauses: for any
language.

Nothing is recognised. Longer words take longer, and of all ways to put the ends of sentences and
clauses into the pauses that are heard, the one is taken in which the voice speaks most evenly. On
five local voices words begin within 0.1 s of the truth in the middle, 0.4 s at worst for most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product
from math import inf, log

import numpy as np

from talkinghead.av.resampling import samples_at
from talkinghead.av.sound import Sound
from talkinghead.speech.alignment.pauses import RATE, Span, speech_scores, speech_spans
from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.tokens import (
    CLAUSE_ENDS,
    display_width,
    ending,
    ends_sentence,
    tokens,
)

# What it costs to leave the end of a sentence or a clause without a pause, to leave a second of
# pause without an end, and to speak unevenly for a second.
_SENTENCE, _CLAUSE, _PAUSE, _UNEVEN = 0.5, 0.05, 2.0, 2.5
_LONGEST_PAUSE = 0.8  # seconds that count; a long one says no more
_LOOK_BACK = 8  # ends and pauses between two that are matched


@dataclass(frozen=True)
class _Mark:
    """A possible pause; the start and the end are marks too.

    Attributes:
        at: columns of the script, or seconds of speech, before it.
        cost: of passing over it.
    """

    at: float
    cost: float = 0.0


def spread(text: str, sound: Sound) -> tuple[TimedWord, ...]:
    """Return the words of a text with estimated times; empty if the text has none.

    Args:
        text: what is said, without markup.
        sound: the speech.
    """
    texts = tokens(text)
    if not texts:
        return ()
    spans = speech_spans(speech_scores(samples_at(sound, RATE))) or [Span(0.0, sound.seconds)]
    columns = list(accumulate((max(display_width(each), 1) for each in texts), initial=0))
    spoken = list(accumulate((span.seconds for span in spans), initial=0.0))
    places = [_Mark(0.0), *_ends(texts, columns), _Mark(columns[-1])]
    gaps = (min(after.start - before.end, _LONGEST_PAUSE) for before, after in pairwise(spans))
    heard = (_Mark(at, _PAUSE * gap) for at, gap in zip(spoken[1:], gaps, strict=False))
    pauses = [_Mark(0.0), *heard, _Mark(spoken[-1])]
    matched = _matched(places, pauses)
    edges = np.interp(
        columns, [places[end].at for end, _ in matched], [pauses[at].at for _, at in matched]
    ).tolist()
    return tuple(
        TimedWord(each, _begin(first, spans, spoken), _end(last, spans, spoken))
        for each, (first, last) in zip(texts, pairwise(edges), strict=True)
    )


def _ends(texts: Sequence[str], columns: Sequence[int]) -> Iterator[_Mark]:
    """Yield where sentences and clauses end."""
    for at, (text, after) in zip(columns[1:-1], pairwise(texts), strict=True):
        if ends_sentence(text, after):
            yield _Mark(at, _SENTENCE)
        elif ending(text) in CLAUSE_ENDS:
            yield _Mark(at, _CLAUSE)


def _matched(places: Sequence[_Mark], pauses: Sequence[_Mark]) -> list[tuple[int, int]]:
    """Return which marks coincide with which pauses, at the lowest total cost; first and last
    always do."""
    last = (len(places) - 1, len(pauses) - 1)
    pace = pauses[-1].at / places[-1].at
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for pair in product(range(1, last[0] + 1), range(1, last[1] + 1)):
        if (pair[0] == last[0]) != (pair[1] == last[1]):
            continue
        found = min(
            (
                (best[before][0] + _cost(places, pauses, before, pair, pace), before)
                for before in product(*(range(max(at - _LOOK_BACK, 0), at) for at in pair))
                if before in best
            ),
            default=(inf, (0, 0)),
        )
        if found[0] < inf:
            best[pair] = found
    if last not in best:  # far more ends than pauses, or the other way round
        return [(0, 0), last]
    row = [last]
    while row[0] != (0, 0):
        row.insert(0, best[row[0]][1])
    return row


def _cost(
    places: Sequence[_Mark],
    pauses: Sequence[_Mark],
    first: tuple[int, int],
    last: tuple[int, int],
    pace: float,
) -> float:
    """Return the cost of speaking from one matched mark to the next."""
    columns = places[last[0]].at - places[first[0]].at
    seconds = pauses[last[1]].at - pauses[first[1]].at
    passed = [*places[first[0] + 1 : last[0]], *pauses[first[1] + 1 : last[1]]]
    uneven = log(max(seconds, 0.01) / (columns * pace)) ** 2
    return _UNEVEN * seconds * uneven + sum(mark.cost for mark in passed)


def _begin(seconds: float, spans: Sequence[Span], spoken: Sequence[float]) -> float:
    """Return the time after so much speech; after a pause, if there is one."""
    number = min(int(np.searchsorted(spoken, seconds + 1e-9, "right")) - 1, len(spans) - 1)
    return float(spans[number].start + seconds - spoken[number])


def _end(seconds: float, spans: Sequence[Span], spoken: Sequence[float]) -> float:
    """Return the time after so much speech; before a pause, if there is one."""
    number = max(int(np.searchsorted(spoken, seconds - 1e-9, "left")) - 1, 0)
    return float(min(spans[number].start + seconds - spoken[number], spans[number].end))
