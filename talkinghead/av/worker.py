"""Tasks on finished videos and sounds, for `talkinghead.decoding_worker`."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import av

from talkinghead.av.sound import CONTAINER_OPTIONS
from talkinghead.av.video import probe, thumbnail
from talkinghead.core.errors import RenderFailed

_INCOMPLETE = "The downloaded file is incomplete. Download it again."

Order = Mapping[str, Any]


def _measure(order: Order, folder: Path) -> dict[str, Any]:
    """Measure a finished video: {"file"} → its `VideoFacts`, and a thumbnail as JPEG."""
    path = Path(order["file"])
    facts = asdict(probe(path))
    return {"facts": facts, "thumbnail": base64.b64encode(thumbnail(path)).decode()}


def _check_video(order: Order, folder: Path) -> dict[str, Any]:
    """Demux a whole video, and decode its first and last frames: {"file"}."""
    path = Path(order["file"])
    probe(path)
    packets, promised = _packets(path, "video")
    if packets == 0 or packets < promised:
        raise RenderFailed(_INCOMPLETE)
    return {}


def _check_sound(order: Order, folder: Path) -> dict[str, Any]:
    """Demux a whole sound: {"file"}."""
    packets, _ = _packets(Path(order["file"]), "audio")
    if packets == 0:
        raise RenderFailed(_INCOMPLETE)
    return {}


TASKS: Mapping[str, Callable[[Order, Path], dict[str, Any]]] = {
    "video.measure": _measure,
    "video.check": _check_video,
    "sound.check": _check_sound,
}


def _packets(path: Path, kind: str) -> tuple[int, int]:
    """Return how many packets a file has of its first track of this kind, and how many frames it
    promises."""
    try:
        with path.open("rb") as file, av.open(file, "r", options=CONTAINER_OPTIONS) as container:
            stream = container.streams.get({kind: 0})[0]
            return sum(1 for each in container.demux(stream) if each.size), stream.frames
    except (av.FFmpegError, IndexError, ValueError, OSError) as error:
        raise RenderFailed(_INCOMPLETE) from error
