"""The files among a model's inputs, and how each is converted before it is sent to fal.

What a conversion does is part of a content's name, so that the output of a changed one is uploaded
again. The conversions themselves are in `conversion/`, and run in a worker process.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from talkinghead.av.measured import measure
from talkinghead.catalogue import QUIET_END_SECONDS, UPLOAD_RATE, ModelInput, SpeechLength
from talkinghead.catalogue.order import Order
from talkinghead.core.errors import InvalidInput, InvalidPortrait, InvalidRecording
from talkinghead.core.workers.decoding import DecodingTurn
from talkinghead.fal.conversion.sizes import SHORTEST_SIDE

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

    def prepared(self, turn: DecodingTurn, file: Path) -> Prepared:
        """Return the file to send, from the asset's.

        Raises:
            InvalidInput: it cannot be read.
        """
        suffix = PurePosixPath(self.reference).suffix
        if suffix in _PICTURES:
            side = self.model.longest_side
            made = turn.run("fal.picture", InvalidPortrait, file=file, longest_side=side)
            return Prepared((turn.folder / made["file"]).read_bytes(), "image/jpeg", "portrait.jpg")
        if self._is_speech:
            samples = sent_samples(self.model, measure(turn, file))
            made = turn.run("fal.speech", InvalidRecording, file=file, samples=samples)
            return Prepared((turn.folder / made["file"]).read_bytes(), "audio/mpeg", "speech.mp3")
        if suffix not in _KINDS:
            raise InvalidInput("This type of file can't be sent to a model.", field=self.path[0])
        return Prepared(file.read_bytes(), _KINDS[suffix], f"file{suffix}")


def sent_samples(model: type[ModelInput], length: SpeechLength) -> int:
    """Return how many samples of a recording a model is sent: exactly the seconds that it is quoted
    for, with a quiet end, and not shorter than it bills anyway."""
    return int(model.sent_seconds(length) * UPLOAD_RATE)


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
