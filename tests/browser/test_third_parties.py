"""Nothing is loaded from anywhere else, and no text that came from elsewhere is a link.

That no page asks another host is what every browser test asserts (`visit` in conftest).
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from talkinghead.jobs.job import JobState
from tests.browser.conftest import Server, app_ready, keyed, leaves
from tests.browser.seeding import SAMPLES, Seeder

HOSTILE = (
    "www.evil.example WWW.evil.example/x https://evil.example/y http://evil.example "
    "who@evil.example [z](https://evil.example) ![p](https://evil.example/p.png) "
    "<https://evil.example> <img src=https://evil.example/i.png> :red[w](//evil.example) "
    "(www.evil.example) *www.evil.example* `www.evil.example` :material/home: -> $x$"
)
FILE_NAME = "www.evil.example who@evil.example [x](www.evil.example).jpg"


@pytest.fixture(scope="module")
def hostile(
    start_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Server, dict[str, str]]:
    """An app whose jobs and videos have such texts wherever one can stand, and their ids."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    with Seeder(folder) as seeder:
        video = seeder.videos(1, titles=[HOSTILE])[0]
        failed = seeder.job(HOSTILE, JobState.FAILED, problem=HOSTILE)
        seeder.job(
            HOSTILE,
            JobState.DONE,
            video_id=video.id,
            endpoint_id="fal-ai/flashhead",
            estimate=Decimal("1.25"),
            request_id=HOSTILE,
        )
        seeder.note(failed.id, HOSTILE)
    return start_server(folder), {"video": video.id, "failed": failed.id}


def links_elsewhere(page: Page) -> list[str]:
    """Where the links of a page lead that leave the app."""
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.href)")
    return [each for each in found if leaves(page.url, each)]


def test_links_elsewhere_are_found(server: Server, visit: Callable[..., Page]) -> None:
    page = visit(server.url)
    page.evaluate("document.body.append(Object.assign(document.createElement('a'), {href: '//b'}))")
    assert links_elsewhere(page) == ["http://b/"]


def test_titles_problems_and_ids_of_jobs_are_no_links(
    hostile: tuple[Server, dict[str, str]], visit: Callable[..., Page]
) -> None:
    server, ids = hostile
    page = visit(f"{server.url}/jobs")
    card = keyed(page, f"job_{ids['failed']}")
    expect(card).to_contain_text("evil")
    card.get_by_role("button", name="Log").click()
    expect(keyed(page, f"job_log_{ids['failed']}")).to_contain_text("evil")
    assert links_elsewhere(page) == []
    page.goto(f"{server.url}/jobs?view=billing")
    expect(keyed(page, "ledger")).to_contain_text("evil")
    assert links_elsewhere(page) == []


def test_the_title_of_a_video_is_no_link(
    hostile: tuple[Server, dict[str, str]], visit: Callable[..., Page]
) -> None:
    server, ids = hostile
    page = visit(f"{server.url}/gallery")
    assert links_elsewhere(page) == []
    keyed(page, f"open_{ids['video']}").get_by_role("button").click()
    expect(keyed(page, "player").locator("video")).to_be_visible()
    assert links_elsewhere(page) == []


def test_the_name_of_a_file_and_the_words_of_a_script_are_no_links(
    server: Server, visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = visit(server.url)
    portrait = {"name": FILE_NAME, "mimeType": "image/jpeg", "buffer": SAMPLES[0].read_bytes()}
    keyed(page, "create_portrait_upload").locator("input[type=file]").set_input_files(portrait)  # type: ignore[arg-type]
    expect(keyed(page, "create_portrait")).to_contain_text("evil")
    keyed(page, "create_script").locator("textarea").fill(HOSTILE)
    app_ready(page)
    assert links_elsewhere(page) == []
