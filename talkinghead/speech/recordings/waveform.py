"""Draws a recording's loudness over time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor

HEIGHT = 160  # px
_LEAST_PEAK = 0.001  # a recording that is never louder is drawn flat


@dataclass(frozen=True)
class Loudness:
    """The loudness of a recording over time, in columns of the same length.

    Attributes:
        peaks, means: 0 to 1 for each column.
    """

    peaks: Sequence[float]
    means: Sequence[float]


def draw_waveform(loudness: Loudness, colour: str) -> Image.Image:
    """Return an RGBA image, a px for each column: the means solid, the peaks paler.

    Args:
        loudness: drawn as high as the picture allows, however quiet.
        colour: any that CSS names or `#rrggbb`.
    """
    peaks, means = np.asarray(loudness.peaks), np.asarray(loudness.means)
    scale = (HEIGHT / 2 - 1) / max(float(peaks.max()), _LEAST_PEAK)
    opacity = np.maximum(0.4 * _bars(peaks * scale), _bars(means * scale))
    picture = Image.new("RGBA", (len(peaks), HEIGHT), ImageColor.getrgb(colour))
    picture.putalpha(Image.fromarray((255 * opacity).round().astype(np.uint8)))
    return picture


def _bars(reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the covered share of each pixel for a bar of this height around the middle."""
    rows = np.abs(np.arange(HEIGHT) - (HEIGHT - 1) / 2)[:, np.newaxis]
    cover: NDArray[np.float64] = np.clip(np.maximum(reach, 0.5) + 0.5 - rows, 0, 1)
    return cover
