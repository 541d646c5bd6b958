"""A run's look at its inputs: download, decode, measure; each refusal as fal words it."""

import functools
import hashlib
import io
from dataclasses import dataclass

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError

from tests.fal_server.errors import (
    AUDIO_FORMATS,
    IMAGE_FORMATS,
    ModelError,
    model_error,
)
from tests.fal_server.files import Files
from tests.fal_server.sound import Sound, decode

LARGEST_FILE = 100 * 1024 * 1024
SMALLEST_SIDE = 64
LARGEST_SIDE = 8192
FLATTEST = 2.0
"""Below this spread of brightness a picture is taken to be blank: no face is in it."""
SHORTEST_SOUND = 0.2


@dataclass(frozen=True)
class Sources:
    """The inputs of one run."""

    files: Files

    def _download(self, url: str, field: str) -> bytes:
        data = self.files.fetch(url)
        if data is None:
            raise ModelError(model_error("file_download_error", field, url))
        if len(data) > LARGEST_FILE:
            message = f"File size exceeds the maximum allowed size of {LARGEST_FILE} bytes."
            raise ModelError(
                model_error("file_too_large", field, url, message, max_size=LARGEST_FILE)
            )
        return data

    def picture(self, url: str, field: str = "image_url") -> tuple[str, Image.Image]:
        """The upright picture, and a digest of it."""
        data = self._download(url, field)
        try:
            picture = _decoded(data)
        except UnidentifiedImageError as problem:
            refusal = model_error(
                "unsupported_image_format", field, url, supported_formats=IMAGE_FORMATS
            )
            if looks_like_picture(data):
                refusal = model_error("image_load_error", field, url)
            raise ModelError(refusal) from problem
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
            raise ModelError(model_error("image_load_error", field, url)) from problem
        _check_size(picture, field, url)
        if _is_blank(picture):
            raise ModelError(model_error("face_detection_error", field, url))
        return hashlib.sha256(data).hexdigest(), picture

    def sound(self, url: str, longest: float | None = None, field: str = "audio_url") -> Sound:
        """The recording, no longer than this many seconds."""
        data = self._download(url, field)
        try:
            sound = decode(data)
        except ValueError as problem:
            raise ModelError(
                model_error("unsupported_audio_format", field, url, supported_formats=AUDIO_FORMATS)
            ) from problem
        _check_length(sound.seconds, longest, field, url)
        return sound


@functools.lru_cache(maxsize=16)
def _decoded(data: bytes) -> Image.Image:
    """The upright picture; Pillow's errors."""
    opened = Image.open(io.BytesIO(data))
    opened.load()
    return ImageOps.exif_transpose(opened).convert("RGB")


def _is_blank(picture: Image.Image) -> bool:
    small = picture.resize((64, 64), Image.Resampling.BILINEAR, reducing_gap=2).convert("L")
    return ImageStat.Stat(small).stddev[0] < FLATTEST


def looks_like_picture(data: bytes) -> bool:
    """Whether the first bytes are those of a known format."""
    return data.startswith((b"\xff\xd8", b"\x89PNG", b"GIF8", b"RIFF"))


def _check_size(picture: Image.Image, field: str, url: str) -> None:
    if min(picture.size) < SMALLEST_SIDE:
        side = SMALLEST_SIDE
        message = f"Image dimensions are too small. Minimum dimensions are {side}x{side} pixels."
        raise ModelError(
            model_error("image_too_small", field, url, message, min_height=side, min_width=side)
        )
    if max(picture.size) > LARGEST_SIDE:
        side = LARGEST_SIDE
        message = f"Image dimensions are too large. Maximum dimensions are {side}x{side} pixels."
        raise ModelError(
            model_error("image_too_large", field, url, message, max_height=side, max_width=side)
        )


def _check_length(seconds: float, longest: float | None, field: str, url: str) -> None:
    provided = round(seconds, 3)
    if longest is not None and seconds > longest:
        message = f"Audio duration exceeds the maximum allowed duration of {longest:g} seconds."
        raise ModelError(
            model_error(
                "audio_duration_too_long",
                field,
                url,
                message,
                max_duration=longest,
                provided_duration=provided,
            )
        )
    if seconds < SHORTEST_SOUND:
        shortest = SHORTEST_SOUND
        message = f"Audio duration is below the minimum allowed duration of {shortest} seconds."
        raise ModelError(
            model_error(
                "audio_duration_too_short",
                field,
                url,
                message,
                min_duration=shortest,
                provided_duration=provided,
            )
        )
