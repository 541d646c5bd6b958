"""Measures a recording once; what is sent of it to each model is computed from that."""

from decimal import Decimal

import numpy as np

from talkinghead.av.sound import Sound
from talkinghead.core.measures import SpeechLength

QUIET = 0.02
"""Below this part of the loudest moment (-34 dB) a sound counts as quiet."""
_FULL_SCALE = 1 << 15  # files hold 16 bits: what is measured before writing one counts after it


def length_of(sound: Sound) -> SpeechLength:
    """Return the length of a recording in seconds, and how much of its end is quiet; the same
    before it is written to a WAV and after it is read back."""
    levels = np.abs(np.rint(sound.samples * np.float32(_FULL_SCALE)))
    loud = np.flatnonzero(levels >= QUIET * float(levels.max(initial=1)))
    end = int(loud[-1]) + 1 if loud.size else 0
    seconds = _seconds(len(levels), sound.rate)
    return SpeechLength(seconds, "recording", quiet_end=seconds - _seconds(end, sound.rate))


def _seconds(samples: int, rate: int) -> Decimal:
    return Decimal(str(round(samples / rate, 6)))
