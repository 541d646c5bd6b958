"""Decoded video frames as planes: one of brightness and two of colour (YUV 4:2:0).

Everything that is done to finished videos works on these planes; turning every frame into RGB and
back would take longer than encoding it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av import VideoFrame
from av.container import InputContainer
from numpy.typing import NDArray

from talkinghead.av.sound import CONTAINER_OPTIONS
from talkinghead.core.errors import RenderFailed

Plane = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Picture:
    """One frame in YUV 4:2:0.

    Attributes:
        planes: uint8 (height * 3 / 2, width): brightness, then both colours at half the size.
        seconds: when it is shown.
    """

    planes: Plane
    seconds: float

    @property
    def width(self) -> int:
        """Pixels, even."""
        return int(self.planes.shape[1])

    @property
    def height(self) -> int:
        """Pixels, even."""
        return int(self.planes.shape[0]) * 2 // 3

    @property
    def parts(self) -> tuple[Plane, Plane, Plane]:
        """Return views of Y (height, width) and of U and V (height / 2, width / 2 each)."""
        height, width = self.height, self.width
        colours = self.planes[height:].reshape(2, height // 2, width // 2)
        return self.planes[:height], colours[0], colours[1]


PictureFilter = Callable[[Iterator[Picture]], Iterator[Picture]]
"""Takes pictures and gives as many; filters are put one behind another."""


@dataclass(frozen=True)
class ColourSystem:
    """The mapping between RGB and the planes of a video.

    Attributes:
        is_bt709: the matrix of BT.709; else that of BT.601.
        is_full_range: 0 to 255; else 16 to 235.
    """

    is_bt709: bool = False
    is_full_range: bool = False

    @property
    def matrix(self) -> NDArray[np.float32]:
        """The matrix (3, 4) from (R, G, B, 1), each 0 to 255, to the three planes."""
        red, blue = (0.2126, 0.0722) if self.is_bt709 else (0.299, 0.114)
        green = 1 - red - blue
        luma = np.array([red, green, blue])
        first = (np.array([0, 0, 1]) - luma) / (2 * (1 - blue))
        second = (np.array([1, 0, 0]) - luma) / (2 * (1 - red))
        light, colour, black = (1, 1, 0) if self.is_full_range else (219 / 255, 224 / 255, 16)
        rows = np.stack([luma * light, first * colour, second * colour])
        offsets = np.array([[black], [128], [128]]) / 255
        return np.concatenate([rows, offsets], axis=1).astype(np.float32)

    def planes_of(self, colour: tuple[int, int, int]) -> tuple[int, int, int]:
        """Return the values of one RGB colour in the three planes."""
        y, u, v = (self.matrix @ np.array([*colour, 255], np.float32)).round().astype(int).tolist()
        return y, u, v


def colour_system(frame: VideoFrame) -> ColourSystem:
    """Return a frame's colour system from its metadata; without metadata BT.709 from 720 rows on,
    as players guess."""
    marked = int(frame.colorspace)
    is_bt709 = marked == _BT709 or (marked not in _BT601 and frame.height >= _HIGH_DEFINITION)
    return ColourSystem(is_bt709, int(frame.color_range) == _FULL)


def picture_of(frame: VideoFrame, seconds: float) -> Picture:
    """Return a decoded frame as a writable copy, without an odd last row or column."""
    width, height = frame.width // 2 * 2, frame.height // 2 * 2
    if (frame.format.name, frame.width, frame.height) != ("yuv420p", width, height):
        frame = frame.reformat(width, height, format="yuv420p")
    picture = Picture(np.empty((height * 3 // 2, width), np.uint8), seconds)
    # Plane by plane: a sixth of the time that PyAV's own array takes.
    for plane, part in zip(frame.planes, picture.parts, strict=True):
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        np.copyto(part, rows[: part.shape[0], : part.shape[1]])
    return picture


@contextmanager
def opened_video(
    path: Path, name: str = "The video", again: str = "Render it again."
) -> Iterator[InputContainer]:
    """Open a file as a video and as no other format.

    Args:
        path: the file.
        name: what a person calls it.
        again: what to do where it cannot be used.

    Raises:
        RenderFailed: it cannot be read.
    """
    try:
        with path.open("rb") as file, av.open(file, "r", options=CONTAINER_OPTIONS) as container:
            if not container.streams.video:
                raise RenderFailed(f"{name} is empty. {again}")
            yield container
    except (av.FFmpegError, ValueError, OSError) as error:
        raise RenderFailed(f"{name} is damaged or missing. {again}") from error


_BT709, _BT601, _FULL = 1, (5, 6), 2
_HIGH_DEFINITION = 720
