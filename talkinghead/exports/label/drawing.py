"""Draws the label: light letters on a dark plate, "AI" larger and heavier than what follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from talkinghead.captions.painting.fonts import faces
from talkinghead.captions.painting.text_runs import Run, runs
from talkinghead.captions.styles import INK, WHITE
from talkinghead.exports.label.contrast import plate_opacity
from talkinghead.exports.label.wordings import MAIN
from talkinghead.speech.text.tokens import is_right_to_left

_FAMILY, _MAIN_WEIGHT, _REST_WEIGHT = "Inter", 800, 600
_MAIN_SCALE = 1.2
_ASCENT, _DESCENT = 0.78, 0.24  # ems that letters reach above and below the baseline
_PADDING = (0.6, 0.36)  # ems at the sides, and above and below
_ROUND = 0.42  # ems
_FINE = 4  # the plate is drawn this much larger and reduced, so that its corners are smooth
_REGIONS = {"ja": "ja", "ko": "ko"}  # whose Han characters; else the simplified ones of Chinese


@dataclass(frozen=True)
class _Piece:
    """A run of letters, and how large it is beside the others."""

    run: Run
    scale: float

    def width(self, em: float) -> float:
        return self.run.width(em * self.scale)


def draw_label(text: str, language: str, em: float, widest: float) -> NDArray[np.uint8]:
    """Return the label as uint8 RGBA with even sides; colors are multiplied by opacity.

    Args:
        text: what it says, "AI" first.
        language: of the text.
        em: pixels of an em; less where the text would be too wide.
        widest: pixels.
    """
    pieces = _pieces(text, language)
    em = min(em, widest / (_ems(pieces) + 2 * _PADDING[0]))
    width = min(_ems(pieces) * em + 2 * _PADDING[0] * em, widest)
    height = (_MAIN_SCALE * _ASCENT + _DESCENT + 2 * _PADDING[1]) * em
    letters = Image.new("L", (_even(width), _even(height)))
    x = (letters.width - _ems(pieces) * em) / 2
    baseline = (_PADDING[1] + _MAIN_SCALE * _ASCENT) * em
    for piece in pieces:
        piece.run.draw(letters, x, baseline, em * piece.scale, 0.0)
        x += piece.width(em)
    return _on_plate(letters, _ROUND * em)


@lru_cache(maxsize=32)
def _pieces(text: str, language: str) -> tuple[_Piece, ...]:
    """Return the runs from left to right."""
    rest = text.removeprefix(MAIN)
    region, to_left = _REGIONS.get(language, "zh-hans"), is_right_to_left(rest)
    main = [_Piece(run, _MAIN_SCALE) for run in _runs(MAIN, _MAIN_WEIGHT, region, to_left=False)]
    after = [_Piece(run, 1.0) for run in _runs(rest, _REST_WEIGHT, region, to_left=to_left)]
    return (*after, *main) if to_left else (*main, *after)


def _runs(text: str, weight: int, region: str, *, to_left: bool) -> Iterator[Run]:
    yield from runs(text, faces(_FAMILY, weight, region), to_left) if text else ()


def _ems(pieces: tuple[_Piece, ...]) -> float:
    return sum(piece.width(100) for piece in pieces) / 100


def _even(pixels: float) -> int:
    return max(int(pixels) // 2 * 2, 2)


def _on_plate(letters: Image.Image, radius: float) -> NDArray[np.uint8]:
    """Return the letters on a plate with round corners."""
    width, height = letters.size
    fine = Image.new("L", (width * _FINE, height * _FINE))
    ImageDraw.Draw(fine).rounded_rectangle(
        (0, 0, fine.width - 1, fine.height - 1), radius * _FINE, fill=255
    )
    shape = np.asarray(fine.resize((width, height), Image.Resampling.BOX), np.float32) / 255
    ink = np.asarray(letters, np.float32) / 255
    plate = shape * plate_opacity(INK) * (1 - ink)
    alpha = ink + plate
    colours = ink[..., None] * np.array(WHITE) + plate[..., None] * np.array(INK)
    return np.concatenate([colours, 255 * alpha[..., None]], axis=2).round().astype(np.uint8)
