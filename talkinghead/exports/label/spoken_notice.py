"""The spoken notice of a voice-over that leaves as sound alone: at its start, and again where it is
long."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from talkinghead.av.resampling import samples_at
from talkinghead.av.sound import Sound
from talkinghead.speech.text.timed_words import TimedWord

NOTICE = "This voice was generated with AI."
"""What a free voice says; these speak English only."""
EVERY_SECONDS = 120.0
"""Of speech between two notices at most, about: it waits for a gap between two words."""
_LAST_SECONDS = 20.0  # a shorter rest of the speech needs no notice of its own
_GAP = 0.2  # of silence between two words: between phrases, not within one
_AROUND = 0.45  # seconds of silence on either side of a notice


def with_notice(speech: Sound, notice: Sound, words: Sequence[TimedWord]) -> Sound:
    """Return a speech with the notice in it.

    Args:
        speech: whose rate is kept.
        notice: what is heard before it and within it.
        words: of the speech, in order.
    """
    silence = np.zeros(round(_AROUND * speech.rate), np.float32)
    said = np.concatenate([samples_at(notice, speech.rate), silence])
    parts: list[NDArray[np.float32]] = [said]
    begun = 0
    for seconds in notice_times(speech.seconds, words):
        at = round(seconds * speech.rate)
        parts += [speech.samples[begun:at], silence, said]
        begun = at
    return Sound(np.concatenate([*parts, speech.samples[begun:]]), speech.rate)


def notice_times(seconds: float, words: Sequence[TimedWord]) -> Iterator[float]:
    """Yield where in a speech the notice is repeated, each in the middle of a gap between words.

    Args:
        seconds: its length.
        words: in order.
    """
    last = 0.0
    for before, after in pairwise(words):
        middle = (before.end + after.start) / 2
        is_gap = after.start - before.end >= _GAP
        if is_gap and middle - last >= EVERY_SECONDS and seconds - middle >= _LAST_SECONDS:
            yield middle
            last = middle
