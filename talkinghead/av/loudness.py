"""Loudness by EBU R 128 / ITU-R BS.1770, and normalisation of a recording.

The measure is ITU-R BS.1770-4 (integrated, gated), the limiter FFmpeg's, through PyAV. FFmpeg's
`loudnorm` in one pass was tried on the same speech: three times slower, .9 LU off its target, and
its gain wanders by 1.6 dB; one fixed gain with a limiter for the peaks leaves the speech as it was.
"""

import math
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import cast

import av
import numpy as np
from av import AudioFrame
from av.filter import Graph
from numpy.typing import NDArray

from talkinghead.av.sound import Sound, as_frames

TARGET = -16.0
"""LUFS: what podcasts and the large video sites play speech at."""
CEILING = -1.5
"""dBTP: the highest true peak, so that AAC does not clip."""
MOST_GAIN = 30.0
"""dB; more would lift a quiet recording's noise to speech level."""

_BLOCK, _STEP = 0.4, 0.1  # seconds, from the standard
# The standard's filters for 48 kHz, above and below the fraction: the head's shelf, a high-pass.
_FILTERS = (
    (
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (1.0, -1.69065929318241, 0.73248077421585),
    ),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)
_ABSOLUTE_GATE, _RELATIVE_GATE = -70.0, -10.0  # LUFS and LU, from the standard
_OVERSAMPLING = 4  # between samples the wave can be higher than at any of them


def loudness(sound: Sound) -> float:
    """Return the integrated loudness in LUFS; minus infinity if nothing passes the gate."""
    powers = _block_powers(sound)
    powers = powers[powers > _power(_ABSOLUTE_GATE)]
    if powers.size:
        powers = powers[powers > _power(_lufs(float(powers.mean())) + _RELATIVE_GATE)]
    return _lufs(float(powers.mean())) if powers.size else -math.inf


def levelled(sound: Sound) -> Sound:
    """Return the sound normalised to -16 LUFS with true peaks below -1.5 dBTP."""
    measured = loudness(sound)
    if math.isinf(measured):
        return sound
    return _limited(sound, 10 ** (min(TARGET - measured, MOST_GAIN) / 20))


def _block_powers(sound: Sound) -> NDArray[np.float64]:
    """Return the mean square of each block after K-weighting, by Parseval in the spectrum."""
    block, step = round(_BLOCK * sound.rate), round(_STEP * sound.rate)
    samples = sound.samples
    if len(samples) < block:
        samples = np.pad(samples, (0, block - len(samples)))
    weights = _k_weighting(np.fft.rfftfreq(block, 1 / sound.rate), sound.rate)
    weights[1:] *= 2  # the spectrum's other half
    blocks = np.lib.stride_tricks.sliding_window_view(samples, block)[::step]
    return np.array([weights @ np.abs(np.fft.rfft(each)) ** 2 for each in blocks]) / block**2


def _k_weighting(frequencies: NDArray[np.floating], rate: int) -> NDArray[np.float64]:
    """Return the power gain of the filters at each frequency; there is nothing above 24 kHz."""
    delay = np.exp(-2j * np.pi * np.minimum(frequencies, 24_000) / 48_000)
    powers = (
        np.abs(np.polyval(above[::-1], delay) / np.polyval(below[::-1], delay)) ** 2
        for above, below in _FILTERS
    )
    return np.asarray(np.prod(list(powers), axis=0), np.float64)


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power) if power > 0 else -math.inf


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _limited(sound: Sound, gain: float) -> Sound:
    """Return the sound amplified by a factor; gain is reduced briefly at peaks over the ceiling."""
    ceiling = 10 ** (CEILING / 20)
    if sound.peak * gain < ceiling / 2:  # too low for peaks between samples
        return Sound(sound.samples * np.float32(gain), sound.rate)
    graph = _limiter(sound.rate, gain, ceiling)
    buffer = bytearray()
    for frame in chain(as_frames(sound), [None]):
        graph.push(frame)
        for part in _pulled(graph):
            buffer += part.to_ndarray().tobytes()
    return Sound(np.frombuffer(buffer, np.float32)[: len(sound.samples)], sound.rate)


def _limiter(rate: int, gain: float, ceiling: float) -> Graph:
    graph = Graph()
    graph.link_nodes(
        graph.add(
            "abuffer", f"sample_rate={rate}:sample_fmt=fltp:channel_layout=mono:time_base=1/{rate}"
        ),
        graph.add("volume", f"volume={gain}:precision=float"),
        graph.add("aresample", f"{rate * _OVERSAMPLING}"),
        graph.add("alimiter", f"limit={ceiling}:attack=5:release=80:level=false:latency=true"),
        graph.add("aresample", f"{rate}"),
        graph.add("aformat", "sample_fmts=fltp"),
        graph.add("abuffersink"),
    ).configure()
    return graph


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    """Yield the frames that the graph has ready; it raises when there are no more."""
    with suppress(av.BlockingIOError, av.EOFError):
        while True:
            yield cast(AudioFrame, graph.pull())
