"""Changes the aspect ratio of a video: a crop that follows the face, or bars around the picture.

crop     the largest part of the wanted shape, as a calm camera would frame the face
blur     all of the picture, on a large soft copy of itself
colour   all of the picture, on one colour
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

import cv2
import numpy as np

from talkinghead.av.face_path import NO_FACE, FacePath, Floats
from talkinghead.av.frames import ColourSystem, Picture, Plane
from talkinghead.catalogue.export import Fit as Fit
from talkinghead.catalogue.export import Shape as Shape
from talkinghead.catalogue.export import Size

_RATIOS: dict[Shape, Fraction] = {
    "9:16": Fraction(9, 16), "1:1": Fraction(1), "4:5": Fraction(4, 5), "16:9": Fraction(16, 9),
}  # fmt: skip
SHORT_SIDE = 720
"""Pixels of the result's short side at least: captions on less would be rough."""
_LONGEST_SHORT_SIDE = 1080

_FACE_HEIGHT = 0.46  # the middle of the face in a crop, from its top
_STILL = 0.06  # of the crop's side: while the face moves less, the camera rests
_SMOOTH_SECONDS = 0.6
_GRID = 25  # camera places a second; between two they go straight
_BLUR_SHARE = 1 / 24  # the surround is drawn at this share of the size, which is what blurs it
_DARKENED = 0.62


@dataclass(frozen=True)
class Reshape:
    """The requested shape, fit and background.

    Attributes:
        shape: width to height.
        fit: crop the picture, or keep all of it on a blurred or coloured surround.
        colour: of the surround, RGB.
        size: width and height of the result in px, of this shape; None follows from the source.
    """

    shape: Shape
    fit: Fit = "crop"
    colour: tuple[int, int, int] = (18, 19, 24)
    size: Size | None = None


class Reshaper:
    """Frame filter that changes the aspect ratio.

    Args:
        wanted: the shape and how to reach it.
        width, height: of the pictures that come, in pixels.
        path: where the face is, in these pictures; without one a crop keeps to the middle.
        colours: how these pictures store colours.

    Attributes:
        size: width and height of the pictures that it gives.
    """

    def __init__(
        self, wanted: Reshape, width: int, height: int, path: FacePath, colours: ColourSystem
    ) -> None:
        self._wanted = wanted
        self._source = (width, height)
        ratio = _RATIOS[wanted.shape]
        if wanted.fit == "crop":
            inner = _largest(width, height, ratio)
            self._camera = _Camera(path, inner[0] / width, inner[1] / height)
        else:
            inner = (width, height)
        self._inner = inner
        self.size = wanted.size or _size(ratio, inner, is_crop=wanted.fit == "crop")
        self._flat = colours.planes_of(wanted.colour)

    def __call__(self, pictures: Iterator[Picture]) -> Iterator[Picture]:
        """Yield as many frames in the new shape."""
        draw = self._cropped if self._wanted.fit == "crop" else self._surrounded
        return map(draw, pictures)

    def mapped(self, path: FacePath) -> FacePath:
        """Return the face's path in the frames that go out."""
        return path.mapped(self._mapped)

    def _mapped(self, seconds: Floats, boxes: Floats) -> Floats:
        if self._wanted.fit == "crop":
            left, top = self._camera.corner(seconds)
            corner = np.stack([left, top, left, top], axis=1)
            share = np.array([self._camera.width, self._camera.height] * 2)
            return np.asarray((boxes - corner) / share)
        place = np.array(self._place) / np.array(self.size * 2)
        return np.asarray(np.tile(place[:2], 2) + boxes * np.tile(place[2:], 2))

    def _cropped(self, picture: Picture) -> Picture:
        left, top = (float(each) for each in self._camera.corner(np.array(picture.seconds)))
        source_width, source_height = self._source
        target = _empty(self.size, picture.seconds)
        scale = self._inner[0] / self.size[0]
        for plane, drawn in zip(picture.parts, target.parts, strict=True):
            share = plane.shape[1] / source_width
            # The middle of a pixel belongs to the middle of a pixel: half of one is added.
            x = left * source_width * share + scale / 2 - 0.5
            y = top * source_height * share + scale / 2 - 0.5
            back = np.array([[scale, 0, x], [0, scale, y]], np.float32)
            size = (drawn.shape[1], drawn.shape[0])
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            cv2.warpAffine(plane, back, size, drawn, flags, cv2.BORDER_REPLICATE)
        return target

    @property
    def _place(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height of the whole picture inside its bars; even."""
        scale = min(self.size[0] / self._source[0], self.size[1] / self._source[1])
        width, height = (round(side * scale / 2) * 2 for side in self._source)
        left, top = (self.size[0] - width) // 4 * 2, (self.size[1] - height) // 4 * 2
        return left, top, width, height

    def _surrounded(self, picture: Picture) -> Picture:
        target = _empty(self.size, picture.seconds)
        place = self._place
        for number, (plane, drawn) in enumerate(zip(picture.parts, target.parts, strict=True)):
            if self._wanted.fit == "blur":
                _blur_over(plane, drawn, dark=0.0 if number == 0 else 128.0)
            else:
                drawn[:] = self._flat[number]
            left, top, width, height = (side if number == 0 else side // 2 for side in place)
            smaller = width < plane.shape[1]
            drawn[top : top + height, left : left + width] = cv2.resize(
                plane, (width, height), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
            )
        return target


def reshape_of(values: Mapping[str, Any]) -> Reshape | None:
    """Return the `Reshape` for an order's "shape", "fit", "colour" and "size"; None to keep the
    shape."""
    if not values["shape"]:
        return None
    red, green, blue = values["colour"]
    width, height = values["size"] or (0, 0)
    size = (width, height) if values["size"] else None
    return Reshape(values["shape"], values["fit"], (red, green, blue), size)


def reshaped_size(width: int, height: int, reshape: Reshape | None) -> tuple[int, int]:
    """Return width and height of the result in px; captions are laid out for this size."""
    if reshape is None:
        return width // 2 * 2, height // 2 * 2
    return Reshaper(reshape, width, height, NO_FACE, ColourSystem()).size


class _Camera:
    """Position of the crop over time: at rest for small movements of the face, then gliding.

    Args:
        path: of the face.
        width, height: of the crop, as shares of the picture.
    """

    def __init__(self, path: FacePath, width: float, height: float) -> None:
        self.width, self.height = width, height
        if not len(path):
            self._seconds = np.zeros(1)
            self._corners = np.array([[(1 - width) / 2, (1 - height) / 2]])
            return
        middles = (path.boxes[:, :2] + path.boxes[:, 2:]) / 2
        wanted = middles - np.array([width / 2, height * _FACE_HEIGHT])
        room = np.array([1 - width, 1 - height])
        rested = _rested(np.clip(wanted, 0, room), np.array([width, height]) * _STILL)
        count = max(int(np.ceil((path.seconds[-1] - path.seconds[0]) * _GRID)) + 1, 1)
        self._seconds = path.seconds[0] + np.arange(count) / _GRID
        self._corners = np.stack(
            [_smooth(np.interp(self._seconds, path.seconds, axis)) for axis in rested.T], axis=1
        ).clip(0, room)

    def corner(self, seconds: Floats) -> tuple[Floats, Floats]:
        """Return left and top of the crop as fractions of the frame, each of the shape of
        `seconds`."""
        left, top = (np.interp(seconds, self._seconds, axis) for axis in self._corners.T)
        return np.asarray(left), np.asarray(top)


def _rested(wanted: Floats, still: Floats) -> Floats:
    """Return positions that move only as far as needed to keep the face within reach."""
    # It begins where the face is most of the time, not where it happens to be at first.
    place = np.median(wanted[: max(len(wanted) // 10, 5)], axis=0)
    rows = []
    for want in wanted:
        place = np.clip(place, want - still, want + still)
        rows.append(place)
    return np.array(rows)


def _smooth(values: Floats) -> Floats:
    """Gaussian smoothing, symmetric in time so that the camera never lags."""
    reach = round(3 * _SMOOTH_SECONDS * _GRID)
    steps = np.arange(-reach, reach + 1) / (_SMOOTH_SECONDS * _GRID)
    weights = np.exp(-(steps**2) / 2)
    # At both ends the movement is taken to go on, or the camera would hang back there.
    padded = np.pad(values, reach, mode="reflect", reflect_type="odd")
    return np.asarray(np.convolve(padded, weights / weights.sum(), "valid"))


def _largest(width: int, height: int, ratio: Fraction) -> tuple[float, float]:
    """Return the largest crop of this shape."""
    share = float(ratio)
    return (height * share, height) if width > height * share else (width, width / share)


def _size(ratio: Fraction, inner: tuple[float, float], *, is_crop: bool) -> tuple[int, int]:
    """Return the size of the result: the source's pixels within sensible bounds, even numbers."""
    short = min(inner) if is_crop else max(min(inner), SHORT_SIDE)
    short = min(max(round(short), SHORT_SIDE), _LONGEST_SHORT_SIDE) // 2 * 2
    long = round(short * max(float(ratio), 1 / float(ratio)) / 2) * 2
    return (short, long) if ratio < 1 else (long, short)


def _empty(size: tuple[int, int], seconds: float) -> Picture:
    return Picture(np.empty((size[1] * 3 // 2, size[0]), np.uint8), seconds)


def _blur_over(plane: Plane, drawn: Plane, dark: float) -> None:
    """Fill a plane with a blurred, darker copy of another that covers all of it."""
    height, width = drawn.shape
    scale = max(width / plane.shape[1], height / plane.shape[0])
    side = (max(round(width / scale), 1), max(round(height / scale), 1))
    left, top = (plane.shape[1] - side[0]) // 2, (plane.shape[0] - side[1]) // 2
    covered = plane[top : top + side[1], left : left + side[0]]
    small_size = (max(round(width * _BLUR_SHARE), 4), max(round(height * _BLUR_SHARE), 4))
    small = cv2.resize(covered, small_size, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), 1.6).astype(np.float32)
    darker = (dark + (soft - dark) * (_DARKENED if dark == 0 else 0.8)).astype(np.uint8)
    drawn[:] = cast(Plane, cv2.resize(darker, (width, height), interpolation=cv2.INTER_CUBIC))
