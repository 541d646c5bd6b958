"""Worker process for captions: `python -m talkinghead.captions.worker`.

The order is that of `talkinghead.core.workers.protocol`, with a "task" that says what else is in
it:

words    find when each word of a script is said in a video
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from talkinghead.core.errors import InvalidRecording, RenderFailed
from talkinghead.core.workers.protocol import EventStream, leave, serve
from talkinghead.speech.text.timed_words import word_values, words_of

Values = Mapping[str, Any]
FAULT = "Something went wrong. Try again."


def _words(order: Values, events: EventStream) -> dict[str, Any]:
    from talkinghead.av.sound import read_sound
    from talkinghead.speech.alignment.word_times import word_times

    try:
        sound = read_sound(Path(order["video"]))
    except InvalidRecording as error:
        raise RenderFailed("We couldn't hear any words in this video.") from error
    found = word_times(
        sound,
        order["script"],
        spoken=words_of(order["spoken"]),
        on_progress=lambda done: events.progress(done, None),
    )
    return {"words": word_values(found.words), "source": found.source}


TASKS: Mapping[str, Callable[[Values, EventStream], dict[str, Any]]] = {
    "words": _words,
}


def read_order(values: dict[str, Any]) -> Values:
    """Return the order as received.

    Raises:
        KeyError: there is no such task.
    """
    TASKS[values["task"]]
    return values


def _work(order: Values, events: EventStream) -> dict[str, Any]:
    return TASKS[order["task"]](order, events)


def _abandon(order: Values) -> None:
    """Do nothing: there is no partial output, the answer is one line."""


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    leave(serve(read_order, _work, _abandon, FAULT))
