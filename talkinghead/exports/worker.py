"""Work on finished videos in a process of its own: `python -m talkinghead.exports.worker`.

The order is that of `talkinghead.core.worker_process`, with a "task" that says what else is in it:

finish   write a video anew, in another shape, with captions, or both
words    find when each word of a script is said in a video
looks    one frame of a video in each style of captions, small
"""

import base64
import json
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from talkinghead.av.face_path import FacePath
from talkinghead.av.reshape import Reshape
from talkinghead.av.video_writer import unfinished_path
from talkinghead.captions.cues import make_cues
from talkinghead.captions.records import cues_of, path_of, path_values
from talkinghead.core.errors import InvalidRecording, RenderFailed
from talkinghead.core.worker_process import EventStream, leave, serve
from talkinghead.speech.text.timed_words import word_values, words_of

Values = Mapping[str, Any]
FAULT = "This could not be done because of a fault in the studio. Try again."


def _finish(order: Values, events: EventStream) -> dict[str, Any]:
    from talkinghead.captions.styles import style
    from talkinghead.exports.encode import Captions, finish_video

    out, captions, path = Path(order["out"]), None, None
    if order["face"]:
        path = path_of(json.loads(Path(order["face"]).read_bytes()))
    if order["style"]:
        captions = Captions(cues_of(order["cues"]), style(order["style"]))
    facts = finish_video(
        Path(order["video"]),
        out,
        reshape=_reshape(order),
        captions=captions,
        path=path,
        on_path=lambda found: write_path(out, found),
        on_progress=lambda done: events.progress(done, None),
    )
    return {"seconds": facts.seconds, "width": facts.width, "height": facts.height}


def write_path(out: Path, path: FacePath) -> None:
    """Keep where the face is beside the video: the next version need not look for it."""
    out.with_suffix(".face.json").write_text(json.dumps(path_values(path)), encoding="utf-8")


def _words(order: Values, events: EventStream) -> dict[str, Any]:
    from talkinghead.av.sound import read_sound
    from talkinghead.speech.alignment.word_times import word_times

    try:
        sound = read_sound(Path(order["video"]))
    except InvalidRecording as error:
        raise RenderFailed("This video has no sound in which words could be found.") from error
    found = word_times(
        sound,
        order["script"],
        spoken=words_of(order["spoken"]),
        on_progress=lambda done: events.progress(done, None),
    )
    return {"words": word_values(found.words), "source": found.source}


def _looks(order: Values, events: EventStream) -> dict[str, Any]:
    from talkinghead.captions.painting.looks import Look, draw_looks
    from talkinghead.captions.styles import STYLES, rules_for
    from talkinghead.exports.encode import finished_size

    reshape = _reshape(order)
    size = finished_size(order["width"], order["height"], reshape)
    words = words_of(order["words"])
    looks = {
        each.id: Look(each, make_cues(words, rules_for(each, *size))) for each in STYLES if words
    }
    pictures = draw_looks(Path(order["video"]), looks, at=order["at"], reshape=reshape)
    return {name: base64.b64encode(jpeg).decode() for name, jpeg in pictures.items()}


TASKS: Mapping[str, Callable[[Values, EventStream], dict[str, Any]]] = {
    "finish": _finish,
    "words": _words,
    "looks": _looks,
}


def _reshape(order: Values) -> Reshape | None:
    if not order["shape"]:
        return None
    red, green, blue = order["colour"]
    return Reshape(order["shape"], order["fit"], (red, green, blue))


def read_order(values: dict[str, Any]) -> Values:
    """The order as it came.

    Raises:
        KeyError: there is no such task.
    """
    TASKS[values["task"]]
    return values


def _work(order: Values, events: EventStream) -> dict[str, Any]:
    return TASKS[order["task"]](order, events)


def _abandon(order: Values) -> None:
    if "out" in order:
        unfinished_path(Path(order["out"])).unlink(missing_ok=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    leave(serve(read_order, _work, _abandon, FAULT))
