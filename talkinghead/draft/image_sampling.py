"""OpenCV resampling with the array types used for drawing."""

from typing import Any, cast

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
"""float32 throughout the drawing; NumPy's types do not follow it through arithmetic."""
Image = npt.NDArray[np.uint8]
"""RGB, (height, width, 3)."""


def smoothstep(x: Floats) -> Floats:
    """Smooth step from 0 at 0 to 1 at 1."""
    x = np.minimum(np.maximum(x, np.float32(0)), np.float32(1))  # half the time of `np.clip`
    return np.asarray(x * x * (3 - 2 * x))


def smooth_scalar(x: float) -> float:
    """`smoothstep` of one number."""
    x = min(max(x, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def sample(image: Image | Floats, x: Floats, y: Floats) -> Floats:
    """Return colours float32 (rows, columns, 3) at positions in px; the border is replicated."""
    return _remap(image, x, y, cv2.BORDER_REPLICATE).astype(np.float32)


def moved(image: Image, x: Floats, y: Floats, border: int = cv2.BORDER_REPLICATE) -> Image:
    """Return the image with each pixel read from its position; x and y are arrays (rows, columns)
    in px.

    Two maps: OpenCV 5 is twice as fast with them as with one of two channels.
    """
    return cast(Image, cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=border))


def look_up(tables: Floats, positions: Floats) -> Floats:
    """Return values (…, channels) of tables (1, length, channels) at positions (rows, columns)."""
    return _remap(tables, positions, np.zeros_like(positions), cv2.BORDER_REPLICATE)


def look_up_at(table: Floats, x: Floats, y: Floats) -> Floats:
    """Return values (rows, columns) of a table at positions in its pixels, 0 beside it."""
    return _remap(table, x, y, cv2.BORDER_CONSTANT)


def enlarged(field: Floats, factor: int) -> Floats:
    """Return a field interpolated linearly; each value covers factor x factor pixels."""
    size = (field.shape[1] * factor, field.shape[0] * factor)
    return cast(Floats, cv2.resize(field, size, interpolation=cv2.INTER_LINEAR))


def blurred(field: Floats, sigma: float) -> Floats:
    """Gaussian blur with replicated border."""
    return cast(Floats, cv2.GaussianBlur(field, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE))


def blurred_around(field: Floats, hole: npt.NDArray[np.bool_], sigma: float) -> Floats:
    """Gaussian blur of (rows, columns, channels) that leaves out what is in a hole."""
    known = (~hole).astype(np.float32)
    share = np.maximum(blurred(known, sigma), np.float32(1e-4))[..., None]
    return np.asarray(_by_channel(field * known[..., None], sigma) / share)


def inpainted(field: Floats, hole: npt.NDArray[np.bool_]) -> Floats:
    """Return (rows, columns, channels) with a hole filled smoothly by what surrounds it."""
    if hole.all() or not hole.any():
        return field
    sigma, inside = max(hole.shape) / 3, hole[..., None]
    filled = np.where(inside, blurred_around(field, hole, sigma), field)
    while sigma > 1:
        sigma /= 1.6
        filled = np.where(inside, _by_channel(filled, sigma), field)
    for _ in range(4):
        filled = np.where(inside, _by_channel(filled, 1.0), field)
    return filled


def _by_channel(field: Floats, sigma: float) -> Floats:
    return blurred(field, sigma).reshape(field.shape)  # OpenCV drops a single channel


def pixel_grid(rows: slice, columns: slice) -> Floats:
    """Return x and y of each pixel of a region, float32 (rows, columns, 2)."""
    x, y = np.arange(columns.start, columns.stop), np.arange(rows.start, rows.stop)
    return np.stack(np.meshgrid(x, y), -1).astype(np.float32)


def _remap(source: Any, x: Floats, y: Floats, border: int) -> Floats:
    return cast(Floats, cv2.remap(source, x, y, cv2.INTER_LINEAR, borderMode=border))
