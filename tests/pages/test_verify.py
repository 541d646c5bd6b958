"""The verify page: an upload, a video of the gallery, and what is said of each."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from talkinghead.content_credentials.signing_desk import SigningDesk
from tests.browser.seeding import Seeder
from tests.content_credentials.signed import signed_version, with_byte_changed
from tests.jobs.made import small_mp4


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed")
    signed_version(SigningDesk(), small_mp4(folder / "plain.mp4", frames=5), folder / "version.mp4")
    return folder / "version.mp4"


def words(app: AppTest) -> str:
    """All words on the page."""
    shown = [*app.title, *app.header, *app.markdown, *app.caption]
    return " ".join(str(each.value) for each in shown).replace("\\", "")


def uploaded(app: AppTest, path: Path) -> str:
    app.file_uploader[0].upload(path.name, path.read_bytes(), "video/mp4").run()
    assert not app.exception
    return words(app)


def test_an_upload_says_who_signed_it_and_what_was_done(
    open_page: Callable[..., AppTest], signed: Path
) -> None:
    app = open_page("verify")
    shown = uploaded(app, signed)
    for each in ("Unchanged since it was signed", "Talking Head Studio", "Yes, generated with AI"):
        assert each in shown
    assert "Cropped to 1:1" in shown
    shown = uploaded(app, with_byte_changed(signed, -20))
    assert "Changed after it was signed" in shown
    assert "Unchanged" not in shown


def test_without_credentials_and_what_is_no_video_are_said(
    open_page: Callable[..., AppTest], signed: Path, tmp_path: Path
) -> None:
    app = open_page("verify")
    assert "No content credentials" in uploaded(app, signed.with_name("plain.mp4"))
    text = tmp_path / "notes.txt"
    text.write_text("no video", encoding="utf-8")
    shown = uploaded(app, text)
    assert "isn't an MP4 video" in shown
    assert "No content credentials" not in shown


def test_a_video_of_the_gallery_is_verified_from_its_address(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    video = seeder.videos(1)[0]
    assert "No content credentials" in words(open_page("verify", video=video.id))
    assert "Video not found" in words(open_page("verify", video="0" * 32))


def test_a_video_of_the_gallery_is_shown_in_place_of_an_earlier_upload_and_the_other_way_round(
    open_page: Callable[..., AppTest], seeder: Seeder, signed: Path
) -> None:
    app = open_page("verify", video=seeder.videos(1)[0].id)
    video = app.query_params["video"]
    assert "Unchanged since it was signed" in uploaded(app, signed)
    assert "video" not in app.query_params
    app.query_params["video"] = video
    app.run()
    assert "The video from your gallery" in words(app)
    assert "Unchanged since it was signed" not in words(app)


def test_settings_say_what_signs_and_lead_here(open_page: Callable[..., AppTest]) -> None:
    app = open_page("settings")
    assert "made its certificate for itself" in words(app)
    app.button(key="open_verify").click().run()
    assert "Verify a video" in words(app)
