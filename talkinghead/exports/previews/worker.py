"""Worker process for previews: `python -m talkinghead.exports.previews.worker`.

The order is that of `talkinghead.core.workers.protocol`: "video", a path, and what is wanted of
it. It answers with one small frame in each style of captions, as JPEG in base64.
"""

import base64
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from talkinghead.av.reshape import reshape_of, reshaped_size
from talkinghead.captions.cues import make_cues
from talkinghead.captions.styles import STYLES, rules_for
from talkinghead.core.workers.protocol import EventStream, leave, serve
from talkinghead.exports.label.overlay import label_of
from talkinghead.exports.previews.drawing import StylePreview, draw_previews
from talkinghead.speech.text.timed_words import words_of

Values = Mapping[str, Any]
FAULT = "Something went wrong. Try again."


def read_order(values: dict[str, Any]) -> Values:
    """Return the order as received.

    Raises:
        KeyError: it does not say of what video.
    """
    values["video"], values["words"]
    return values


def _draw(order: Values, events: EventStream) -> dict[str, Any]:
    reshape = reshape_of(order)
    size = reshaped_size(order["width"], order["height"], reshape)
    words = words_of(order["words"])
    previews = {
        each.id: StylePreview(each, make_cues(words, rules_for(each, *size)))
        for each in STYLES
        if words
    }
    pictures = draw_previews(
        Path(order["video"]),
        previews,
        at=order["at"],
        reshape=reshape,
        label=label_of(order["label"]),
    )
    return {name: base64.b64encode(jpeg).decode() for name, jpeg in pictures.items()}


def _abandon(order: Values) -> None:
    """Do nothing: there is no partial output, the answer is one line."""


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    leave(serve(read_order, _draw, _abandon, FAULT))
