"""What a click asks for is done, whatever is clicked next."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from components.shell import atomic_clicks
from components.shell.atomic_clicks import keep_clicks_whole, unbroken


class Clicked(SessionState):
    """A state whose next run answers a click: its callback writes what was asked for."""

    safe: SafeSessionState

    def on_script_will_rerun(self, *args: object, **others: object) -> None:
        self.safe["asked"] = True


def another_click() -> None:
    raise RerunException(RerunData())


@pytest.fixture
def clicked() -> SafeSessionState:
    state = Clicked()
    state.safe = SafeSessionState(state, another_click)
    return state.safe


@pytest.fixture
def without() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SafeSessionState, "on_script_will_rerun", atomic_clicks._broken)
        yield


def test_the_callback_of_a_click_is_finished_before_the_next_click_counts(
    clicked: SafeSessionState,
) -> None:
    keep_clicks_whole()
    clicked.on_script_will_rerun(None)
    assert clicked.filtered_state == {"asked": True}
    with pytest.raises(RerunException):
        clicked["another"] = True


@pytest.mark.usefixtures("without")
def test_streamlit_by_itself_forgets_the_click(clicked: SafeSessionState) -> None:
    """Once this fails, Streamlit does better, and `atomic_clicks` can go."""
    with pytest.raises(RerunException):
        clicked.on_script_will_rerun(None)
    assert clicked.filtered_state == {}


def test_a_callback_that_fails_leaves_the_next_click_in_charge(
    clicked: SafeSessionState, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(state: SafeSessionState, *args: object) -> None:
        raise ValueError("failed")

    monkeypatch.setattr(atomic_clicks, "_broken", fail)
    keep_clicks_whole()
    with pytest.raises(ValueError, match="failed"):
        clicked.on_script_will_rerun(None)
    with pytest.raises(RerunException):
        clicked["another"] = True


def test_what_is_written_unbroken_is_written_as_a_whole(
    clicked: SafeSessionState, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = SimpleNamespace(session_state=clicked)
    monkeypatch.setattr(atomic_clicks, "get_script_run_ctx", lambda **_: run)
    with unbroken():
        clicked["job"] = "ordered"
        clicked["watched"] = "the same"
    assert clicked.filtered_state == {"job": "ordered", "watched": "the same"}
    with pytest.raises(RerunException):
        clicked["job"] = "another"


def test_without_a_page_there_is_nothing_to_interrupt() -> None:
    with unbroken():
        pass
