"""Worker process for exports: `python -m talkinghead.exports.worker`.

The order is that of `talkinghead.core.workers.protocol`: "video" and "out", two paths, and what
is wanted of them: a shape, captions, a label. The path of the face is written beside the new
video where it had to be detected, and what it was signed with. The signatures are the parent's.
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
from talkinghead.content_credentials.signing import sign_version
from talkinghead.core.workers.protocol import EventStream, leave, serve
from talkinghead.exports.edits import edits_of_export
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
    encoded = _encoded_path(out)
    facts = export_video(
        Path(order["video"]),
        encoded,
        reshape=reshape_of(order),
        overlays=overlays_of(order),
        path=path,
        on_path=lambda found: write_path(out, found),
        on_progress=lambda done: events.progress(done, None),
    )
    _sign(order, encoded, out, events)
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


def _sign(order: Values, encoded: Path, out: Path, events: EventStream) -> None:
    """Sign the finished version: after the last encode, which would drop its credentials."""
    signed = _signed_path(out)
    facts = sign_version(
        events.ask,
        encoded,
        signed,
        original=Path(order["video"]),
        source=order["source"],
        edits=edits_of_export(order),
    )
    out.with_suffix(".credentials.json").write_text(json.dumps(facts), encoding="utf-8")
    signed.replace(out)  # last: once it is there, the work is done
    encoded.unlink()


def _encoded_path(out: Path) -> Path:
    """Return the path of a version that is not signed yet."""
    return out.with_name(f"{out.stem}.encoded.mp4")


def _signed_path(out: Path) -> Path:
    """Return the path of a version that is signed, before its facts are there."""
    return out.with_name(f"{out.stem}.signed.mp4")


def write_path(out: Path, path: FacePath) -> None:
    """Store the face path beside the video, so that the next export does not detect it again."""
    out.with_suffix(".face.json").write_text(json.dumps(path_values(path)), encoding="utf-8")


def _abandon(order: Values) -> None:
    encoded, signed = _encoded_path(Path(order["out"])), _signed_path(Path(order["out"]))
    for each in (encoded, unfinished_path(encoded), signed):
        each.unlink(missing_ok=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    leave(serve(read_order, _export, _abandon, FAULT))
