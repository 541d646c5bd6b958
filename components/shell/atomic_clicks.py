"""What a button's callback does is done in full, even where another click follows at once.

Streamlit leaves off what it does as soon as something else is clicked. It does so before and within
the callbacks of the first click, too, and then nothing remembers that click: an order or a removal
would be lost without a word. With this, a run breaks off only once its callbacks are over. A button
that is asked for its click (`if st.button`) can still be overtaken, and then nothing was done.

`.streamlit/config.toml` turns fast reruns off for the same reason: they begin the next run beside
the one that is being left, on the same state.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState

_broken = SafeSessionState.on_script_will_rerun


def keep_clicks_whole() -> None:
    """Have every run of this process finish its callbacks; calling it again changes nothing."""
    SafeSessionState.on_script_will_rerun = _whole  # type: ignore[method-assign, assignment]


@contextmanager
def unbroken() -> Iterator[None]:
    """What is written to the session within is written as a whole, whatever is clicked meanwhile.

    A command that draws something can still end the run.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        yield
        return
    with _uninterrupted(context.session_state):
        yield


def _whole(state: SafeSessionState, *widget_states: Any, **replayed: Any) -> None:
    with _uninterrupted(state):
        _broken(state, *widget_states, **replayed)


@contextmanager
def _uninterrupted(state: SafeSessionState) -> Iterator[None]:
    interrupt = state._yield_callback
    object.__setattr__(state, "_yield_callback", _go_on)  # its own way: it keeps values by name
    try:
        yield
    finally:
        object.__setattr__(state, "_yield_callback", interrupt)


def _go_on() -> None:
    """Nothing interrupts."""
