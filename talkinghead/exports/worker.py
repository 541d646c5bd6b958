"""Worker process for exports: `python -m talkinghead.exports.worker`.

The order is that of `talkinghead.core.workers.protocol`: "video" and "out", two paths, and what
is wanted of them: a shape, captions, a label. The path of the face is written beside the new
video where it had to be detected.
"""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from talkinghead.av.face_path import FacePath
from talkinghead.av.overlays.overlay import OverlayStep
from talkinghead.av.reshape import reshape_of
from talkinghead.av.video_writer import unfinished_path
from talkinghead.captions.json_values import cues_of, path_of, path_values
from talkinghead.captions.painting.burner import Captions
from talkinghead.captions.styles import style
from talkinghead.core.workers.protocol import EventStream, leave, serve
from talkinghead.exports.encode import export_video
from talkinghead.exports.label.overlay import label_of

Values = Mapping[str, Any]
FAULT = "Something went wrong. Try again."


def read_order(values: dict[str, Any]) -> Values:
    """Return the order as received.

    Raises:
        KeyError: it does not say what to write, and where.
    """
    values["video"], values["out"]
    return values


def _export(order: Values, events: EventStream) -> dict[str, Any]:
    out, path = Path(order["out"]), None
    if order["face"]:
        path = path_of(json.loads(Path(order["face"]).read_bytes()))
    facts = export_video(
        Path(order["video"]),
        out,
        reshape=reshape_of(order),
        overlays=overlays_of(order),
        path=path,
        on_path=lambda found: write_path(out, found),
        on_progress=lambda done: events.progress(done, None),
    )
    return {"seconds": facts.seconds, "width": facts.width, "height": facts.height}


def overlays_of(order: Values) -> list[OverlayStep]:
    """Return the overlays of an order; the label has its place first, so that it is the same in
    every version."""
    steps: list[OverlayStep] = []
    label = label_of(order["label"])
    if label is not None:
        steps.append(label)
    if order["style"] and order["cues"]:
        steps.append(Captions(cues_of(order["cues"]), style(order["style"])))
    return steps


def write_path(out: Path, path: FacePath) -> None:
    """Store the face path beside the video, so that the next export does not detect it again."""
    out.with_suffix(".face.json").write_text(json.dumps(path_values(path)), encoding="utf-8")


def _abandon(order: Values) -> None:
    unfinished_path(Path(order["out"])).unlink(missing_ok=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    leave(serve(read_order, _export, _abandon, FAULT))
