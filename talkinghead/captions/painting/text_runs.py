"""Shapes words for drawing: text runs of one font each, in visual order."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import emoji
from PIL import Image, ImageDraw

from talkinghead.captions.painting.fonts import CAN_SHAPE, Face, emoji_picture

_EMOJI_EM = 1.12  # how large an emoji is beside letters
_EMOJI_DROP = 0.2  # of an em below the baseline
_SPACE_EM = 0.28


@dataclass(frozen=True)
class Run:
    """Part of a word in one font.

    Attributes:
        text: its letters.
        face: None for an emoji that has a picture.
        to_left: whether the line around it is read from the right.
    """

    text: str
    face: Face | None
    to_left: bool

    def width(self, size: float) -> float:
        """Pixels."""
        if self.text.isspace():
            return _SPACE_EM * size
        if self.face is None:
            return size * _EMOJI_EM * 1.06
        return self.face.font(size).getlength(self._seen, direction=self._direction)

    def draw(
        self, mask: Image.Image, x: float, baseline: float, size: float, stroke: float
    ) -> None:
        """Draw its letters into a mask of mode L, with a border of so many px; no emoji."""
        if self.face is None or self.text.isspace():
            return
        ImageDraw.Draw(mask).text(
            (x, baseline),
            self._seen,
            fill=255,
            font=self.face.font(size),
            anchor="ls",
            direction=self._direction,
            stroke_width=stroke,
        )

    def picture(self, size: float) -> Image.Image | None:
        """Return an emoji's image, RGBA; its left edge is at the start of the run."""
        found = emoji_picture(self.text) if self.face is None else None
        side = max(round(size * _EMOJI_EM), 1)
        return found.resize((side, side), Image.Resampling.LANCZOS) if found else None

    @staticmethod
    def picture_top(baseline: float, size: float) -> int:
        """The row at which an emoji's picture begins."""
        return round(baseline + size * (_EMOJI_DROP - _EMOJI_EM))

    @property
    def _direction(self) -> str | None:
        return ("rtl" if self.to_left else "ltr") if CAN_SHAPE else None

    @property
    def _seen(self) -> str:
        return self.text if CAN_SHAPE else seen(self.text, self.to_left)


def runs(text: str, faces: Sequence[Face], to_left: bool) -> tuple[Run, ...]:
    """Return a word's runs from left to right.

    Args:
        text: the word; it may hold spaces and emoji.
        faces: the first that has a letter draws it.
        to_left: whether the line is read from the right.
    """
    found: list[Run] = []
    for letters, face in _by_face(text, faces):
        found.append(Run(letters, face, to_left))
    return tuple(reversed(found)) if to_left else tuple(found)


def visual_order(texts: Sequence[str], to_left: bool) -> list[int]:
    """Return the indices of the words from left to right; words of the other direction keep their
    own order.

    Source: UAX #9, for whole words: a word without letters goes with the word before it.
    """
    turned: list[bool] = []
    for text in texts:
        own = next((_DIRECTIONS[d] for d in map(unicodedata.bidirectional, text) if d in _DIRECTIONS), None)  # noqa: E501 - reads as one question  # fmt: skip
        if own is None:
            own = to_left if not turned or any(map(str.isdigit, text)) else turned[-1]
        turned.append(own)
    order: list[int] = []
    at = 0
    while at < len(texts):
        end = at + 1
        while end < len(texts) and turned[end] == turned[at]:
            end += 1
        stretch = list(range(at, end))
        order += stretch if turned[at] == to_left else stretch[::-1]
        at = end
    return order[::-1] if to_left else order


def seen(text: str, to_left: bool) -> str:
    """Return a word in visual order, for a layout engine without bidi support."""
    letters = _joined(text)
    clusters: list[str] = []
    for letter in letters:
        kept = clusters and (
            unicodedata.combining(letter)
            or (_is_forward(letter) and _is_forward(clusters[-1][-1]) and clusters[-1][0].isalnum())
        )
        if kept:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    if not to_left and not any(_is_backward(letter) for letter in text):
        return text
    return "".join(_mirrored(cluster) for cluster in reversed(clusters))


_DIRECTIONS = {"L": False, "R": True, "AL": True}


def _is_backward(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL")


def _is_forward(letter: str) -> bool:
    """Whether letters or digits keep their order inside a right-to-left line."""
    return unicodedata.bidirectional(letter) in ("L", "EN", "AN", "ES", "CS", "ET") and (
        letter.isalnum() or letter in "'’-%./:"
    )


def _mirrored(cluster: str) -> str:
    pairs = {"(": ")", ")": "(", "[": "]", "]": "[", "«": "»", "»": "«", "<": ">", ">": "<"}
    return pairs.get(cluster, cluster)


def _joined(text: str) -> str:
    """Return Arabic letters in their contextual forms."""
    return str(_reshaper().reshape(text)) if any(map(_is_backward, text)) else text


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper  # type: ignore[import-untyped]  # none published

    return ArabicReshaper(configuration={"delete_harakat": True, "support_ligatures": True})


def _by_face(text: str, faces: Sequence[Face]) -> Iterator[tuple[str, Face | None]]:
    """Yield runs of letters with their font; each emoji alone, without a font."""
    at = 0
    for found in emoji.emoji_list(text):
        yield from _letters_by_face(text[at : found["match_start"]], faces)
        pictured = emoji_picture(found["emoji"]) is not None
        if pictured:
            yield found["emoji"], None
        else:
            yield from _letters_by_face(found["emoji"], faces)
        at = found["match_end"]
    yield from _letters_by_face(text[at:], faces)


def _letters_by_face(text: str, faces: Sequence[Face]) -> Iterator[tuple[str, Face | None]]:
    held, face = "", faces[0]
    for stretch in _stretches(text):
        for letters, chosen in _drawn_by(stretch, faces):
            if held and (chosen != face or letters.isspace() or held.isspace()):
                yield held, face
                held = ""
            held, face = held + letters, chosen
    if held:
        yield held, face


def _stretches(text: str) -> Iterator[str]:
    """Yield spaces, and runs of letters of one script with their combining marks."""
    held, script = "", ""
    for letter in text:
        own = unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""
        if held and (letter.isspace() or held.isspace() or (own and script and own != script)):
            yield held
            held, script = "", ""
        held, script = held + letter, own or script
    if held:
        yield held


def _drawn_by(stretch: str, faces: Sequence[Face]) -> Iterator[tuple[str, Face]]:
    """Yield a run in one font if that has all of its letters, otherwise letter by letter."""
    needed = [letter for letter in stretch if unicodedata.category(letter) != "Cf"]
    whole = next((face for face in faces if all(map(face.covers, needed))), None)
    if whole is not None:
        yield stretch, whole
        return
    face = faces[0]
    for letter in stretch:
        if unicodedata.category(letter) not in ("Mn", "Mc", "Cf"):
            face = next((each for each in faces if each.covers(letter)), faces[0])
        yield letter, face
