"""Aligns a recording: its phonemes for the lips, and its words if the script is known.

    segments of up to 20 s ── phone recognition ─┬─ no script ────────────────────┬─ phonemes
                                                 └─ script: which words are in ───┤
                                                    the segment; forced alignment ┘
    loud sound that is no phone (music, singing, noise) ── mouth shapes from the sound alone

Phone recognition is English, and serves for any language: what matters is how the mouth looks, and
on synthetic French, Spanish and Japanese its opening agrees with the truth (r = .65 to .80) as well
as on English.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from talkinghead.av.resampling import samples_at
from talkinghead.av.sound import Sound
from talkinghead.speech.alignment.formants import loud_level, loudness, mouth_shapes
from talkinghead.speech.alignment.pauses import Span, segment_spans, speech_scores, speech_spans
from talkinghead.speech.alignment.recogniser import (
    FRAMES_PER_SECOND,
    NOISE,
    RATE,
    Heard,
    Recogniser,
    moved,
)
from talkinghead.speech.alignment.script_words import (
    ScriptWord,
    Segment,
    script_words,
    spread_words,
    words_of_segments,
)
from talkinghead.speech.local_voice.phonemes import PAUSE
from talkinghead.speech.text.utterance import Speech, TimedPhoneme, TimedWord

_LONGEST_SEGMENT = 20.0
_LONGEST_NOISE = 0.25
"""Seconds: from this length of loud sound that is no phone, the mouth follows the sound instead."""
_LOUD_RANGE = 20.0
"""Decibels under the loud parts that still count as loud."""
_LEAST_FOUND = 0.7
"""The share of a segment's words that must be found in it; the rest are said after the cut."""


def hear(
    sound: Sound, script: str | None = None, on_progress: Callable[[float], None] | None = None
) -> Speech:
    """Return the phonemes of a recording in any language, and the words if the script is known.

    Works segment by segment: beyond the sound itself its memory does not grow with the length.

    Args:
        sound: speech, of any length.
        script: what is said, where it is known and English; another text is noticed and not used.
        on_progress: called with the completed fraction, 0 to 1.
    """
    report_progress = on_progress or (lambda fraction: None)
    samples = samples_at(sound, RATE)
    scores = speech_scores(samples)
    seconds = len(samples) / RATE
    listener = _Listener(samples, speech_spans(scores))
    words = script_words(script) if script else []
    cut = segment_spans(scores, seconds, _LONGEST_SEGMENT)
    share = 0.5 if words else 1.0
    heard = []
    for number, span in enumerate(cut, 1):
        heard.append(Segment(span, listener.phones(span)))
        report_progress(share * number / len(cut))
    timed: list[TimedWord] = []
    shared = words_of_segments(words, heard)
    if shared:
        left: list[ScriptWord] = []
        for number, (segment, inside) in enumerate(zip(heard, shared, strict=True)):
            asked = left + inside
            heard[number], found = listener.aligned(segment, asked)
            timed += found
            left = asked[len(found) :]  # said after the cut
            report_progress(share + share * (number + 1) / len(cut))
    report_progress(1.0)
    phonemes = _gapless([each for segment in heard for each in segment.heard], sound.seconds)
    return Speech(sound, phonemes, tuple(timed), "en" if timed else "und")


class _Listener:
    """Aligns one recording segment by segment."""

    def __init__(self, samples: NDArray[np.float32], spoken: list[Span]) -> None:
        self._samples = samples
        self._spoken = spoken
        self._loud = loud_level(samples)
        self._recogniser = Recogniser()

    def phones(self, span: Span) -> list[Heard]:
        """Return the phonemes of a segment without its words."""
        if not self._spoken:  # nobody speaks: singing or music
            return moved(mouth_shapes(self._part(span), self._loud), span.start)
        heard = moved(self._recogniser.phones(self._part(span)), span.start)
        return self._cleaned(heard, span)

    def aligned(
        self, segment: Segment, words: Sequence[ScriptWord]
    ) -> tuple[Segment, list[TimedWord]]:
        """Return the segment with those of the words that are spoken in it, aligned exactly.

        Where the words do not fit the sound at all, they are spread over it.
        """
        found = (
            self._recogniser.align(self._part(segment.span), [word.phones for word in words])
            if words
            else None
        )
        if found is None or len(found[1]) < _LEAST_FOUND * len(words):
            return segment, spread_words(words, segment)
        start = segment.span.start
        timed = [
            TimedWord(word.text, start + place.start, start + place.end)
            for word, place in zip(words, found[1], strict=False)
        ]
        return replace(segment, heard=self._cleaned(moved(found[0], start), segment.span)), timed

    def _part(self, span: Span) -> NDArray[np.float32]:
        return self._samples[round(span.start * RATE) : round(span.end * RATE)]

    def _cleaned(self, heard: list[Heard], span: Span) -> list[Heard]:
        """Replace phones by rests outside speech, and by mouth shapes from the sound where they are
        implausible."""
        silent = [each if self._is_spoken(each) else replace(each, name=PAUSE) for each in heard]
        levels = loudness(self._part(span))
        cleaned: list[Heard] = []
        for each in _merged(silent):
            if each.name in (PAUSE, NOISE) and self._is_unexplained(each, levels, span):
                shapes = mouth_shapes(self._part(Span(each.start, each.end)), self._loud)
                cleaned += moved(shapes, each.start)
            else:
                cleaned.append(replace(each, name=PAUSE) if each.name == NOISE else each)
        return cleaned

    def _is_spoken(self, heard: Heard) -> bool:
        middle = (heard.start + heard.end) / 2
        return any(span.start <= middle < span.end for span in self._spoken)

    def _is_unexplained(self, heard: Heard, levels: NDArray[np.float64], span: Span) -> bool:
        if heard.end - heard.start < _LONGEST_NOISE or not self._is_spoken(heard):
            return False
        first, last = (
            round((at - span.start) * FRAMES_PER_SECOND) for at in (heard.start, heard.end)
        )
        inside = levels[first:last]
        return bool(len(inside)) and float(np.median(inside)) > self._loud - _LOUD_RANGE


def _merged(heard: Sequence[Heard]) -> Iterator[Heard]:
    """Merge consecutive rests and noises."""
    last: Heard | None = None
    for each in heard:
        if last and each.name in (PAUSE, NOISE) and last.name in (PAUSE, NOISE):
            last = Heard(PAUSE if last.name == each.name == PAUSE else NOISE, last.start, each.end)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _gapless(heard: Sequence[Heard], seconds: float) -> tuple[TimedPhoneme, ...]:
    """Return phonemes from 0 to the end without gaps and without consecutive pauses."""
    row: list[TimedPhoneme] = []
    for each in [*heard, Heard(PAUSE, seconds, seconds)]:
        at = row[-1].end if row else 0.0
        start, end = min(max(each.start, at), seconds), min(each.end, seconds)
        for name, first, last in ((PAUSE, at, start), (each.name, start, end)):
            if last - first < 1e-6:
                continue
            if row and name == PAUSE == row[-1].symbol:
                row[-1] = replace(row[-1], end=last)
            else:
                row.append(TimedPhoneme(name, first, last))
    return tuple([*row[:-1], replace(row[-1], end=seconds)] if row else ())
