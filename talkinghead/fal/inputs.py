"""Converts portraits and speech to what the models at fal accept: format, size, and a quiet end.

Pure functions from bytes to bytes. What they do is part of a content's name, so that the output
of a changed conversion is uploaded again.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from talkinghead.av.length import length_of
from talkinghead.av.resampling import samples_at
from talkinghead.av.sound import Sound, read_sound, sound_bytes
from talkinghead.catalogue import QUIET_END_SECONDS, UPLOAD_RATE, ModelInput
from talkinghead.catalogue.order import Order
from talkinghead.core.errors import InvalidInput, InvalidPortrait

SHORTEST_SIDE = 300
"""Pixels: smaller pictures are refused by some models; enlarging them shows nothing less."""
LARGEST_AS_IT_IS = 2_000_000  # bytes: a JPEG up to here is sent unchanged

_KINDS = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
}
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Prepared:
    """A file ready to upload.

    Attributes:
        data: its bytes.
        content_type: what it is.
        name: an ASCII file name.
    """

    data: bytes
    content_type: str
    name: str


@dataclass(frozen=True)
class AssetInput:
    """An input that has to be uploaded.

    Attributes:
        path: its keys within the arguments.
        reference: the asset.
        model: which it is sent to.
    """

    path: tuple[str, ...]
    reference: str
    model: type[ModelInput]

    @property
    def content(self) -> str:
        """Identity of exactly what will be sent: the asset and how it is converted."""
        return f"{self.reference} as {self._recipe}"

    @property
    def _recipe(self) -> str:
        suffix = PurePosixPath(self.reference).suffix
        if suffix in _PICTURES:
            return f"picture-1 {SHORTEST_SIDE}-{self.model.longest_side}"
        if self._is_speech:
            return f"speech-2 {QUIET_END_SECONDS}+{self.model.shortest_seconds}"
        return "it is"

    @property
    def _is_speech(self) -> bool:
        return self.path == (self.model.recording_field,)

    def prepared(self, data: bytes) -> Prepared:
        """Return the file to send, from the asset's bytes.

        Raises:
            InvalidInput: it cannot be read.
        """
        suffix = PurePosixPath(self.reference).suffix
        if suffix in _PICTURES:
            return prepare_picture(data, self.model.longest_side)
        if self._is_speech:
            return prepare_speech(data, self.model)
        if suffix not in _KINDS:
            raise InvalidInput("This kind of file cannot be sent to a model.", field=self.path[0])
        return Prepared(data, _KINDS[suffix], f"file{suffix}")


def asset_inputs(order: Order) -> list[AssetInput]:
    """Return the inputs that name assets, each with its path in the arguments; a voice has none."""
    if not isinstance(order, ModelInput):
        return []
    found = _references(order.arguments(), ())
    return [AssetInput(path, reference, type(order)) for path, reference in found]


def with_urls(model_input: Order, urls: dict[tuple[str, ...], str]) -> dict[str, Any]:
    """Return the arguments with every asset replaced by its URL at fal."""
    arguments = model_input.arguments()
    for path, url in urls.items():
        inner: Any = arguments
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = url
    return arguments


def _references(values: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _references(value, (*path, name))
        elif isinstance(value, str) and value.startswith("asset:"):
            yield (*path, name), value


def prepare_picture(data: bytes, longest_side: int = ModelInput.longest_side) -> Prepared:
    """Return a JPEG: upright, opaque, without camera metadata, its sides within what models accept.

    Raises:
        InvalidPortrait: it is no picture.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if _fits_as_it_is(image, len(data), longest_side):
                image.load()
                return Prepared(data, "image/jpeg", "portrait.jpg")
            picture = _opaque(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise InvalidPortrait(
            "The picture cannot be read. Save it as JPEG or PNG and choose it again."
        ) from error
    file = io.BytesIO()
    _resized(picture, longest_side).save(file, "JPEG", quality=93, subsampling=0)
    return Prepared(file.getvalue(), "image/jpeg", "portrait.jpg")


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


def prepare_speech(data: bytes, model: type[ModelInput]) -> Prepared:
    """An MP3, the format of fal's own examples, of exactly the seconds that the model is quoted
    for: with a quiet end, and not shorter than it bills anyway.

    Raises:
        InvalidRecording: there is no sound in it.
    """
    sound = read_sound(data)
    wanted = int(model.sent_seconds(length_of(sound)) * UPLOAD_RATE)
    samples = samples_at(sound, UPLOAD_RATE)[:wanted]
    exact = Sound(np.pad(samples, (0, wanted - len(samples))), UPLOAD_RATE)
    return Prepared(sound_bytes(exact, ".mp3"), "audio/mpeg", "speech.mp3")
