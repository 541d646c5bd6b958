"""Converts portraits and speech to what the models at fal accept: format, size, and a quiet end.

Pure functions from bytes to bytes, for `worker`.
"""

import io

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from talkinghead.av.resampling import samples_at
from talkinghead.av.sound import Sound, read_sound, sound_bytes
from talkinghead.core.errors import InvalidPortrait
from talkinghead.core.measures import UPLOAD_RATE
from talkinghead.fal.conversion.sizes import SHORTEST_SIDE

LARGEST_AS_IT_IS = 2_000_000  # bytes: a JPEG up to here is sent unchanged


def prepare_picture(data: bytes, longest_side: int) -> bytes:
    """Return a JPEG: upright, opaque, without camera metadata, its sides within what models accept.

    Raises:
        InvalidPortrait: it is no picture.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if _fits_as_it_is(image, len(data), longest_side):
                image.load()
                return data
            picture = _opaque(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise InvalidPortrait(
            "The portrait can't be read. Save it as JPEG or PNG and choose it again."
        ) from error
    file = io.BytesIO()
    _resized(picture, longest_side).save(file, "JPEG", quality=93, subsampling=0)
    return file.getvalue()


def _fits_as_it_is(image: Image.Image, size: int, longest_side: int) -> bool:
    return (
        image.format == "JPEG"
        and image.mode == "RGB"
        and not image.getexif()
        and size <= LARGEST_AS_IT_IS
        and max(image.size) <= longest_side
        and min(image.size) >= SHORTEST_SIDE
    )


def _opaque(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _resized(picture: Image.Image, longest_side: int) -> Image.Image:
    scale = max(1.0, SHORTEST_SIDE / min(picture.size))
    scale = min(scale, longest_side / max(picture.size))
    if scale == 1.0:
        return picture
    width, height = (max(1, round(side * scale)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def prepare_speech(data: bytes, count: int) -> bytes:
    """Return an MP3, the format of fal's own examples, of exactly so many samples: cut, or with
    quiet at its end.

    Raises:
        InvalidRecording: there is no sound in it.
    """
    samples = samples_at(read_sound(data), UPLOAD_RATE)[:count]
    exact = Sound(np.pad(samples, (0, count - len(samples))), UPLOAD_RATE)
    return sound_bytes(exact, ".mp3")
