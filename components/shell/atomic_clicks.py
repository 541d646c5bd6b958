"""Makes button callbacks atomic: a callback finishes even if another click interrupts the run.

Streamlit leaves off what it does as soon as something else is clicked. It does so before and within
the callbacks of the first click, too, and then nothing remembers that click: an order or a removal
would be lost without a word. With this, a run breaks off only once its callbacks are over. A button
that is asked for its click (`if st.button`) can still be overtaken, and then nothing was done.

It replaces one method of Streamlit and reaches into one of its private attributes. So it tries both
at start, and where they are not the ones it knows it leaves Streamlit as it is and logs that.

`.streamlit/config.toml` turns fast reruns off for the same reason: they begin the next run beside
the one that is being left, on the same state.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from streamlit.runtime import state as streamlit_state
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.shell.streamlit_methods import replace_method

STATE_CLASS: type[Any] = getattr(streamlit_state, "SafeSessionState", object)
"""Of the state that a run works on; it asks to be interrupted before it does anything."""

_atomic: set[type[Any]] = set()


def install_atomic_clicks(state_class: type[Any] = STATE_CLASS) -> bool:
    """Make every run of this process finish its callbacks. Idempotent.

    Args:
        state_class: Streamlit's.

    Returns:
        Whether they will be finished; False where this Streamlit works in a way that is not known
        here, and is left as it is.
    """
    return replace_method(
        state_class,
        "on_script_will_rerun",
        _finishing,
        is_known=_is_known,
        replaced=_atomic,
        otherwise="a click that another one follows at once may be lost",
    )


@contextmanager
def atomic_clicks() -> Iterator[None]:
    """Context manager: session state written inside is written as a whole, even if a click
    interrupts the run.

    A command that draws something can still end the run.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or type(context.session_state) not in _atomic:
        yield
        return
    with _uninterrupted(context.session_state):
        yield


def _is_known(state_class: type[Any]) -> bool:
    """Return whether a state class yields to interrupts at the start of a run, and only through the
    attribute that is replaced here."""
    asked: list[str] = []
    try:
        state = state_class(_NoState(), lambda: asked.append("interrupt"))
        with _uninterrupted(state):
            state.on_script_will_rerun(None)
        if asked:
            return False
        state.on_script_will_rerun(None)
    except Exception:  # noqa: BLE001  whatever an unknown Streamlit does here, the studio starts
        return False
    return bool(asked)


class _NoState:
    """The state of a session in which nothing was clicked."""

    def on_script_will_rerun(self, *widget_states: Any, **replayed: Any) -> None:
        """Do nothing: there are no callbacks."""


def _finishing(method: Callable[..., None]) -> Callable[..., None]:
    @wraps(method)
    def on_script_will_rerun(state: Any, *widget_states: Any, **replayed: Any) -> None:
        with _uninterrupted(state):
            method(state, *widget_states, **replayed)

    return on_script_will_rerun


@contextmanager
def _uninterrupted(state: Any) -> Iterator[None]:
    interrupt = state._yield_callback
    object.__setattr__(state, "_yield_callback", _go_on)  # its own way: it keeps values by name
    try:
        yield
    finally:
        object.__setattr__(state, "_yield_callback", interrupt)


def _go_on() -> None:
    """Replacement for Streamlit's yield callback: never interrupts."""
