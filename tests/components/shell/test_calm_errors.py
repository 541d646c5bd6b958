"""An outage ends in one sentence with a way on, wherever it happens; a fault is still shown."""

import errno
import sqlite3
from collections.abc import Callable

import pytest
import streamlit as st
from sqlalchemy.exc import OperationalError, ProgrammingError
from streamlit.runtime import fragment as streamlit_fragment
from streamlit.runtime.scriptrunner import exec_code
from streamlit.testing.v1 import AppTest

from components.shell.calm_errors import install_calm_errors
from talkinghead.core.database import sentence_of
from talkinghead.core.errors import (
    DATABASE_AWAY,
    DISK_FULL,
    ConfigurationError,
    StorageFailed,
)


def full() -> Exception:
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorname = "SQLITE_FULL"
    error = OperationalError("INSERT", {}, cause)
    error.__cause__ = cause
    return error


AWAY = OperationalError("SELECT", {}, Exception("connection refused"))
OUTAGES = [
    (AWAY, DATABASE_AWAY),
    (full(), DISK_FULL),
    (OSError(errno.ENOSPC, "No space left on device"), DISK_FULL),
    (StorageFailed("The file couldn't be read. Try again."), "The file couldn't be read."),
    (ConfigurationError("CAP_RENDER must be a number."), "CAP_RENDER must be a number."),
]


def in_page() -> None:
    import streamlit as st

    from components.shell.calm_errors import install_calm_errors, restore_typed

    install_calm_errors()
    restore_typed()
    st.text_area("Script", "Hello.", key="typed")
    if st.session_state["error"]:
        raise st.session_state["error"]
    st.selectbox("Model", ["one", "two", "three"], key="model")
    st.number_input("Seed", value=1, key="seed")
    st.checkbox("Loud", key="loud")


def in_fragment() -> None:
    import streamlit as st

    from components.shell.calm_errors import install_calm_errors

    install_calm_errors()

    @st.fragment
    def part() -> None:
        if st.session_state["error"]:
            raise st.session_state["error"]

    st.text_area("Script", "Hello.", key="typed")
    part()


def in_dialog() -> None:
    import streamlit as st

    from components.shell.calm_errors import install_calm_errors

    install_calm_errors()

    @st.dialog("A question")
    def question() -> None:
        if st.session_state["error"]:
            raise st.session_state["error"]

    st.text_area("Script", "Hello.", key="typed")
    question()


def in_callback() -> None:
    import streamlit as st

    from components.shell.calm_errors import install_calm_errors, restore_typed

    install_calm_errors()
    restore_typed()

    def order() -> None:
        if st.session_state["error"]:
            raise st.session_state["error"]

    st.text_area("Script", "Hello.", key="typed")
    st.button("Order", key="order", on_click=order)


def words(page: AppTest) -> str:
    """Everything that the page says."""
    texts = [*page.title, *page.markdown, *page.caption]
    return " ".join(each.value for each in texts).replace("\\", "")


@pytest.mark.parametrize("script", [in_page, in_fragment, in_dialog])
@pytest.mark.parametrize(("error", "sentence"), OUTAGES)
def test_an_outage_is_told_calmly_and_ends_by_itself(
    script: Callable[[], None], error: Exception, sentence: str
) -> None:
    page = AppTest.from_function(script)
    page.session_state["error"] = None
    page.run()
    page.session_state["error"] = error
    page.run()
    assert not page.exception
    assert sentence in words(page)
    assert [button.label for button in page.button] == ["Try again"]
    assert not page.title  # the page has its own
    again = "tries again by itself" in words(page)
    lasts = isinstance(error, ConfigurationError)
    assert again is (script is in_page and not lasts)
    page.session_state["error"] = None
    page.run()
    assert not page.exception
    assert "Something went wrong" not in words(page)


def in_blank_page() -> None:
    import streamlit as st

    from components.shell.calm_errors import install_calm_errors

    install_calm_errors()
    raise st.session_state["error"]


def test_a_page_that_an_outage_left_blank_has_a_title() -> None:
    page = AppTest.from_function(in_blank_page)
    page.session_state["error"] = AWAY
    page.run()
    assert [title.value for title in page.title] == ["Something went wrong"]
    assert DATABASE_AWAY in words(page)


def test_a_click_in_an_outage_is_told_calmly() -> None:
    page = AppTest.from_function(in_callback)
    page.session_state["error"] = None
    page.run()
    page.text_area(key="typed").input("Good evening.")
    page.session_state["error"] = AWAY
    page.button(key="order").click().run()
    assert not page.exception
    assert DATABASE_AWAY in words(page)
    page.session_state["error"] = None
    page.run()
    assert page.text_area(key="typed").value == "Good evening."


def test_what_was_typed_is_kept_through_an_outage() -> None:
    page = AppTest.from_function(in_page)
    page.session_state["error"] = None
    page.run()
    page.text_area(key="typed").input("Good evening.")
    page.selectbox(key="model").select("three")
    page.number_input(key="seed").set_value(7)
    page.checkbox(key="loud").check()
    page.run()
    for _ in range(3):
        page.session_state["error"] = AWAY
        page.run()
        assert page.text_area(key="typed").value == "Good evening."
    page.session_state["error"] = None
    page.run()
    kept = (page.selectbox(key="model").value, page.number_input(key="seed").value)
    assert kept == ("three", 7)
    assert page.checkbox(key="loud").value is True


@pytest.mark.parametrize("script", [in_page, in_fragment, in_dialog])
def test_a_fault_of_the_studio_is_shown_as_ever(script: Callable[[], None]) -> None:
    page = AppTest.from_function(script)
    page.session_state["error"] = ValueError("a fault")
    page.run()
    assert len(page.exception) == 1
    assert "Something went wrong" not in words(page)


def test_what_the_database_says_of_a_statement_is_a_fault() -> None:
    assert sentence_of(ProgrammingError("SELECT", {}, Exception("no such column"))) is None


def test_this_streamlit_is_known() -> None:
    assert install_calm_errors()
    assert install_calm_errors()


def test_another_streamlit_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for place in (exec_code, streamlit_fragment):
        monkeypatch.setattr(place, "handle_user_script_exception", None)
    assert not install_calm_errors()
    assert f"Streamlit {st.__version__}" in caplog.text
