"""Each page in an outage and with a wrong setting: a sentence, and afterwards as it was."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import ROOT
from tests.waiting import PAGE_RUN

PAGES = ("create", "gallery", "compare", "jobs", "settings", "verify")
WRONG = [
    ("CAP_RENDER", "$5"),
    ("DATABASE_URL", "mysql://me:secret@host/db"),
    ("DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/db"),
    ("MEDIA_URL", "file://host/secret"),
    ("FAL_KEY", "a secret"),
]


def words(app: AppTest) -> str:
    """What the page says."""
    return " ".join(str(each.value) for each in [*app.title, *app.markdown]).replace("\\", "")


@pytest.fixture
def page(data_dir: Path) -> Callable[[str], AppTest]:
    def run(name: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PAGE_RUN)
        app.switch_page(f"pages/{name}.py")
        return app.run()

    return run


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_on_the_page(
    page: Callable[[str], AppTest], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    app = page("create")
    assert not app.exception
    assert "Something went wrong" in words(app)
    assert name in words(app)
    assert "secret" not in words(app)


def test_a_data_folder_that_is_a_file_is_named_on_the_page(
    page: Callable[[str], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("a file", encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", str(file))
    assert "DATA_DIR is a file" in words(page("gallery"))


@pytest.fixture
def journal_away(data_dir: Path) -> Callable[[bool], None]:
    """Takes the journal's tables away, and gives them back."""

    def change(away: bool) -> None:
        old, new = ("jobs", "jobs_away") if away else ("jobs_away", "jobs")
        videos = ("videos", "videos_away") if away else ("videos_away", "videos")
        with sqlite3.connect(data_dir / "journal.db") as connection:
            connection.execute("PRAGMA legacy_alter_table=ON")
            for before, after in ((old, new), videos):
                connection.execute(f"ALTER TABLE {before} RENAME TO {after}")
        connection.close()

    return change


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_an_outage_is_calm_and_comes_back(
    page: Callable[[str], AppTest], journal_away: Callable[[bool], None], name: str
) -> None:
    app = page(name)
    assert not app.exception
    before = [each.value for each in app.title]
    journal_away(True)
    app.run()
    assert not app.exception
    if name in ("gallery", "jobs"):
        assert "database can't be reached" in words(app)
    journal_away(False)
    app.run()
    assert not app.exception
    assert [each.value for each in app.title] == before
    assert "Something went wrong" not in words(app)
    st.cache_resource.clear()
