"""Edits a recording: trims it, shortens long pauses, normalises loudness; and measures its
loudness over time."""

import math
import warnings
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from talkinghead.av.loudness import levelled
from talkinghead.av.measured import SHORTEST_SECONDS
from talkinghead.av.sound import SILENCE_PEAK, Sound
from talkinghead.core.errors import InvalidRecording
from talkinghead.speech.recordings.values import RecordingEdit

with warnings.catch_warnings():
    # pydub's patterns lack an r before the quote, it imports the audioop that Python 3.13 leaves to
    # `audioop-lts`, and it misses the ffmpeg program, which we do not use.
    warnings.filterwarnings("ignore", ".*invalid escape sequence")
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    warnings.filterwarnings("ignore", "Couldn't find ffmpeg", RuntimeWarning)
    from pydub import AudioSegment
    from pydub.silence import detect_nonsilent

SHORTEST_PAUSE_CUT = 0.5
"""Seconds; shorter pauses belong to the rhythm of speech."""
PAUSE_KEPT = 0.2
"""Seconds left of each pause, so that it does not sound chopped."""
_FADE = 8  # ms at each cut: no click
_LOOK_EVERY, _LOOK_RATE = 10, 8_000  # ms and Hz: enough to find pauses, and six times faster
_FRAME = 0.02  # s over which speech and noise are distinguished
_INT16 = 32767


def read_part(path: Path, start: float, end: float | None) -> Sound:
    """Return a part of a stored recording, from and to these seconds; the rest is not read."""
    with wave.open(str(path)) as file:
        rate, count = file.getframerate(), file.getnframes()
        first = min(round(max(start, 0) * rate), count)
        last = count if end is None else min(round(max(end, 0) * rate), count)
        file.setpos(first)
        data = file.readframes(max(last - first, 0))
    samples = np.frombuffer(data, np.int16).astype(np.float32) / np.float32(_INT16 + 1)
    return Sound(samples, rate)


def edit_recording(sound: Sound, edit: RecordingEdit) -> Sound:
    """Return the recording with an edit applied: trimmed, then pauses cut, then normalised.

    Raises:
        InvalidRecording: less than 0.3 s is left, or only silence.
    """
    edited = _trimmed(sound, edit.start, edit.end)
    if edit.cut_silence and _useful(edited):
        edited = _without_long_pauses(edited)
    if not _useful(edited):
        raise InvalidRecording("Nothing is left of the recording. Choose a longer part.")
    return levelled(edited) if edit.level else edited


def loudness_columns(sound: Sound, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the peaks and the means of a recording in so many columns of the same length."""
    edges = np.linspace(0, len(sound.samples), count + 1).astype(int)
    columns = [sound.samples[a : max(b, a + 1)] for a, b in pairwise(edges)]
    peaks = np.array([float(np.abs(column).max(initial=0.0)) for column in columns])
    means = np.array(
        [float(np.sqrt(np.mean(column**2))) if column.size else 0 for column in columns]
    )
    return peaks, means


def _trimmed(sound: Sound, start: float, end: float | None) -> Sound:
    first = round(max(start, 0) * sound.rate)
    last = len(sound.samples) if end is None else round(max(end, 0) * sound.rate)
    return Sound(sound.samples[first:last], sound.rate)


def _useful(sound: Sound) -> bool:
    return sound.seconds >= SHORTEST_SECONDS and sound.peak >= SILENCE_PEAK


def _without_long_pauses(sound: Sound) -> Sound:
    segment = _segment(sound)
    spoken = detect_nonsilent(
        segment.set_frame_rate(_LOOK_RATE),
        min_silence_len=round(1000 * SHORTEST_PAUSE_CUT),
        silence_thresh=_silence_threshold(sound) - 20 * math.log10(sound.peak),
        seek_step=_LOOK_EVERY,
    )
    margin = round(1000 * PAUSE_KEPT / 2)
    kept = bytearray()  # pydub's own `+` would copy everything for every piece
    for start, end in spoken:
        piece = segment[max(start - margin, 0) : end + margin]
        kept += piece.fade_in(_FADE).fade_out(_FADE).raw_data
    samples = np.frombuffer(kept, np.int16) * np.float32(sound.peak / _INT16)
    return Sound(samples, sound.rate)


def _segment(sound: Sound) -> AudioSegment:
    """Return it for pydub, 16 bit and normalised, so that quiet recordings keep detail."""
    data, gain = bytearray(), np.float32(_INT16 / sound.peak)
    for start in range(0, len(sound.samples), sound.rate):  # a second at a time, to save memory
        second = sound.samples[start : start + sound.rate] * gain
        data += second.round().astype(np.int16).tobytes()
    return AudioSegment(data=data, sample_width=2, frame_rate=sound.rate, channels=1)


def _silence_threshold(sound: Sound) -> float:
    """dBFS between this recording's speech and its background, 16 to 30 dB under the speech."""
    frame = max(1, round(_FRAME * sound.rate))
    frames = sound.samples[: len(sound.samples) // frame * frame].reshape(-1, frame)
    levels = 10 * np.log10(np.einsum("ij,ij->i", frames, frames) / frame + 1e-12)
    background, speech = np.percentile(levels, [10, 90])
    return float(max(speech - 30, min(background + 6, speech - 16)))
