"""A row of front teeth that fits the light of a photo with closed lips."""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.image_sampling import Floats, smoothstep

# Of half the mouth's width, from its middle: incisors, canine, premolars, as seen from in front.
_BORDERS = np.array([0.0, 0.345, 0.6, 0.8, 0.94, 1.04], np.float32)
_LENGTHS = np.array([1.0, 0.87, 0.96, 0.8, 0.7], np.float32)  # of the middle one
_ROUNDED = 0.12  # of its length that a tooth is shorter at its sides
_BETWEEN = 0.22  # how much darker it is between two teeth
_GAP = 0.028  # of half the mouth's width: how wide that is
_LEAST_GAP = 0.55  # pixels
_RELIEF = 0.1  # how much darker a tooth is at its sides than in its middle
_IN_CORNERS = 0.34  # of the light in front that reaches the corners
_LOWER_BORDERS = 0.72  # lower front teeth are narrower


@dataclass(frozen=True, eq=False)
class TeethRow:
    """A row of teeth; arrays have the shape of the lip box.

    Attributes:
        colours: RGB float32 (rows, columns, 3).
        length: of the tooth at each pixel, 1 for the longest.
    """

    colours: Floats
    length: Floats


def upper_teeth(along: Floats, half: float, colour: Floats, shadow: Floats) -> TeethRow:
    """Return the upper row.

    Args:
        along: -1 at the left corner .. 1 at the right one, by pixel.
        half: half the mouth's width in pixels.
        colour: RGB of teeth in front.
        shadow: RGB of what lights them where the light from outside does not come.
    """
    return _row(along, half, colour, shadow, _BORDERS)


def lower_teeth(along: Floats, half: float, colour: Floats, shadow: Floats) -> TeethRow:
    """Return the lower row; arguments as for `upper_teeth`."""
    row = _row(along, half, colour, shadow, _BORDERS * np.float32(_LOWER_BORDERS))
    return TeethRow(row.colours, 1 - 0.12 * (1 - row.length))


def _row(along: Floats, half: float, colour: Floats, shadow: Floats, borders: Floats) -> TeethRow:
    aside = np.clip(np.abs(along), 0, float(borders[-1]) - 1e-3)
    tooth = np.clip(np.searchsorted(borders, aside, side="right") - 1, 0, len(_LENGTHS) - 1)
    left, right = borders[tooth], borders[tooth + 1]
    across = np.abs(2 * (aside - left) / (right - left) - 1)  # 0 in a tooth's middle, 1 at its side
    away = np.minimum(aside - left, right - aside) * half
    gap = np.exp(-((away / max(_GAP * half, _LEAST_GAP)) ** 2))
    front = np.sqrt(np.clip(1 - along**2, 0, 1))
    light = _IN_CORNERS + (1 - _IN_CORNERS) * smoothstep(front * 1.25 - 0.25)
    light = light * (1 - _RELIEF * across**2) * (1 - _BETWEEN * gap)
    length = _LENGTHS[tooth] * (1 - _ROUNDED * across**3)
    colours = shadow + light[..., None] * (colour - shadow)
    return TeethRow(np.asarray(colours, np.float32), np.asarray(length, np.float32))
