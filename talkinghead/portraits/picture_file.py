"""Reads a picture file of any common format as one upright RGB image, or raises with the reason."""

import io
import struct
from contextlib import suppress
from pathlib import PurePosixPath

import numpy as np
import pillow_heif
from PIL import Image, ImageCms, ImageOps

from talkinghead.core.errors import InvalidPortrait
from talkinghead.portraits.cut_jpeg import completed_jpeg

Image.init()  # else only the five oldest formats can be named in `Image.open`
pillow_heif.register_heif_opener()

LONGEST_SIDE = 4096
"""Pixels kept; the largest video is 1920 wide, so a crop of half the picture still fills it."""
SHORTEST_SIDE = 64
"""Pixels needed; below it there is no face to find."""
LARGEST_FILE = 30_000_000
"""Bytes; a phone's largest JPEG has about half of it."""
MOST_PIXELS = 65_000_000
"""Common cameras end at 64 megapixels; decoded these take 260 MB, with transparency twice it."""

# Named one by one: Pillow also knows formats that start other programs, as EPS does. JPEG
# covers MPO too, the pair of pictures that some phones write.
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF", "JPEG2000", "PPM")
_PICTURE_SUFFIXES = {
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".heic",
    ".heif",
    ".avif",
    ".gif",
    ".tiff",
    ".jfif",
}
_SCALABLE = {"L", "LA", "RGB", "RGBA", "CMYK"}
# What Pillow and its decoders raise on damaged data; found by feeding them damaged data.
_DAMAGE = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError,
    OverflowError, RuntimeError, MemoryError, struct.error,
)  # fmt: skip
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# How other files begin, and what they are called.
_OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"<svg": "an SVG drawing",
    b"<?xml": "an SVG drawing or another XML file",
    b"<!DOCTYPE": "a web page",
    b"<html": "a web page",
    b"PK\x03\x04": "a ZIP archive",
    b"ID3": "a recording",
    b"fLaC": "a recording",
    b"OggS": "a recording",
    b"\x1a\x45\xdf\xa3": "a video",
    b"8BPS": "a Photoshop file",
    b"%!PS": "a PostScript file",
}
_PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}
_ANIMATED = {"GIF": "GIF animations", "WEBP": "WebP animations", "PNG": "Animated PNGs"}
"""Formats whose further frames are those of an animation; in others they are other sizes, pages or
views of the picture."""
_DAMAGED = "This photo is damaged or incomplete. Save it again and upload the new file."
_ASK = "Use a JPEG, PNG, WebP, HEIC or AVIF photo."


def read_portrait(data: bytes, name: str = "") -> Image.Image:
    """Return the picture as a person sees it: upright, sRGB, alpha on white.

    Args:
        data: the file.
        name: its name, used only to say that its ending misleads.

    Returns:
        An RGB image of at most 4096 pixels a side.

    Raises:
        InvalidPortrait: no picture, an animation, damaged, too small, too narrow or too large.
    """
    if not data:
        raise InvalidPortrait(f"The file is empty. {_ASK}")
    if len(data) > LARGEST_FILE:
        raise InvalidPortrait(
            f"The file is {len(data) / 1e6:.0f} MB; the limit is {LARGEST_FILE // 1_000_000} MB. "
            "Save a smaller copy and upload that."
        )
    image = _opened(data, name)
    if image.format in _ANIMATED and getattr(image, "is_animated", False):
        raise InvalidPortrait(f"{_ANIMATED[image.format]} aren't supported. Use a still photo.")
    _check_size(*image.size)
    try:
        return _bare(_scaled(_as_srgb(_scaled(_upright(_decoded(image, data))))))
    except _DAMAGE as error:
        raise InvalidPortrait(_DAMAGED) from error


def _opened(data: bytes, name: str) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except _TOO_LARGE as error:
        raise InvalidPortrait(
            f"The photo is larger than {MOST_PIXELS // 1_000_000} megapixels. "
            "Save a smaller copy and upload that."
        ) from error
    except _DAMAGE as error:
        raise InvalidPortrait(_not_a_picture(data, name)) from error


def _not_a_picture(data: bytes, name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    named = f", although its name ends in {suffix}" if suffix in _PICTURE_SUFFIXES else ""
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = next((kind for head, kind in _OTHER_KINDS.items() if start.startswith(head)), None)
    if data[4:8] == b"ftyp":  # how HEIC and AVIF begin, and mp4 and m4a too
        if data[8:12] in _PICTURE_BRANDS:
            return _DAMAGED
        kind = "a video or a recording"
    if kind:
        return f"This is {kind}, not a photo{named}. {_ASK}"
    return f"This file can't be read as a photo{named}. {_ASK}"


def _check_size(width: int, height: int) -> None:
    """Check the size from the file's header, before decoding."""
    if width * height > MOST_PIXELS:
        raise InvalidPortrait(
            f"The photo is {width} × {height} px, more than {MOST_PIXELS // 1_000_000} megapixels. "
            "Save a smaller copy and upload that."
        )
    if min(width, height) < SHORTEST_SIDE:
        raise InvalidPortrait(
            f"The photo is only {width} × {height} px. Use one of at least {SHORTEST_SIDE} × "
            f"{SHORTEST_SIDE} px, better 512 × 512."
        )
    if min(width, height) * min(1.0, LONGEST_SIDE / max(width, height)) < SHORTEST_SIDE:
        raise InvalidPortrait(
            f"The photo is {width} × {height} px: too narrow to show a face. "
            "Crop it closer to the face and upload it again."
        )


def _decoded(image: Image.Image, data: bytes) -> Image.Image:
    """Return the picture, decoded."""
    scale = LONGEST_SIDE / max(image.size)
    if scale < 1:  # a JPEG can be decoded at a half, a quarter or an eighth of its size
        image.draft(None, (round(image.width * scale), round(image.height * scale)))
    try:
        image.load()
    except OSError:
        if image.format not in ("JPEG", "MPO"):
            raise
        return completed_jpeg(data)
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Return the image rotated by its EXIF orientation."""
    with suppress(*_DAMAGE):  # a broken EXIF block says nothing, and spoils nothing
        ImageOps.exif_transpose(image, in_place=True)
    return image


def _as_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    image = _on_white(_eight_bit(image))
    if profile:
        # An unreadable profile, or one for other channels than these, is as good as none.
        with suppress(ImageCms.PyCMSError, *_DAMAGE):
            own, srgb = (
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
            )
            converted = ImageCms.profileToProfile(image, own, srgb, outputMode="RGB")
            return converted or image.convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Scale deeper greys to 0..255; Pillow's own conversion would clip them to white."""
    if image.mode != "F" and not image.mode.startswith("I"):
        return image
    grey = np.nan_to_num(np.asarray(image, np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    if image.mode.startswith("I;16"):
        white = 65535.0
    else:  # 32 bits say nothing about where white lies: the next usual depth above the brightest
        brightest = float(grey.max())
        white = next((top for top in (1.0, 255.0, 65535.0) if brightest <= top), brightest)
    return Image.fromarray((grey.clip(0, white) * (255 / white)).round().astype(np.uint8))


def _on_white(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        colour = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), colour).convert("RGB")
    return image.convert("RGB") if image.mode in ("P", "1") else image


def _scaled(image: Image.Image) -> Image.Image:
    """Downscale to the largest stored size; modes that do not scale well are left until they are
    RGB."""
    if image.mode in _SCALABLE:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return image


def _bare(image: Image.Image) -> Image.Image:
    """Return the image without metadata about the person: place, time, device."""
    image.info.clear()
    return image
