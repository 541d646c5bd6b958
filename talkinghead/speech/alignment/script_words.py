"""Distributes the words of a script over the segments of a recording in which they are said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from talkinghead.speech.alignment.pauses import Span
from talkinghead.speech.alignment.recogniser import Heard
from talkinghead.speech.alignment.script_match import match
from talkinghead.speech.local_voice.phonemes import FROM_ARPABET, PAUSE, TO_ARPABET
from talkinghead.speech.local_voice.word_phonemes import Pronouncer
from talkinghead.speech.reading.spoken_text import sentences, spoken_words
from talkinghead.speech.text.utterance import TimedWord

_LEAST_LIKENESS = 0.24
"""A recording less like its script says something else: an unrelated text gives .09 to .17."""


@dataclass(frozen=True)
class ScriptWord:
    """A word of the script with its ARPAbet phones."""

    text: str
    phones: tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """A segment of the recording with the phones recognised in it; seconds from the start."""

    span: Span
    heard: list[Heard]


def script_words(script: str) -> list[ScriptWord]:
    """Return the words of an English script that have phones."""
    pronouncer = Pronouncer()
    found: list[ScriptWord] = []
    for sentence in sentences(spoken_words(script)):
        phones: list[list[str]] = [[] for _ in sentence]
        for symbol in pronouncer.symbols(sentence):
            phones[symbol.word] += TO_ARPABET.get(symbol.letter, ())
        pairs = zip(sentence, phones, strict=True)
        found += [ScriptWord(word.text, tuple(said)) for word, said in pairs if said]
    return found


def words_of_segments(
    words: Sequence[ScriptWord], heard: Sequence[Segment]
) -> list[list[ScriptWord]] | None:
    """Return the words spoken in each segment, or None if the recording says something else."""
    expected = [
        (FROM_ARPABET[phone], number) for number, word in enumerate(words) for phone in word.phones
    ]
    said = [
        (each.name, number)
        for number, segment in enumerate(heard)
        for each in segment.heard
        if each.name in TO_ARPABET
    ]
    found = match([phone for phone, _ in said], [phone for phone, _ in expected])
    if found.likeness < _LEAST_LIKENESS:
        return None
    numbers: list[list[int]] = [[] for _ in words]
    for place, (_, number) in zip(found.places, said, strict=True):
        numbers[expected[place][1]].append(number)
    # Most of a word's phones decide; a word of which nothing was heard follows the one before it.
    middles = [each[(len(each) - 1) // 2] if each else 0 for each in numbers]
    segment_of = np.maximum.accumulate(np.array(middles, np.int64))
    return [
        [word for word, place in zip(words, segment_of, strict=True) if place == number]
        for number in range(len(heard))
    ]


def spread_words(words: Sequence[ScriptWord], segment: Segment) -> list[TimedWord]:
    """Return the words spread over the phones of a segment, each as long as its own phones
    suggest."""
    voiced = [each for each in segment.heard if each.name != PAUSE]
    if not words or not voiced:
        return []
    lengths = np.cumsum([0.0, *(each.end - each.start for each in voiced)])
    shares = np.cumsum([0, *(len(word.phones) for word in words)]) / sum(
        len(word.phones) for word in words
    )
    places = np.interp(
        shares * lengths[-1], lengths, [voiced[0].start, *(each.end for each in voiced)]
    )
    return [
        TimedWord(word.text, float(start), float(end))
        for word, (start, end) in zip(words, pairwise(places), strict=True)
    ]
