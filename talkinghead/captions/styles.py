"""Caption styles, and the regions of a frame where captions may be placed."""

from dataclasses import dataclass
from typing import Literal

from talkinghead.av.overlays.areas import Area
from talkinghead.captions.cues import CaptionRules

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
INK: Colour = (12, 13, 18)


@dataclass(frozen=True)
class CaptionStyle:
    """One style. Lengths are in ems of its size unless stated otherwise.

    Attributes:
        id: as it is kept.
        title: as a person reads it.
        family, weight: of the letters.
        size: pixels per em as a share of the picture's short side, for each of SHAPES.
        letter: the width of an average letter, which the length of a line follows from.
        words: in a cue at most; None for no limit.
        upper: in capitals.
        colour: of the letters.
        outline: the width of a dark border around them.
        shadow: how dark a soft shadow is, 0 to 1.
        box: how dark a box behind all of it is, 0 for none.
        padding: between the text and the border of its box, at the sides, and above and below.
        accent: of the word being said: its letters, or the box behind it.
        accent_is_box: which of the two; without an accent neither.
        grows: the word being said is larger for a moment.
        at_start: lines begin at one edge; else they are centred.
        fade_seconds: in which a cue appears.
        space: between words.
    line_height: from line to line.
    """

    id: str
    title: str
    family: Literal["Montserrat", "Inter"]
    weight: int
    size: tuple[float, float, float, float]
    letter: float
    words: int | None = None
    upper: bool = False
    colour: Colour = WHITE
    outline: float = 0.0
    shadow: float = 0.0
    box: float = 0.0
    padding: tuple[float, float] = (0.0, 0.0)
    accent: Colour | None = None
    accent_is_box: bool = False
    grows: bool = False
    at_start: bool = False
    fade_seconds: float = 0.0
    space: float = 0.28
    line_height: float = 1.22


STYLES = (
    CaptionStyle(
        "highlight", "Word highlight",
        "Montserrat", 800, (0.08, 0.072, 0.07, 0.072), 0.63, outline=0.07, shadow=0.45,
        accent=(109, 74, 255), accent_is_box=True, space=0.36, line_height=1.34,
    ),
    CaptionStyle(
        "pop", "Pop",
        "Montserrat", 900, (0.108, 0.1, 0.096, 0.1), 0.76, words=3, upper=True, outline=0.13,
        shadow=0.5, accent=(255, 222, 33), grows=True, space=0.36, line_height=1.18,
    ),
    CaptionStyle(
        "lower_third", "Lower third",
        "Inter", 600, (0.056, 0.052, 0.05, 0.05), 0.55, box=0.86, padding=(0.75, 0.5),
        accent=(255, 196, 46), at_start=True, fade_seconds=0.12, line_height=1.36,
    ),
    CaptionStyle(
        "minimal", "Minimal",
        "Inter", 600, (0.052, 0.048, 0.046, 0.048), 0.55, box=0.62, padding=(0.45, 0.28),
        fade_seconds=0.16, line_height=1.32,
    ),
)  # fmt: skip


def style(style_id: str) -> CaptionStyle:
    """Return the style with this id; the first one if the id is unknown."""
    return next((each for each in STYLES if each.id == style_id), STYLES[0])


SHAPES = (9 / 16, 4 / 5, 1.0, 16 / 9)
"""Width over height of the shapes that sizes and margins are given for."""

# left, top, right, bottom as shares of the width and height.
# 9:16: what TikTok, Reels and Shorts lay over a video, the widest of each: 270 px at the top and
# 450 px at the bottom of 1920, 140 px at the right of 1080; both sides alike, so that text is
# centred. 4:5 and 1:1: feeds show a sound button and cut corners. 16:9: title-safe, and above the
# controls of a player.
_MARGINS = (
    (0.13, 0.14, 0.13, 0.235),
    (0.07, 0.06, 0.07, 0.08),
    (0.07, 0.06, 0.07, 0.08),
    (0.1, 0.06, 0.1, 0.09),
)
_LEAST_SCALE = 0.6  # below it a style is not itself any more
_LEGIBLE = 0.045  # of the short side, pixels per em: read on a phone without effort
_WIDEST_COLUMNS = 42  # beyond it the eye loses the line


def shape_index(width: int, height: int) -> int:
    """Return the index of the entry of SHAPES closest to the frame's aspect."""
    ratio = width / height
    return min(range(len(SHAPES)), key=lambda at: abs(SHAPES[at] / ratio - 1))


def safe_area(width: int, height: int) -> Area:
    """Return the area that platforms do not cover on a video of this size."""
    left, top, right, bottom = _MARGINS[shape_index(width, height)]
    return Area(left * width, top * height, (1 - right) * width, (1 - bottom) * height)


def font_size(style: CaptionStyle, width: int, height: int) -> float:
    """Return the font size in px per em."""
    return style.size[shape_index(width, height)] * min(width, height)


def smallest_scale(style: CaptionStyle, width: int, height: int) -> float:
    """Return by how much the letters may be scaled down for a long word and stay legible."""
    return max(_LEAST_SCALE, min(_LEGIBLE / style.size[shape_index(width, height)], 1.0))


def rules_for(style: CaptionStyle, width: int, height: int) -> CaptionRules:
    """Return the limits on lines and cues for this style on a frame of this size."""
    inner = safe_area(width, height).width
    inner -= 2 * style.padding[0] * font_size(style, width, height)
    columns = int(inner / (style.letter * font_size(style, width, height)))
    return CaptionRules(
        columns=min(max(columns, 8), _WIDEST_COLUMNS),
        words=style.words,
        shortest=0.3 if style.words else 0.8,
        columns_per_second=30.0 if style.words else 20.0,
    )
