"""The gallery page: what is found, and what an address opens."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from streamlit.testing.v1 import AppTest

from components.ui.datetimes import between
from tests.browser.seeding import Seeder


def opened(app: AppTest) -> list[str]:
    """The labels of the cards."""
    return [button.label for button in app.button if str(button.key).startswith("open_")]


def test_without_videos_there_is_one_way_on(open_page: Callable[..., AppTest]) -> None:
    app = open_page("gallery")
    assert [button.label for button in app.button] == ["Create your first video"]
    app.button[0].click().run()
    assert app.button(key="create_draft")


def test_a_search_without_a_result_leads_back(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    seeder.videos(2)
    app = open_page("gallery", words="nothing-has-this")
    assert opened(app) == []
    next(button for button in app.button if button.label == "Show all videos").click().run()
    assert len(opened(app)) == 2


def test_one_video_needs_no_pages(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    seeder.videos(1)
    app = open_page("gallery")
    assert len(opened(app)) == 1
    assert "1 video" in [caption.value for caption in app.caption]


def test_a_page_holds_twenty_four(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    seeder.videos(25)
    assert len(opened(open_page("gallery"))) == 24


def test_words_in_the_address_find_by_the_script(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    seeder.videos(3, titles=["Alpha", "Beta", "Gamma"])
    assert opened(open_page("gallery", words="words of beta")) == ["**Beta**"]


def test_a_model_finds_its_videos_only(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    seeder.videos(2)
    seeder.videos(1, titles=["Bought"], endpoint_id="fal-ai/flashhead", dollars=Decimal("0.015"))
    app = open_page("gallery")
    app.selectbox(key="model").set_value("FlashHead").run()
    assert opened(app) == ["**Bought**"]
    assert any(r"$0\.015" in caption.value for caption in app.caption)


def test_an_unknown_video_in_the_address_opens_nothing(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    seeder.videos(1)
    app = open_page("gallery", video="0" * 32)
    assert len(opened(app)) == 1
    assert app.toast[0].value == "Video not found."


def test_a_video_whose_picture_is_lost_still_has_its_card(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    seeder.videos(1, thumbnail=f"asset:{1:064x}.jpg")
    assert len(opened(open_page("gallery"))) == 1


def test_a_page_beyond_the_last_still_shows_videos(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    seeder.videos(49)
    assert len(opened(open_page("gallery", page="3"))) == 1
    assert len(opened(open_page("gallery", page="99"))) in (1, 24)


def test_a_deleted_last_page_leads_to_the_one_before(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    videos = seeder.videos(49)
    app = open_page("gallery", page="3")
    app.session_state["gallery_deleted"] = [videos[-1].id]
    workspace = app.session_state["viewer"].workspace
    workspace.gallery.delete(videos[-1].id)
    app.run()
    assert not app.exception
    assert len(opened(app)) == 24
    app.button(key="undo_delete").click().run()
    assert not app.exception


def test_a_card_says_how_long_its_video_is_and_how_many_versions_it_has(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    [original] = seeder.videos(1, titles=["Sale"], seconds=131.0)
    seeder.videos(2, made_from=original.id)
    app = open_page("gallery")
    assert opened(app) == ["**Sale**"]
    [picture] = [html.proto.body for html in app.get("html")]
    assert ">2:11<" in picture
    assert ">3 versions<" in picture


def test_folders_and_favorites_are_chosen_by_pills_and_stay_in_the_address(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    seeder.videos(1, titles=["Sale"], folder="Spring", favorite=True)
    seeder.videos(1, titles=["Other"])
    assert opened(open_page("gallery", folder="folder:Spring")) == [":material/star: **Sale**"]
    app = open_page("gallery")
    assert len(opened(app)) == 2
    app.query_params["folder"] = "favorites"
    app.run()
    assert opened(app) == [":material/star: **Sale**"]


def test_a_folder_that_is_gone_shows_everything(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    seeder.videos(2)
    assert len(opened(open_page("gallery", folder="folder:Gone"))) == 2


def test_selected_videos_are_deleted_together_and_come_back_together(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    videos = seeder.videos(3)
    app = open_page("gallery")
    app.toggle(key="selecting").set_value(True).run()
    assert opened(app) == []
    for video in videos[:2]:
        app.checkbox(key=f"pick_{video.id}").check()
    app.run()
    assert "**2** selected" in [each.value for each in app.markdown]
    app.button(key="delete_selected").click().run()
    assert len([box for box in app.checkbox if str(box.key).startswith("pick_")]) == 1
    assert any("2 videos deleted" in each.value for each in app.markdown)
    app.button(key="undo_delete").click().run()
    assert len([box for box in app.checkbox if str(box.key).startswith("pick_")]) == 3
    assert not app.exception


def test_days_are_those_of_the_visitor() -> None:
    paris = ZoneInfo("Europe/Paris")
    since, before = between((date(2026, 3, 29), date(2026, 3, 29)), paris)
    assert since == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert before == datetime(2026, 3, 29, 22, tzinfo=UTC)  # summer time began that day
    assert between((date(2026, 3, 1),), UTC) == (
        datetime(2026, 3, 1, tzinfo=UTC),
        datetime(2026, 3, 2, tzinfo=UTC),
    )
    assert between((), UTC) == (None, None)
