"""The opened video: a page with an address, its versions, words and facts."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.videos.video_dialogs import EXPORT, OPEN
from talkinghead.captions.repository import StoredCaptions, write_captions
from talkinghead.jobs.job import Video
from tests.browser.seeding import Seeder

OpenPage = Callable[..., AppTest]


def titles(app: AppTest) -> list[str]:
    return [str(title.value) for title in app.title]


def headers(app: AppTest) -> list[str]:
    return [str(header.value) for header in app.header]


def keys(app: AppTest) -> list[str]:
    return [str(each.key) for each in (*app.button, *app.get("download_button"))]


def playing(app: AppTest) -> str:
    """The address of the video in the player."""
    [player] = app.get("video")
    return str(player.proto.url)


def captioned(seeder: Seeder, **changes: Any) -> Video:
    """A video whose captions are written."""
    [video] = seeder.videos(1, titles=["Meet the desk"], **changes)
    with seeder.database.writing() as connection:
        kept = StoredCaptions("engine", [["Hello", 0.1, 0.6], ["there.", 0.7, 1.2]], [])
        write_captions(connection, seeder.workspace, video.id, kept)
    return video


def test_an_opened_video_is_a_page_with_its_words_and_facts(
    open_page: OpenPage, seeder: Seeder
) -> None:
    video = captioned(seeder, dollars=Decimal("0.5"))
    app = open_page("gallery", video=video.id)
    assert titles(app) == ["Meet the desk"]
    assert headers(app) == ["Captions", "Script", "Details"]
    assert app.text[0].value == "The words of Meet the desk"
    said = [each.value for each in app.markdown]
    for fact in ("Draft", r"$0\.50", "Heart"):
        assert any(fact in each for each in said), fact
    assert len(app.get("video")) == 1
    assert {"video_back", "video_export", "download_video"} <= set(keys(app))


def test_back_leads_to_the_gallery_as_it_was_left(open_page: OpenPage, seeder: Seeder) -> None:
    seeder.videos(3, titles=["Alpha", "Beta", "Gamma"])
    app = open_page("gallery", words="beta")
    [card] = [button for button in app.button if str(button.key).startswith("open_")]
    card.click().run()
    assert titles(app) == ["Beta"]
    assert "words" not in app.query_params
    app.button(key="video_back").click().run()
    assert titles(app) == ["Gallery"]
    assert app.query_params["words"] == "beta"
    assert "video" not in app.query_params


def test_a_version_shows_with_its_original_and_the_other_versions(
    open_page: OpenPage, seeder: Seeder
) -> None:
    [original] = seeder.videos(1, titles=["Sale"])
    versions = seeder.videos(2, titles=["Sale (9:16)", "Sale (1:1)"], made_from=original.id)
    app = open_page("gallery", video=versions[0].id)
    assert titles(app) == ["Sale"]
    key = f"versions {original.id}"
    assert app.session_state[key]["chosen"] == versions[0].id
    assert playing(app) != playing(open_page("gallery", video=versions[1].id))


def test_a_version_whose_original_is_gone_stands_alone(open_page: OpenPage, seeder: Seeder) -> None:
    [version] = seeder.videos(1, titles=["Sale upright"], made_from="f" * 32)
    app = open_page("gallery", video=version.id)
    assert titles(app) == ["Sale upright"]
    assert "video_export" not in keys(app)
    assert f"versions {version.id}" not in app.session_state


def test_captions_are_edited_in_place_and_done_leads_back_to_the_lines(
    open_page: OpenPage, seeder: Seeder
) -> None:
    app = open_page("gallery", video=captioned(seeder).id)
    assert not app.text_input
    app.button(key="captions_edit").click().run()
    [line] = app.text_input
    line.set_value("Well hello there.").run()
    app.button(key="captions_done").click().run()
    assert not app.text_input
    assert "captions_edit" in keys(app)
    viewer = app.session_state["viewer"]
    captions = viewer.workspace.captions.find(app.query_params["video"])
    assert captions.cues[0].text == "Well hello there."


def test_a_recording_asks_for_a_transcript(open_page: OpenPage, seeder: Seeder) -> None:
    recording = {"audio_url": f"asset:{1:064x}.wav"}
    [video] = seeder.videos(1, arguments=recording)
    app = open_page("gallery", video=video.id)
    assert [area.label for area in app.text_area] == ["Transcript"]
    assert headers(app) == ["Captions", "Details"]


def opened_form(open_page: OpenPage, video: Video) -> AppTest:
    app = open_page("gallery", video=video.id)
    app.button(key="video_export").click().run()
    assert app.session_state[OPEN] == (EXPORT, video.id)
    return app


def ordered(app: AppTest) -> list[dict[str, Any]]:
    """The arguments of the exports that were ordered, in their order."""
    jobs = app.session_state["viewer"].workspace.jobs.list()
    return [job.arguments for job in reversed(jobs)]


def test_every_shape_in_every_style_is_one_click(open_page: OpenPage, seeder: Seeder) -> None:
    video = captioned(seeder)
    app = opened_form(open_page, video)
    assert app.button(key="make_version").label == "Export 1 version"
    app.checkbox(key=f"export_shape {video.id} original").uncheck()
    for shape in ("9:16", "1:1", "16:9"):
        app.checkbox(key=f"export_shape {video.id} {shape}").check()
    app.checkbox(key=f"export_style {video.id} pop").check().run()
    assert app.button(key="make_version").label == "Export 6 versions"
    app.selectbox(key=f"export_label_language {video.id}").set_value("de")
    app.button(key="make_version").click().run()
    assert not app.exception
    made = ordered(app)
    assert [(each["shape"], each["style"], each["size"]) for each in made] == [
        (shape, style, size)
        for shape, size in (("9:16", [1080, 1920]), ("1:1", [1080, 1080]), ("16:9", [1920, 1080]))
        for style in ("highlight", "pop")
    ]
    assert {each["label"]["text"] for each in made} == {"AI · KI-generiert"}
    assert len([key for key in keys(app) if key.startswith("cancel_version")]) == 6
    app.button(key=next(key for key in keys(app) if key.startswith("cancel_version"))).click().run()
    assert len([key for key in keys(app) if key.startswith("cancel_version")]) == 5


def test_a_label_is_turned_off_with_a_reason_only(open_page: OpenPage, seeder: Seeder) -> None:
    recording = {"audio_url": f"asset:{1:064x}.wav"}
    [video] = seeder.videos(1, arguments=recording)
    app = opened_form(open_page, video)
    app.toggle(key=f"export_label_on {video.id}").set_value(False).run()
    app.button(key="make_version").click().run()
    assert [error.value for error in app.error] == [
        r"Say why there is no label\. The reason is kept with the version\."
    ]
    assert len(app.run().error) == 1  # also after previews drew the page again
    assert ordered(app) == []
    reason = "The page says so."
    app.text_input(key=f"export_label_reason {video.id}").set_value(reason).run()
    assert not app.error
    app.button(key="make_version").click().run()
    [made] = ordered(app)
    assert made["label_off_reason"] == reason
    assert "label" not in made


def test_a_download_offers_an_export_where_there_is_none(
    open_page: OpenPage, seeder: Seeder
) -> None:
    [video] = seeder.videos(1)
    app = open_page("gallery", video=video.id)
    app.button(key="download_video").click().run()
    assert app.session_state[OPEN] == (EXPORT, video.id)
    assert "download_original" in keys(app)


def test_a_video_that_is_deleted_comes_back_from_the_gallery(
    open_page: OpenPage, seeder: Seeder
) -> None:
    [video, _] = seeder.videos(2, titles=["Going", "Staying"])
    app = open_page("gallery", video=video.id)
    app.menu_button(key="video_menu").click("Delete").run()
    assert titles(app) == ["Gallery"]
    app.button(key="undo_delete").click().run()
    assert len([key for key in keys(app) if key.startswith("open_")]) == 2


def test_the_receipt_offers_both_files_and_what_platforms_ask(
    open_page: OpenPage, seeder: Seeder
) -> None:
    [video] = seeder.videos(1)
    app = open_page("gallery", video=video.id)
    app.menu_button(key="video_menu").click("Receipt").run()
    assert not app.exception
    texts = "\n".join(str(each.value) for each in app.markdown)
    assert "Google Ads" in texts
    assert "syntheticContentAttestationStatus=IS" in texts.replace("\\", "")
    assert {"receipt_page", "receipt_json"} <= {button.key for button in app.get("download_button")}


@pytest.mark.parametrize("chosen", ["Rename", "Move to folder", "Receipt"])
def test_a_dialog_stays_while_the_page_draws_itself_again(
    open_page: OpenPage, seeder: Seeder, chosen: str
) -> None:
    [video] = seeder.videos(1)
    app = open_page("gallery", video=video.id)
    app.menu_button(key="video_menu").click(chosen).run()
    opened = keys(app)
    assert {*opened} & {"rename_save", "move_save", "receipt_page"}
    app.run()  # a version is done
    assert keys(app) == opened


def test_a_title_is_saved_and_its_dialog_closes(open_page: OpenPage, seeder: Seeder) -> None:
    [video] = seeder.videos(1)
    app = open_page("gallery", video=video.id)
    app.menu_button(key="video_menu").click("Rename").run()
    app.text_input(key=f"title_{video.id}").set_value("Spring sale")
    app.button(key="rename_save").click().run()
    assert titles(app) == ["Spring sale"]
    assert "rename_save" not in keys(app)
