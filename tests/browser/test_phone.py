"""On a phone no page scrolls sideways, and the next step is in sight."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from talkinghead.jobs.job import JobState
from tests.browser.conftest import PHONE, Server, is_wider_than_its_window
from tests.browser.seeding import Seeder


@pytest.fixture(scope="module")
def full(
    start_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Server, str]:
    folder = tmp_path_factory.mktemp("phone") / "data"
    with Seeder(folder) as seeder:
        video = seeder.videos(30, titles=["Supercalifragilistic" * 5])[0]
        seeder.job("Pneumonoultramicroscopic" * 4, JobState.FAILED, problem="No face was found.")
        bought = {"endpoint_id": "fal-ai/infinitalk/single-text", "charged": None}
        seeder.job("Lopadotemachoselacho" * 5, JobState.UNCONFIRMED, **bought)
        seeder.job("Rhabarberbarbara" * 5, JobState.FAILED, request_id="0" * 36, **bought)
    return start_server(folder), video.id


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("", "dark"),
        ("gallery", "light"),
        ("gallery?video={}", "dark"),
        ("jobs", "light"),
        ("settings", "dark"),
    ],
)
def test_no_page_scrolls_sideways(
    path: str, scheme: str, full: tuple[Server, str], visit: Callable[..., Page]
) -> None:
    server, video_id = full
    address = f"{server.url}/{path.format(video_id)}"
    page = visit(address, viewport=PHONE, color_scheme=scheme)
    assert not is_wider_than_its_window(page)


@pytest.mark.parametrize(
    ("path", "button"), [("gallery", "Create your first video"), ("jobs", "Create a video")]
)
def test_the_next_step_is_in_sight(
    path: str, button: str, hosted: Server, visit: Callable[..., Page]
) -> None:
    page = visit(f"{hosted.url}/{path}", viewport=PHONE)
    expect(page.get_by_role("button", name=button)).to_be_in_viewport()


def test_the_menu_leads_to_every_page(server: Server, visit: Callable[..., Page]) -> None:
    page = visit(f"{server.url}/settings", viewport=PHONE)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Gallery").click()
    expect(page.get_by_role("heading", name="Gallery")).to_be_visible()
