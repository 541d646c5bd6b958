"""Worker process for drafts: `python -m talkinghead.draft.worker`.

The order is that of `talkinghead.core.workers.protocol`: a `DraftOrder` and "out", the MP4's path;
the report is `DraftReport`'s. The times of its words are written beside the video, where they are
known.
"""

import json
import logging
from pathlib import Path
from typing import Any

from talkinghead.av.video_writer import unfinished_path
from talkinghead.core.workers.protocol import EventStream, leave, serve
from talkinghead.draft.pipeline import render_draft
from talkinghead.draft.values import DraftOrder
from talkinghead.speech.alignment.realign import realigned
from talkinghead.speech.alignment.word_times import shown_text
from talkinghead.speech.text.timed_words import word_values

FAULT = "Something went wrong in the studio, so the draft couldn't be rendered. Try again."


def read_order(values: dict[str, Any]) -> tuple[DraftOrder, Path]:
    """Return the order and the MP4's path.

    Raises:
        ValueError, KeyError, TypeError: the values are no order.
    """
    out = Path(values.pop("out"))
    paths = {
        name: Path(values[name])
        for name in ("portrait", "recording")
        if values.get(name) is not None
    }
    return DraftOrder(**(values | paths)), out


def _rendered(order: tuple[DraftOrder, Path], events: EventStream) -> dict[str, Any]:
    report = render_draft(*order, events.progress, events.piece)
    draft, out = order
    if draft.script and report.words:
        words = word_values(realigned(report.words, shown_text(draft.script)))
        words_path(out).write_text(json.dumps(words), encoding="utf-8")
    return report.as_json()


def words_path(video: Path) -> Path:
    """Return the path of the JSON with text, start and end of each word of a draft."""
    return video.with_suffix(".words.json")


def _abandon(order: tuple[DraftOrder, Path]) -> None:
    unfinished_path(order[1]).unlink(missing_ok=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    leave(serve(read_order, _rendered, _abandon, FAULT))
