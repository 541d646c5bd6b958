"""A blind comparison that is undecided: no page beside it names a model, and afterwards all do."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from components.captions.caption_panel import SOURCES
from components.shell.notices import plain
from talkinghead.captions.repository import StoredCaptions, write_captions
from talkinghead.comparisons.repository import ComparisonRepository
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.records.progress_repository import add_events
from talkinghead.jobs.tables import jobs as jobs_table
from talkinghead.videos.tables import videos
from tests.browser.seeding import Seeder
from tests.pages.test_compare import TITLES, compared

OpenPage = Callable[..., AppTest]
TELLING = (*TITLES, "FlashHead", "fal-ai/", "0\\.25", "0.25", "0\\.50", "0.50", "a line of the log")
"""What gives a model away: its name, its endpoint, its price, its log."""


def blind(seeder: Seeder, *, decided: bool = False) -> list[Job]:
    """A blind comparison of two models whose videos and jobs know what made them."""
    jobs = compared(seeder, blind=True, request_id=None)
    with seeder.database.writing() as connection:
        for job in jobs:
            made = {"endpoint_id": job.endpoint_id, "dollars": Decimal("0.25"), "job_id": job.id}
            mine = videos.c.id == job.video_id
            connection.execute(update(videos).where(mine).values(**made))
            add_events(connection, job.id, "log", ["a line of the log"])
    if decided:
        ComparisonRepository(seeder.database).choose(
            seeder.workspace, str(jobs[0].comparison), jobs[0].id
        )
    return jobs


def said(app: AppTest) -> str:
    """Everything that is to be read, but for what a model can be chosen by."""
    texts = [one.value for one in (*app.title, *app.header, *app.markdown, *app.caption)]
    texts += [one.value for one in (*app.text, *app.code)]
    labels = [one.label for one in (*app.button, *app.get("download_button"))]
    options = [option for menu in app.menu_button for option in menu.options]
    return "\n".join(str(one) for one in (*texts, *labels, *options))


def shown_by(app: AppTest) -> list[str]:
    """What of all that gives a model away is there."""
    words = said(app)
    return [one for one in TELLING if one in words]


def keys(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


# The gallery


def test_a_card_shows_a_letter_in_the_place_of_the_model(
    open_page: OpenPage, seeder: Seeder
) -> None:
    jobs = blind(seeder)
    app = open_page("gallery")
    assert shown_by(app) == []
    assert all(f"Blind test, {letter}" in said(app) for letter in "AB")
    assert {f"open_{job.video_id}" for job in jobs} <= set(keys(app))


def test_after_the_choice_the_cards_are_as_always(open_page: OpenPage, seeder: Seeder) -> None:
    blind(seeder, decided=True)
    app = open_page("gallery")
    assert all(title in said(app) for title in TITLES)
    assert "Blind test" not in said(app)
    assert "0\\.25" in said(app)


def test_the_cards_are_in_the_order_of_their_letters(open_page: OpenPage, seeder: Seeder) -> None:
    blind(seeder)
    badges = [one.value for one in open_page("gallery").markdown if "Blind" in one.value]
    assert len(badges) == 2
    assert badges == sorted(badges)


def test_no_model_finds_it(open_page: OpenPage, seeder: Seeder) -> None:
    jobs = blind(seeder)
    app = open_page("gallery")
    for title in TITLES:
        app.selectbox(key="model").set_value(title).run()
        assert not {f"open_{job.video_id}" for job in jobs} & set(keys(app))


def test_the_opened_video_leads_to_the_choice_only(open_page: OpenPage, seeder: Seeder) -> None:
    jobs = blind(seeder)
    app = open_page("gallery", video=str(jobs[0].video_id))
    assert shown_by(app) == []
    assert "Names show once you\\'ve chosen" in said(app)
    for fact in (
        "Seed", "Voice", "Size", "Price", "The words of", "Script",
        "Edit a copy", "Try another model",
    ):  # fmt: skip
        assert fact not in said(app)
    app.button(key="choose_first_open").click().run()
    assert not app.exception
    assert app.query_params["comparison"] == jobs[0].comparison


def test_after_the_choice_the_opened_video_tells_all(open_page: OpenPage, seeder: Seeder) -> None:
    jobs = blind(seeder, decided=True)
    app = open_page("gallery", video=str(jobs[0].video_id))
    assert "FlashHead" in said(app)
    assert "Try another model" in said(app)
    assert "Edit a copy" in said(app)


@pytest.mark.parametrize("decided", [False, True])
def test_how_its_captions_were_timed_is_hidden(
    open_page: OpenPage, seeder: Seeder, decided: bool
) -> None:
    [first, _] = blind(seeder, decided=decided)
    word = ["Hello", 0.1, 0.6]
    with seeder.database.writing() as connection:
        kept = StoredCaptions("engine", [word], [])
        write_captions(connection, seeder.workspace, str(first.video_id), kept)
    app = open_page("gallery", video=str(first.video_id))
    assert "SRT for social platforms" in said(app)
    assert (plain(SOURCES["engine"]) in said(app) or SOURCES["engine"] in said(app)) is decided


def test_what_is_ready_before_the_others_is_not_seen(open_page: OpenPage, seeder: Seeder) -> None:
    jobs = blind(seeder)
    with seeder.database.writing() as connection:
        open_again = {"state": JobState.UNCONFIRMED, "video_id": None, "ended_at": None}
        mine = jobs_table.c.id == jobs[1].id
        connection.execute(update(jobs_table).where(mine).values(**open_again))
    app = open_page("gallery", video=str(jobs[0].video_id))
    assert "once all are ready" in said(app)
    assert "Blind test, A" not in said(app)
    assert not app.get("video")
    assert "Captions" not in said(app)


def test_a_version_of_it_is_as_blind(open_page: OpenPage, seeder: Seeder) -> None:
    jobs = blind(seeder)
    [version] = seeder.videos(
        1, titles=["Which one? (9:16)"], endpoint_id=TITLES[0], made_from=jobs[0].video_id
    )
    assert shown_by(open_page("gallery")) == []
    assert shown_by(open_page("gallery", video=version.id)) == []


# The list of jobs


def test_a_job_card_tells_nothing_and_leads_to_the_comparison(
    open_page: OpenPage, seeder: Seeder
) -> None:
    [first, _] = blind(seeder)
    app = open_page("jobs")
    app.session_state["jobs_log"] = first.id
    app.run()
    cards = [one.value for one in (*app.markdown, *app.caption, *app.code)]
    assert not [text for text in cards for telling in TELLING if telling in text]
    assert f"watch_{first.id}" not in keys(app)
    assert f"log_{first.id}" not in keys(app)
    app.button(key=f"blind_open_{first.id}").click().run()
    assert app.query_params["comparison"] == first.comparison


def test_after_the_choice_a_job_card_is_as_always(open_page: OpenPage, seeder: Seeder) -> None:
    [first, _] = blind(seeder, decided=True)
    app = open_page("jobs")
    assert all(title in said(app) for title in TITLES)
    assert f"watch_{first.id}" in keys(app)


@pytest.mark.parametrize("decided", [False, True])
def test_the_billing_history_names_all_but_leads_to_no_hidden_video(
    open_page: OpenPage, seeder: Seeder, decided: bool
) -> None:
    jobs = blind(seeder, decided=decided)
    with seeder.database.writing() as connection:
        for job in jobs:
            paid = {"request_id": f"request {job.id}", "payer": "own", "charged": True}
            mine = jobs_table.c.id == job.id
            connection.execute(update(jobs_table).where(mine).values(**paid))
    app = open_page("jobs", view="billing")
    assert all(title in said(app) for title in TITLES)
    assert (f"ledger_watch_{jobs[0].id}" in keys(app)) is decided
    assert (f"ledger_blind_{jobs[0].id}" in keys(app)) is not decided
    assert ("names every model" in said(app)) is not decided


# Create


def test_a_hidden_job_on_the_create_page_tells_nothing(open_page: OpenPage, seeder: Seeder) -> None:
    [first, _] = blind(seeder)
    app = open_page("create", job=first.id)
    assert "choose_first_open" in keys(app)
    assert not app.get("video")
