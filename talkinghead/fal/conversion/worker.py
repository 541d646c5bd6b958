"""Tasks that convert what is sent to fal, for `talkinghead.decoding_worker`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from talkinghead.fal.conversion.convert import prepare_picture, prepare_speech

Order = Mapping[str, Any]


def _picture(order: Order, folder: Path) -> dict[str, Any]:
    """Convert a picture: {"file", "longest_side"} → a JPEG."""
    path = folder / "sent.jpg"
    path.write_bytes(prepare_picture(Path(order["file"]).read_bytes(), order["longest_side"]))
    return {"file": path.name}


def _speech(order: Order, folder: Path) -> dict[str, Any]:
    """Convert a recording: {"file", "samples"} → an MP3."""
    path = folder / "sent.mp3"
    path.write_bytes(prepare_speech(Path(order["file"]).read_bytes(), order["samples"]))
    return {"file": path.name}


TASKS: Mapping[str, Callable[[Order, Path], dict[str, Any]]] = {
    "fal.picture": _picture,
    "fal.speech": _speech,
}
