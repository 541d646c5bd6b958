"""A sound at another rate."""

import numpy as np
from av import AudioFrame, AudioResampler
from numpy.typing import NDArray

from talkinghead.av.sound import Sound


def samples_at(sound: Sound, rate: int) -> NDArray[np.float32]:
    """The samples at another rate, float32, shape (n,), of the same length in seconds."""
    if sound.rate == rate:
        return sound.samples
    resampler = AudioResampler(format="flt", layout="mono", rate=rate)
    parts: list[NDArray[np.float32]] = []
    for start in range(0, len(sound.samples), sound.rate):
        second = np.ascontiguousarray(sound.samples[np.newaxis, start : start + sound.rate])
        frame = AudioFrame.from_ndarray(second, format="flt", layout="mono")
        frame.sample_rate = sound.rate
        parts += [part.to_ndarray()[0] for part in resampler.resample(frame)]
    parts += [part.to_ndarray()[0] for part in resampler.resample(None) if part is not None]
    samples = np.concatenate(parts).astype(np.float32, copy=False)
    wanted = round(len(sound.samples) * rate / sound.rate)
    return np.pad(samples[:wanted], (0, max(wanted - len(samples), 0)))
