"""Sentences that were spoken one at a time become one speech, each untouched by the others.

Every sentence begins on a video frame. So when one is changed, all that follow move by whole
frames and keep their samples, and parts that do not hold it are the same, bit for bit, as they
were.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from talkinghead.media.loudness import levelled
from talkinghead.media.part_video import FRAMES_PER_SECOND
from talkinghead.media.sentence_times import TimedSentence
from talkinghead.media.sound import Sound

PAUSE_SECONDS = 0.35
"""Between two sentences, where the script asks for nothing else."""
PARAGRAPH_SECONDS = 0.7
LEAD_SECONDS = 0.2
"""Before the first word: lips move before they are heard."""
TAIL_SECONDS = 0.4
"""After the last one, so that no player or model clips it."""

_AUDIBLE = 0.01  # of the loudest sample: 40 dB below it
_KEPT_SECONDS = 0.04  # on both sides of what is heard: soft consonants are quieter than that


@dataclass(frozen=True, eq=False)
class SpokenSentence:
    """A sentence as a voice spoke it.

    Attributes:
        text: as it stands in the script.
        sound: of it alone; silence around it does not matter.
        pause_after: seconds until the next one.
    """

    text: str
    sound: Sound
    pause_after: float = PAUSE_SECONDS


def assembled(
    spoken: Sequence[SpokenSentence], lead_seconds: float = LEAD_SECONDS
) -> tuple[Sound, tuple[TimedSentence, ...]]:
    """The whole speech, and when each sentence of it is said.

    Every sentence is brought to the same loudness by itself.

    Args:
        spoken: in order, all at one rate.
        lead_seconds: of silence before the first.
    """
    rates = {each.sound.rate for each in spoken}
    if len(rates) != 1:
        raise ValueError(f"Sentences must be at one rate, not at {sorted(rates)}.")
    rate = rates.pop()
    row = [np.zeros(_frame_end(round(lead_seconds * rate), rate), np.float32)]
    times = []
    at = len(row[0])
    for number, each in enumerate(spoken, 1):
        heard = _trimmed(levelled(each.sound))
        pause = each.pause_after if number < len(spoken) else max(each.pause_after, TAIL_SECONDS)
        times.append(TimedSentence(each.text, at / rate, (at + len(heard)) / rate))
        row.append(_padded(heard, _frame_end(len(heard) + round(pause * rate), rate)))
        at += len(row[-1])
    return Sound(np.concatenate(row), rate), tuple(times)


def _trimmed(sound: Sound) -> NDArray[np.float32]:
    heard = np.flatnonzero(np.abs(sound.samples) > _AUDIBLE * sound.peak)
    if not len(heard):
        return sound.samples
    kept = round(_KEPT_SECONDS * sound.rate)
    return sound.samples[max(heard[0] - kept, 0) : heard[-1] + kept]


def _frame_end(samples: int, rate: int) -> int:
    """So many samples, and as many more as fill the last video frame."""
    return -(-samples * FRAMES_PER_SECOND // rate) * rate // FRAMES_PER_SECOND


def _padded(samples: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    return np.pad(samples, (0, length - len(samples)))
