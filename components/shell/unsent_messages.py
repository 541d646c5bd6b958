"""Sends all that a run has drawn, also if a fragment runs before the browser has it.

Streamlit collects what a run draws and sends it a moment later. When a fragment begins to run
meanwhile, it drops what that fragment drew before and keeps everything else: what a fragment within
it drew, and what comes after it on the page. The browser then has no place for that, throws and
loses the connection. With this, nothing is dropped; a run of the whole page still begins with
nothing.

It replaces a method of a class that is not public. So it tries it at start, and where it is not the
one it knows it leaves Streamlit as it is and logs that.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import forward_msg_queue as streamlit_queue

from components.shell.streamlit_methods import replace_method

QUEUE_CLASS: type[Any] = getattr(streamlit_queue, "ForwardMsgQueue", object)
"""Of what a browser is still to be sent."""

_keeping: set[type[Any]] = set()


def install_unsent_messages(queue_class: type[Any] = QUEUE_CLASS) -> bool:
    """Keep what is still to be sent when a fragment runs, in this process. Idempotent.

    Args:
        queue_class: Streamlit's.

    Returns:
        Whether it is kept; False where this Streamlit works in a way that is not known here, and is
        left as it is.
    """
    return replace_method(
        queue_class,
        "clear",
        _keeping_all,
        is_known=_is_known,
        replaced=_keeping,
        otherwise="it drops messages, and a busy page may need a reload",
    )


def _is_known(queue_class: type[Any]) -> bool:
    """Return whether a queue that is cleared for a fragment drops what that fragment drew, and
    nothing for no fragment."""
    drawn = ForwardMsg()
    drawn.delta.fragment_id = "a fragment"
    try:
        queue = queue_class()
        queue.enqueue(drawn)
        queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[])
        kept = len(queue)
        queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["a fragment"])
    except Exception:  # noqa: BLE001  whatever an unknown Streamlit does here, the studio starts
        return False
    return kept == 1 and len(queue) == 0


def _keeping_all(method: Callable[..., None]) -> Callable[..., None]:
    @wraps(method)
    def clear(
        queue: Any,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        fragments: list[str] | None = None if fragment_ids_this_run is None else []
        method(queue, retain_lifecycle_msgs, fragments)

    return clear
