"""Shows outages and wrong settings in one sentence with a way on, instead of Streamlit's raw box.

Streamlit ends every failed run in one function, whether a page, a fragment, a dialog or a callback
failed. In its place, an error that has a sentence (`sentence_of`) is shown calmly; the page then
tries again by itself. What a person typed stays in the session meanwhile: a run that fails leaves
the widgets' values as they are, and the first run that succeeds sends them to the browser again.
Every other error is a fault of the studio, and Streamlit shows and logs it as ever.

It replaces a function that is not public, so where Streamlit is not the one that is known here, it
is left as it is and that is logged.
"""

import logging
from collections.abc import Callable
from datetime import date, time
from typing import Any

import streamlit as st
from streamlit.proto.RootContainer_pb2 import RootContainer
from streamlit.runtime import fragment as streamlit_fragment
from streamlit.runtime.scriptrunner import exec_code, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from components.shell.navigation import NAME
from components.shell.notices import plain
from talkinghead.core.database import sentence_of
from talkinghead.core.errors import ConfigurationError

RETRY = 5.0  # seconds until the page looks again by itself
FAILED = "run_failed"
"""The key in the session's state that says that the last run of the page ended in an outage."""
TITLE = "Something went wrong"
KEPT = "What you typed is kept."
_HANDLER = "handle_user_script_exception"
_TYPED = (str, int, float, date, time, tuple)

Handler = Callable[[Exception, Any], None]

_log = logging.getLogger(__name__)


def install_calm_errors() -> bool:
    """Show errors that have a sentence calmly, in every run of this process. Idempotent.

    Returns:
        Whether they will be; False where this Streamlit is not known here, and is left as it is.
    """
    places = (exec_code, streamlit_fragment)
    handlers = [getattr(place, _HANDLER, None) for place in places]
    if all(isinstance(handler, _CalmHandler) for handler in handlers):
        return True
    if not all(callable(handler) for handler in handlers):
        _log.warning(
            "Streamlit %s shows errors in a way that is not known here; an outage is shown as it "
            "shows any other error",
            st.__version__,
        )
        return False
    for place, handler in zip(places, handlers, strict=True):
        if handler is not None and not isinstance(handler, _CalmHandler):
            setattr(place, _HANDLER, _CalmHandler(handler))
    return True


def restore_typed() -> None:
    """After an outage, send what was typed before it to the browser again; called as a page
    begins."""
    if not st.session_state.pop(FAILED, False):
        return
    for key in list(st.session_state):
        value = st.session_state[key]
        if value is True or (isinstance(value, _TYPED) and not isinstance(value, bool)):
            st.session_state[key] = value


class _CalmHandler:
    """Takes the place of Streamlit's handler of uncaught errors."""

    def __init__(self, otherwise: Handler) -> None:
        self._otherwise = otherwise

    def __call__(self, error: Exception, on_script_error: Any) -> None:
        sentence = sentence_of(error)
        if sentence is None:
            self._otherwise(error, on_script_error)
            return
        _log.warning("a page could not be shown (%s): %s", type(error).__name__, sentence)
        try:
            _show(sentence, lasts=isinstance(error, ConfigurationError))
        except Exception:  # noqa: BLE001  showing it must not hide what went wrong
            _log.exception("an outage could not be shown")
            self._otherwise(error, on_script_error)


def _show(sentence: str, *, lasts: bool) -> None:
    fragment_id = ThreadState.get().fragment_id
    place = fragment_id or "page"
    if fragment_id is None:
        st.session_state[FAILED] = True
        st.set_page_config(page_title=f"{TITLE} · {NAME}")  # the next run sets the page's own
    untitled = fragment_id is None and _is_blank()
    if untitled:
        st.title(TITLE, anchor=False)
    with st.container(border=True, key=f"outage_{place}"):
        if not untitled:
            st.markdown(f"**:material/cloud_off: {TITLE}**")
        st.markdown(plain(sentence))
        if not lasts:
            st.caption(KEPT if fragment_id else f"{KEPT} This page tries again by itself.")
        st.button("Try again", key=f"try_again_{place}", icon=":material/refresh:")
    if fragment_id is None:
        _look_again()


def _is_blank() -> bool:
    """Whether this run has drawn nothing of the page yet, its title neither."""
    context = get_script_run_ctx(suppress_warning=True)
    drawn = context.cursors.get(RootContainer.MAIN) if context else None
    return drawn is None or drawn.index == 0


def _look_again() -> None:
    seen: list[bool] = []

    @st.fragment(run_every=RETRY)
    def look() -> None:
        if seen:
            st.rerun()
        seen.append(True)

    look()
