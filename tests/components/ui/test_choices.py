"""What a radio group returns."""

from streamlit.testing.v1 import AppTest

from tests.waiting import PAGE_RUN


def group() -> None:
    import streamlit as st

    from components.ui.choices import Choice, choices

    options = [Choice("a", "A"), Choice("b", "B"), Choice("c", "C", disabled=True)]
    st.text(choices("Letters", options, key="letters", look="rows", default="a"))
    st.text(choices("None", options, key="none", look="pills") or "nothing")


def returned(held: str | None) -> list[str]:
    at = AppTest.from_function(group, default_timeout=PAGE_RUN)
    if held:
        at.session_state["letters"] = {"chosen": held}
    return [text.value for text in at.run().text]


def test_the_chosen_option_is_returned() -> None:
    assert returned("b") == ["b", "nothing"]


def test_without_a_choice_the_default_is_returned() -> None:
    assert returned(None) == ["a", "nothing"]


def test_a_choice_that_is_gone_or_disabled_falls_back_to_the_default() -> None:
    assert returned("z") == returned("c") == ["a", "nothing"]
