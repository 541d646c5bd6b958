"""Marks in the pictures of every video the server makes, to be read back from a frame.

Top left, in one row of `CELL` × `CELL` pixel cells, black or white: one white, one black (so that
the strip is known as one), `BITS` cells with the frame's number, the highest bit first, and one
parity cell (white when the number of white bits is odd). Top right, a square of 4 × 4 cells, the
flash: white in the frames during which the sound clicks, else black.

A click is any sample that reaches `CLICK` of the loudest sample of the whole sound. A recording
with clicks well above its speech therefore flashes at the clicks and nowhere else; the sound a
text model speaks clicks once a second, on the second.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CELL = 8
BITS = 16
FLASH = 4 * CELL
CLICK = 0.7
FRAMES_PER_SECOND = 25

WHITE, BLACK = 235, 16


@dataclass(frozen=True)
class Marks:
    """What one frame says of itself."""

    frame: int
    flash: bool


def _strip(frame: int) -> NDArray[np.uint8]:
    bits = [frame >> place & 1 for place in reversed(range(BITS))]
    cells = np.array([1, 0, *bits, sum(bits) % 2], dtype=bool)
    row = np.where(cells, WHITE, BLACK).astype(np.uint8)
    return np.repeat(row, CELL)


def draw_marks(luma: NDArray[np.uint8], frame: int, flash: bool) -> None:
    """Draw the marks of a frame into its brightness, (height, width), in place."""
    strip = _strip(frame)
    luma[:CELL, : strip.size] = strip
    luma[:FLASH, -FLASH:] = WHITE if flash else BLACK


def read_marks(luma: NDArray[np.uint8]) -> Marks:
    """The marks of a frame, from its brightness, (height, width).

    ValueError when there is no strip or its parity is wrong.
    """
    strip = luma[2 : CELL - 2, : (BITS + 3) * CELL].reshape(CELL - 4, BITS + 3, CELL)
    cells = strip[:, :, 2 : CELL - 2].mean(axis=(0, 2)) > (WHITE + BLACK) / 2
    bits = [int(cell) for cell in cells[2:-1]]
    if not cells[0] or cells[1] or sum(bits) % 2 != int(cells[-1]):
        raise ValueError("this frame carries no marks")
    number = int("".join(map(str, bits)), 2)
    flash = luma[4 : FLASH - 4, 4 - FLASH : -4].mean() > (WHITE + BLACK) / 2
    return Marks(number, bool(flash))


def click_frames(samples: NDArray[np.float32], rate: int, frames: int) -> NDArray[np.bool_]:
    """For each frame whether the sound clicks during it; all False for silence."""
    lit = np.zeros(frames, dtype=bool)
    loudest = float(np.abs(samples).max(initial=0.0))
    if loudest < 1e-4:
        return lit
    loud = np.flatnonzero(np.abs(samples) >= CLICK * loudest)
    at = loud * FRAMES_PER_SECOND // rate
    lit[at[at < frames]] = True
    return lit
