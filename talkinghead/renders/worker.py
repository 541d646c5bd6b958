"""Worker process that joins the parts of a video: `python -m talkinghead.renders.worker`.

The order is that of `talkinghead.core.workers.protocol`:

parts   in order, each [path, frames of the whole's or null where its own sound tells]
sound   the path of the whole speech, or null where each part speaks itself
out     the path of the MP4
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from talkinghead.av.video_writer import unfinished_path
from talkinghead.core.workers.memory import peak_memory_mb
from talkinghead.core.workers.protocol import EventStream, leave, serve
from talkinghead.renders.parts.joining import join_parts
from talkinghead.renders.parts.own_sound import own_speech
from talkinghead.renders.parts.part_video import PartVideo

FAULT = "Something went wrong in the studio, so the parts couldn't be joined. Try again."


def _join(order: Mapping[str, Any], events: EventStream) -> dict[str, Any]:
    out = Path(order["out"])
    videos = [Path(path) for path, _ in order["parts"]]
    if order["sound"] is None:
        sound = out.with_name("speech.wav")
        parts = own_speech(videos, sound)
    else:
        sound = Path(order["sound"])
        parts = [PartVideo(Path(path), int(frames)) for path, frames in order["parts"]]
    facts = join_parts(parts, sound, out, on_progress=events.progress)
    return {"seconds": float(facts.seconds), "peak_rss_mb": peak_memory_mb()}


def _abandon(order: Mapping[str, Any]) -> None:
    unfinished_path(Path(order["out"])).unlink(missing_ok=True)


def main() -> int:
    """Read an order from stdin, join, write the report to stdout."""
    return serve(dict, _join, _abandon, FAULT)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    leave(main())
