"""The frame: every page opens, and a visitor of a hosted studio keeps their token."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from talkinghead.teams.values import new_session

TOKEN = re.compile(r"[\w-]{43}")


@pytest.mark.parametrize("name", ["gallery", "compare", "jobs", "settings", "verify"])
def test_every_page_opens(name: str, open_page: Callable[..., AppTest]) -> None:
    title = {"jobs": "Renders", "verify": "Verify a video"}.get(name, name.capitalize())
    assert open_page(name).title[0].value == title


def test_a_tab_may_tell_its_id_with_a_run_of_the_whole_page(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page("gallery")  # after a restart, under load, the answer comes with what follows it
    app.session_state["tab_session"] = {"id": new_session()}
    app.run()
    assert not app.exception
    assert app.title[0].value == "Gallery"


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


@pytest.mark.parametrize("chosen", ["letmein", "a" * 43, "ü" * 43, "../local", "local"])
def test_a_token_that_was_never_issued_gets_a_new_gallery_and_a_line_saying_so(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    monkeypatch.setenv("SINGLE_USER", "false")
    app = open_page("gallery", studio=chosen)
    token = app.query_params["studio"]
    assert TOKEN.fullmatch(token)
    assert token != chosen
    assert said_new(app)


def test_a_token_that_was_issued_is_opened_without_a_line(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SINGLE_USER", "false")
    token = open_page("gallery").query_params["studio"]
    again = open_page("gallery", studio=token)
    assert again.query_params["studio"] == token
    assert not said_new(again)


def said_new(app: AppTest) -> bool:
    """Whether the page says that the link is unknown."""
    return any("this is a new gallery" in each.value for each in app.markdown)


def test_a_studio_that_cannot_open_says_what_to_do(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense://user:hunter2@host/db")
    app = open_page("gallery")
    said = " ".join(each.value for each in app.markdown).replace("\\", "")
    assert "DATABASE_URL" in said
    assert "hunter2" not in said
    assert not app.exception
