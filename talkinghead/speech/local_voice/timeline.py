"""Concatenates synthesised breaths to one sound with its phonemes and words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from talkinghead.speech.local_voice.kokoro import FRAME, Spoken
from talkinghead.speech.local_voice.phonemes import LETTERS, PAUSE, STRESS_MARKS
from talkinghead.speech.local_voice.word_phonemes import Symbol
from talkinghead.speech.reading.spoken_text import SpokenWord
from talkinghead.speech.text.utterance import TimedPhoneme, TimedWord

HEARD_EARLIER_SECONDS = 0.06
"""The model's durations run behind its own sound by this much: measured against forced alignment of
five voices. Every time given out is moved, so that readers need not correct it."""

_SHORT_FRAMES = 3
"""A space or a quotation mark of up to 75 ms is no pause: the lips go straight to the next word."""

Row = list[tuple[str, int, int]]  # letter, first sample, sample after the last


class Timeline:
    """A growing sound with its times.

    Args:
        rate: samples a second.
        lead: seconds of silence before the first breath.
    """

    def __init__(self, rate: int, lead: float) -> None:
        self._rate = rate
        self._sound: list[NDArray[np.float32]] = []
        self._phonemes: Row = []
        self._words: Row = []
        self._length = 0
        self.pause(lead)

    def pause(self, seconds: float) -> None:
        """Append silence."""
        self._grow(np.zeros(round(seconds * self._rate), np.float32))

    def add(self, spoken: Spoken, symbols: Sequence[Symbol], words: Sequence[SpokenWord]) -> None:
        """Append a breath with the times of its symbols; `words` are indexed by them."""
        times = self._length + np.concatenate([[0], np.cumsum(spoken.frames)]) * FRAME
        current = None
        begin = int(times[1])
        for position, symbol in enumerate(symbols, 1):
            end = int(times[position + 1])
            if symbol.letter in STRESS_MARKS:
                continue  # its time belongs to the vowel after it
            if symbol.letter not in LETTERS:
                self._silence(begin, end, int(spoken.frames[position]))
            else:
                self._phonemes.append((symbol.letter, begin, end))
                if symbol.word == current:
                    self._words[-1] = (self._words[-1][0], self._words[-1][1], end)
                else:
                    self._words.append((words[symbol.word].text, begin, end))
                current = symbol.word
            begin = end
        self._grow(spoken.samples)

    def finished(
        self, tail: float
    ) -> tuple[NDArray[np.float32], tuple[TimedPhoneme, ...], tuple[TimedWord, ...]]:
        """Return the whole sound with final silence, its gapless phonemes, and its words."""
        self.pause(tail)
        phonemes = tuple(TimedPhoneme(*each) for each in self._seconds(self._without_gaps()))
        words = tuple(TimedWord(*each) for each in self._seconds(self._words))
        return np.concatenate(self._sound), phonemes, words

    def _grow(self, samples: NDArray[np.float32]) -> None:
        self._sound.append(samples)
        self._length += len(samples)

    def _silence(self, start: int, end: int, frames: int) -> None:
        """Append a pause between phonemes; a very short one extends the phoneme before it."""
        if frames > _SHORT_FRAMES or not self._phonemes or self._phonemes[-1][2] != start:
            self._phonemes.append((PAUSE, start, end))
        else:
            letter, begin, _ = self._phonemes[-1]
            self._phonemes[-1] = (letter, begin, end)

    def _without_gaps(self) -> Row:
        """Return phonemes and pauses from the first sample to the last; consecutive pauses are
        merged."""
        row: Row = []
        for letter, start, end in [*self._phonemes, (PAUSE, self._length, self._length)]:
            before = row[-1][2] if row else 0
            if start > before:
                row = _extended(row, PAUSE, before, start)
            row = _extended(row, letter, start, end)
        return row

    def _seconds(self, row: Row) -> list[tuple[str, float, float]]:
        """Convert to seconds, from 0 to the end of the sound."""
        shift = round(HEARD_EARLIER_SECONDS * self._rate)
        return [
            (
                text,
                max(start - shift, 0) / self._rate,
                (end if end == self._length else max(end - shift, 0)) / self._rate,
            )
            for text, start, end in row
        ]


def _extended(row: Row, letter: str, start: int, end: int) -> Row:
    if row and letter == PAUSE and row[-1][0] == PAUSE:
        row[-1] = (PAUSE, row[-1][1], end)
    elif end > start:
        row.append((letter, start, end))
    return row
