"""Joins separately spoken sentences to one speech, without changing any of them.

Every sentence begins on a video frame. So when one is changed, all that follow move by whole
frames and keep their samples, and parts that do not hold it are the same, bit for bit, as they
were.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talkinghead.av.loudness import levelled
from talkinghead.av.sound import Sound
from talkinghead.core.measures import FRAMES_PER_SECOND
from talkinghead.speech.text.sentence_times import TimedSentence
from talkinghead.speech.text.silences import LEAD_SECONDS, PAUSE_SECONDS, TAIL_SECONDS
from talkinghead.speech.text.timed_words import Timed, TimedWord

_AUDIBLE = 0.01  # of the loudest sample: 40 dB below it
_KEPT_SECONDS = 0.04  # on both sides of what is heard: soft consonants are quieter than that


@dataclass(frozen=True, eq=False)
class SpokenSentence:
    """A sentence with its sound.

    Attributes:
        text: as written in the script.
        sound: of it alone; silence around it does not matter.
        pause_after: seconds until the next one.
        words: with their times in this sound, where they are known.
    """

    text: str
    sound: Sound
    pause_after: float = PAUSE_SECONDS
    words: Sequence[Timed] = ()


@dataclass(frozen=True, eq=False)
class AssembledSpeech:
    """A whole speech.

    Attributes:
        sound: what is heard; its length is a whole number of video frames.
        sentences: when each is said.
        words: likewise, of the sentences whose words are known.
    """

    sound: Sound
    sentences: tuple[TimedSentence, ...]
    words: tuple[TimedWord, ...]


def assembled(
    spoken: Sequence[SpokenSentence], lead_seconds: float = LEAD_SECONDS
) -> AssembledSpeech:
    """Return the whole speech, and the times of its sentences.

    Every sentence is brought to the same loudness by itself.

    Args:
        spoken: in order, all at one rate.
        lead_seconds: of silence before the first.
    """
    rates = {each.sound.rate for each in spoken}
    if len(rates) != 1:
        raise ValueError(f"Sentences must have one sample rate, not {sorted(rates)}.")
    rate = rates.pop()
    at = _frame_end(round(lead_seconds * rate), rate)
    # One growing buffer: a list of pieces joined at the end would need the memory twice.
    row = bytearray(np.zeros(at, np.float32).tobytes())
    sentences, words = [], []
    for number, each in enumerate(spoken, 1):
        first, last = _heard(each.sound)
        start, end, moved = at / rate, (at + last - first) / rate, (at - first) / rate
        sentences.append(TimedSentence(each.text, start, end))
        words += [
            TimedWord(word.text, max(word.start + moved, start), min(word.end + moved, end))
            for word in each.words
        ]
        pause = each.pause_after if number < len(spoken) else max(each.pause_after, TAIL_SECONDS)
        place = np.zeros(_frame_end(last - first + round(pause * rate), rate), np.float32)
        place[: last - first] = levelled(each.sound).samples[first:last]
        row += place.tobytes()
        at += len(place)
    sound = Sound(np.frombuffer(row, np.float32), rate)
    return AssembledSpeech(sound, tuple(sentences), tuple(words))


def _heard(sound: Sound) -> tuple[int, int]:
    """Trim the samples to shortly before and after the audible part."""
    heard = np.flatnonzero(np.abs(sound.samples) > _AUDIBLE * sound.peak)
    if not len(heard):
        return 0, len(sound.samples)
    kept = round(_KEPT_SECONDS * sound.rate)
    return max(int(heard[0]) - kept, 0), min(int(heard[-1]) + 1 + kept, len(sound.samples))


def _frame_end(samples: int, rate: int) -> int:
    """Return the number of samples rounded up to a whole video frame."""
    return -(-samples * FRAMES_PER_SECOND // rate) * rate // FRAMES_PER_SECOND
