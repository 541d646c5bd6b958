"""Decodes the channels of a sound track and mixes them to one."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, groupby

import av
import numpy as np
from av import AudioFrame, AudioResampler, AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

BELIEVABLE_RATES = range(4_000, 768_001)
"""From worse than a telephone to the best studio. A file that claims another is damaged, and its
few bytes would become minutes of sound or seconds of work."""
DAMAGE_PEAK = 8.0
"""A float sample this far above full scale (+18 dB), or not a number, is damage, not loudness."""

LEAST_OFFSET = 0.001
"""An offset below -60 dBFS costs no headroom and makes no click; the mean of a short piece of
speech is often that large."""
_CANCELLED = 0.1
"""Less than a tenth of the strongest channel's power in the mix, 10 dB, is no mix of that channel:
two unrelated channels of equal power keep half, one beside a silent one a quarter."""


def decoded_channels(
    container: InputContainer, stream: AudioStream, rate: int
) -> Iterator[NDArray[np.float32]]:
    """Yield a track's samples at one rate, shape (n, channels), even if its format changes midway.

    Damaged packets are skipped, a broken end is cut, and damaged samples become silence.
    """
    for (_, _, source_rate), alike in groupby(_frames(container, stream), key=_form):
        if source_rate in BELIEVABLE_RATES:
            yield from _resampled(alike, rate)


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    with suppress(av.FFmpegError):
        for packet in container.demux(stream):
            with suppress(av.FFmpegError):
                yield from packet.decode()


def _resampled(alike: Iterable[AudioFrame], rate: int) -> Iterator[NDArray[np.float32]]:
    # Channels side by side in one plane: PyAV reads beyond memory for more than 8 planes.
    resampler = AudioResampler(format="flt", rate=rate)
    for frame in chain(alike, [None]):
        for part in resampler.resample(frame):
            if part is not None:
                channels = part.to_ndarray().reshape(-1, part.layout.nb_channels)
                yield np.where(np.abs(channels) < DAMAGE_PEAK, channels, np.float32(0))


def _form(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


class ChannelPowers:
    """The power of each channel of a recording, and of their mean."""

    def __init__(self) -> None:
        self._channels: NDArray[np.float64] = np.zeros(1)
        self._mean = 0.0

    def add(self, channels: NDArray[np.float32], mean: NDArray[np.float32]) -> None:
        """Count samples of shape (n, channels) and their mean of shape (n,)."""
        powers = np.einsum("ij,ij->j", channels, channels, dtype=np.float64)
        wider = max(len(powers), len(self._channels))
        self._channels = np.pad(self._channels, (0, wider - len(self._channels)))
        self._channels[: len(powers)] += powers
        self._mean += float(np.dot(mean, mean))

    @property
    def only(self) -> int | None:
        """The channel to hear by itself, where the mean would cancel it; None if the mean is good.

        So it is where one channel is the other inverted, as of a wrongly wired microphone.
        """
        strongest = int(self._channels.argmax())
        return strongest if self._mean < _CANCELLED * self._channels[strongest] else None


def one_channel(channels: NDArray[np.float32], only: int | None) -> NDArray[np.float32]:
    """Return the mean of the channels, shape (n, channels), or one of them; shape (n,)."""
    if only is not None and only < channels.shape[1]:
        return channels[:, only]
    mean: NDArray[np.float32] = channels.mean(axis=1, dtype=np.float32)
    return mean


def without_offset(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the samples centered around zero, as a microphone with a DC offset does not."""
    offset = samples.mean(dtype=np.float64) if len(samples) else 0.0
    return samples - np.float32(offset) if abs(offset) >= LEAST_OFFSET else samples
