"""The frame: every page opens, and a visitor of a hosted studio keeps their token."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

TOKEN = re.compile(r"[\w-]{43}")


@pytest.mark.parametrize("name", ["gallery", "compare", "jobs", "settings"])
def test_every_page_opens(name: str, open_page: Callable[..., AppTest]) -> None:
    assert open_page(name).title[0].value == name.capitalize()


def test_alone_on_ones_machine_there_is_no_token(open_page: Callable[..., AppTest]) -> None:
    assert "studio" not in open_page("gallery").query_params


def test_a_new_visitor_gets_a_token(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SINGLE_USER", "false")
    assert TOKEN.fullmatch(open_page("gallery").query_params["studio"])


def test_a_token_comes_back_after_the_address_lost_it(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SINGLE_USER", "false")
    app = open_page("gallery")
    token = app.query_params["studio"]
    app.query_params.clear()
    app.run()
    assert app.query_params["studio"] == token


def test_a_token_that_could_be_guessed_is_replaced(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SINGLE_USER", "false")
    assert TOKEN.fullmatch(open_page("gallery", studio="letmein").query_params["studio"])


def test_a_studio_that_cannot_open_says_what_to_do(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense://user:hunter2@host/db")
    app = open_page("gallery")
    assert "DATABASE_URL" in app.error[0].value
    assert "hunter2" not in app.error[0].value
