"""What a click asks for is done, whatever is clicked next."""

import inspect
from collections.abc import Callable
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException, add_script_run_ctx
from streamlit.runtime.state import SafeSessionState, SessionState

from components.shell.atomic_clicks import atomic_clicks, install_atomic_clicks


def streamlits_own() -> type[SafeSessionState]:
    """The class of a run's state as Streamlit has it; a page may have changed it in this process
    before."""

    class State(SafeSessionState):
        on_script_will_rerun = inspect.unwrap(SafeSessionState.on_script_will_rerun)

    return State


def clicked(
    state_class: Callable[..., SafeSessionState], *, failing: bool = False
) -> SafeSessionState:
    """A state whose next run answers a click while another click waits: its callback writes what
    was asked for, or fails."""

    class Clicked(SessionState):
        def on_script_will_rerun(self, *args: object, **others: object) -> None:
            if failing:
                raise ValueError("failed")
            safe["asked"] = True

    def another_click() -> None:
        raise RerunException(RerunData())

    safe = state_class(Clicked(), another_click)
    return safe


def test_the_callback_of_a_click_is_finished_before_the_next_click_counts() -> None:
    own = streamlits_own()
    assert install_atomic_clicks(own)
    state = clicked(own)
    state.on_script_will_rerun(None)
    assert state.filtered_state == {"asked": True}
    with pytest.raises(RerunException):
        state["another"] = True


def test_streamlit_by_itself_forgets_the_click() -> None:
    """Once this fails, Streamlit does better, and `atomic_clicks` can go."""
    state = clicked(streamlits_own())
    with pytest.raises(RerunException):
        state.on_script_will_rerun(None)
    assert state.filtered_state == {}


def test_asked_for_again_nothing_changes() -> None:
    own = streamlits_own()
    install_atomic_clicks(own)
    once = own.on_script_will_rerun
    assert install_atomic_clicks(own)
    assert own.on_script_will_rerun is once


def test_a_callback_that_fails_leaves_the_next_click_in_charge() -> None:
    own = streamlits_own()
    install_atomic_clicks(own)
    state = clicked(own, failing=True)
    with pytest.raises(ValueError, match="failed"):
        state.on_script_will_rerun(None)
    with pytest.raises(RerunException):
        state["another"] = True


class NeverInterrupted:
    """A state of a Streamlit that finishes what it does."""

    def __init__(self, state: Any, yield_callback: Callable[[], None]) -> None:
        self._state, self._yield_callback = state, yield_callback

    def on_script_will_rerun(self, fresh_widget_states: Any) -> None:
        self._state.on_script_will_rerun(fresh_widget_states)


class InterruptedElsewhere(NeverInterrupted):
    """A state that asks to be interrupted through another attribute."""

    def __init__(self, state: Any, yield_callback: Callable[[], None]) -> None:
        super().__init__(state, yield_callback)
        self._interrupt = yield_callback

    def on_script_will_rerun(self, fresh_widget_states: Any) -> None:
        self._interrupt()
        super().on_script_will_rerun(fresh_widget_states)


class WithoutTheAttribute:
    """A state whose constructor takes the interrupting events in another form."""

    def __init__(self, state: Any, *, events: Any) -> None: ...

    def on_script_will_rerun(self, fresh_widget_states: Any) -> None: ...


@pytest.mark.parametrize(
    "unknown", [NeverInterrupted, InterruptedElsewhere, WithoutTheAttribute, object]
)
def test_a_streamlit_that_is_not_known_is_left_as_it_is_and_the_log_says_so(
    unknown: type, caplog: pytest.LogCaptureFixture
) -> None:
    before = getattr(unknown, "on_script_will_rerun", None)
    assert not install_atomic_clicks(unknown)
    assert getattr(unknown, "on_script_will_rerun", None) is before
    assert "not known here" in caplog.text


def in_a_run(state: Any, write: Callable[[], None]) -> list[BaseException]:
    """Call `write` as a page's run does, on this state; what it raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            write()
        except BaseException as error:  # noqa: BLE001  the test looks at it
            raised.append(error)

    thread = Thread(target=run)
    drawn = SimpleNamespace(widget_ids_this_run=set(), form_ids_this_run=set())
    context: Any = SimpleNamespace(session_state=state, shared=drawn)
    add_script_run_ctx(thread, context)
    thread.start()
    thread.join()
    return raised


def test_what_is_written_unbroken_is_written_as_a_whole() -> None:
    own = streamlits_own()
    install_atomic_clicks(own)
    state = clicked(own)

    def write() -> None:
        with atomic_clicks():
            state["job"] = "ordered"
            state["watched"] = "the same"

    assert in_a_run(state, write) == []
    assert state.filtered_state == {"job": "ordered", "watched": "the same"}
    with pytest.raises(RerunException):
        state["job"] = "another"


def test_in_a_streamlit_that_is_not_known_writing_goes_on_as_it_does_there() -> None:
    state = NeverInterrupted(SessionState(), lambda: None)

    def write() -> None:
        with atomic_clicks():
            state.on_script_will_rerun(None)

    assert in_a_run(state, write) == []


def test_without_a_page_there_is_nothing_to_interrupt() -> None:
    with atomic_clicks():
        pass
