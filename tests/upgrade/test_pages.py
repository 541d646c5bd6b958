"""Today's pages on the folder of a studio of 2b5e00a, by the addresses that people keep."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.shell.notices import plain
from talkinghead.catalogue import MODELS
from tests.upgrade.yesterday import EXPECTED, restore
from tests.waiting import PAGE_RUN

ROOT = Path(__file__).parents[2]
OpenPage = Callable[..., AppTest]
UNDER_WAY: dict[str, dict[str, Any]] = EXPECTED["under_way"]
PROJECTS: dict[str, dict[str, Any]] = EXPECTED["projects"]


@pytest.fixture(scope="module")
def open_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPage]:
    """Opens a page of a studio without a key, so that nothing is ordered: `open_page("gallery",
    video="…")`."""
    folder = tmp_path_factory.mktemp("pages")
    restore(folder)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "MEDIA_URL", "FAL_KEY", "FAL_PROXY_URL"):
            patch.delenv(name, raising=False)
        patch.setenv("DATA_DIR", str(folder / "data"))
        patch.setenv("SINGLE_USER", "true")
        patch.chdir(ROOT)
        st.cache_resource.clear()
        yield opened
        st.cache_resource.clear()  # closes the studio


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What opens the same workspace where it is somebody's own, on an app for everybody."""
    secret = "a" * 43  # no more than its hash is on record
    restore(tmp_path)
    with closing(
        sqlite3.connect(tmp_path / "data" / "journal.db", isolation_level=None)
    ) as journal:
        digest = hashlib.sha256(secret.encode()).hexdigest()
        journal.execute("UPDATE workspaces SET token_hash = ?", [digest])
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SINGLE_USER", "false")
    st.cache_resource.clear()
    yield secret
    st.cache_resource.clear()


def opened(name: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PAGE_RUN)
    app.switch_page(f"pages/{name}.py")
    for parameter, value in query.items():
        app.query_params[parameter] = value
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """All that can be read on the page."""
    shown = (
        *app.title,
        *app.header,
        *app.subheader,
        *app.markdown,
        *app.caption,
        *app.text,
        *app.error,
    )
    return "\n".join(str(element.value) for element in shown)


def project_of(source: str) -> str:
    """The id of the project that was kept with a speech, or with a recording."""
    return next(
        project_id
        for project_id, held in PROJECTS.items()
        if held["source"] == source and (held["made"] or held["recording"])
    )


def test_the_address_of_a_project_brings_its_script_its_speech_and_its_model(
    open_page: OpenPage,
) -> None:
    project_id = project_of("script")
    app = open_page("create", project=project_id)
    assert app.text_area("create_script").value == PROJECTS[project_id]["script"]
    assert app.query_params["project"] == project_id
    said = words(app)
    assert all(plain(sentence["text"]) in said for sentence in EXPECTED["speeches"][0]["sentences"])
    assert app.session_state["project_kept"].endpoint_id == "fal-ai/infinitalk"


def test_the_address_of_a_project_brings_its_recording(open_page: OpenPage) -> None:
    app = open_page("create", project=project_of("recording"))
    assert "country" in words(app)


@pytest.mark.parametrize("name", ["rendering", "film", "draft", "unconfirmed"])
def test_the_address_of_a_job_opens_it_with_its_inputs(open_page: OpenPage, name: str) -> None:
    job = UNDER_WAY[name]
    app = open_page("create", project=job["id"], job=job["id"])
    assert app.text_area("create_script").value == job["title"]
    assert app.query_params["job"] == job["id"]


def cards_of(videos: list[dict[str, Any]]) -> set[str]:
    """The keys of the cards; a version stands under its video."""
    return {f"open_{video['id']}" for video in videos if not video["made_from"]}


def test_the_gallery_shows_every_video(open_page: OpenPage) -> None:
    app = open_page("gallery")
    keys = {button.key for button in app.button}
    assert cards_of(EXPECTED["videos"]) <= keys
    [version] = [video for video in EXPECTED["videos"] if video["made_from"]]
    assert f"open_{version['id']}" not in keys
    assert f"open_{EXPECTED['deleted']['id']}" not in keys


def test_the_address_of_a_gallery_of_ones_own_opens_it(open_page: OpenPage, token: str) -> None:
    keys = {button.key for button in open_page("gallery", studio=token).button}
    assert cards_of(EXPECTED["videos"]) <= keys


def test_the_address_of_a_video_opens_it(open_page: OpenPage) -> None:
    [version] = [video for video in EXPECTED["videos"] if video["made_from"]]
    app = open_page("gallery", video=version["id"])
    assert app.query_params["video"] == version["id"]


def test_a_blind_comparison_names_nobody(open_page: OpenPage) -> None:
    [blind] = [kept for kept in EXPECTED["comparisons"] if kept["hides_names"]]
    app = open_page("compare", comparison=blind["id"])
    assert blind["title"] in words(app)
    assert [model.title for model in MODELS if model.title in words(app)] == []


def test_the_jobs_page_tells_of_every_open_job(open_page: OpenPage) -> None:
    said = words(open_page("jobs"))
    titles = [plain(job["title"]) for job in UNDER_WAY.values()]
    assert [title for title in titles if title not in said] == []
