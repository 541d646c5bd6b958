"""Blends an image with transparency over frames; only its own rectangle of the three planes is
touched."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from talkinghead.av.frames import Picture, Plane

_Weights = NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class OverlayImage:
    """An image with its position on the frame.

    Attributes:
        rgba: uint8 (height, width, 4), colours multiplied by opacity; height and width are even.
        left, top: its position on the frame, even.
    """

    rgba: NDArray[np.uint8]
    left: int
    top: int


@dataclass(frozen=True, eq=False)
class Layer:
    """An overlay as planes: what is added, and how much of the frame is kept, of 256."""

    left: int
    top: int
    added: tuple[_Weights, ...]
    kept: tuple[_Weights, ...]


def layer_of(image: OverlayImage, matrix: NDArray[np.float32]) -> Layer:
    """Convert an image to a video's colour system.

    Args:
        image: colours are premultiplied.
        matrix: of `ColourSystem`.
    """
    rgba = image.rgba.astype(np.float32)
    # Offsets are multiplied by the opacity.
    planes = np.concatenate([cv2.transform(rgba, matrix), rgba[:, :, 3:]], axis=2)
    half = (rgba.shape[1] // 2, rgba.shape[0] // 2)
    halved = cv2.resize(planes, half, interpolation=cv2.INTER_AREA)
    parts, alphas = [], []
    for number in range(3):
        source = halved if number else planes
        part, alpha = source[:, :, number], source[:, :, 3]
        parts.append(np.clip(part * 256 + 128, 0, 65535).astype(np.uint16))
        alphas.append((256 - np.round(alpha * (256 / 255))).astype(np.uint16))
    return Layer(image.left, image.top, tuple(parts), tuple(alphas))


def faded(layer: Layer, opacity: float) -> Layer:
    """Return a layer that covers less, by a factor of 0 to 1."""
    if opacity >= 1:
        return layer
    added = tuple((part * np.float32(opacity)).astype(np.uint16) for part in layer.added)
    kept = tuple(
        (256 - (256 - part) * np.float32(opacity)).astype(np.uint16) for part in layer.kept
    )
    return Layer(layer.left, layer.top, added, kept)


def lay_over(picture: Picture, layer: Layer) -> None:
    """Blend a layer over a frame, which is changed in place."""
    for number, plane in enumerate(picture.parts):
        added, kept = layer.added[number], layer.kept[number]
        share = 1 if number == 0 else 2
        top, left = layer.top // share, layer.left // share
        part: Plane = plane[top : top + added.shape[0], left : left + added.shape[1]]
        # At most 255 * 256 together: the frame keeps what the overlay leaves.
        mixed = np.multiply(part, kept, dtype=np.uint16)
        np.add(mixed, np.minimum(added, 65535 - mixed), out=mixed)
        np.right_shift(mixed, 8, out=mixed)
        part[:] = mixed.astype(np.uint8)
