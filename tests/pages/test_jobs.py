"""The jobs page: every ended job in its section, with what can be done about it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from components.jobs.job_dialogs import ANSWERED, ASKED, Answer
from components.ui.agreement import Agreement
from talkinghead.jobs import tables
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.erasure_repository import empty_jobs
from tests.browser.seeding import GONE, Seeder
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.made import NOON

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"


def test_without_jobs_there_is_one_way_on(open_page: Callable[..., AppTest]) -> None:
    app = open_page("jobs")
    assert [button.label for button in app.button] == ["Create a video"]


def test_a_failed_job_can_be_tried_again(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    job = seeder.job("A letter", JobState.FAILED, problem="No face was found.")
    app = open_page("jobs")
    assert app.button(key=f"retry_{job.id}").label == "Try again"
    assert any("No face was found" in text.value for text in app.markdown)


def test_a_retry_without_its_portrait_is_refused_in_words(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    job = seeder.job("A letter", JobState.FAILED, problem="No face was found.")
    app = open_page("jobs")
    app.button(key=f"retry_{job.id}").click().run()
    assert "Choose it again" in app.error[0].value


def test_a_job_that_was_paid_for_says_so(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    seeder.job("Bought", JobState.FAILED, endpoint_id="fal-ai/flashhead", charged=True)
    captions = [caption.value for caption in open_page("jobs").caption]
    assert "You were charged\\." in captions


def test_what_costs_money_is_asked_about_before_it_is_ordered_again(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    job = bought(seeder, JobState.FAILED, charged=False)
    app = open_page("jobs")
    app.button(key=f"retry_{job.id}").click().run()
    assert not app.exception
    assert "Render again for" in app.button(key="job_agree").label
    app.button(key="job_not_now").click().run()
    assert not [button for button in app.button if button.key == "job_agree"]


def test_an_unconfirmed_order_offers_to_look_and_to_send_again(
    open_page: Callable[..., AppTest], seeder: Seeder, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = bought(seeder, JobState.UNCONFIRMED, charged=None, payer="operator")
    with FalServer(Options(keys=(KEY,))) as fal:
        monkeypatch.setenv("FAL_KEY", KEY)
        monkeypatch.setenv("FAL_PROXY_URL", fal.url)
        app = open_page("jobs")
        assert app.button(key=f"look_again_{job.id}").label == "Check again"
        app.button(key=f"send_again_{job.id}").click().run()
        assert not app.exception
        assert any("charge twice" in (each.proto.title or "") for each in app.warning)
        st.cache_resource.clear()  # closes the studio before its fal


def test_the_billing_history_keeps_a_request_that_was_cleared_from_the_list(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    job = bought(seeder, JobState.FAILED, charged=True, request_id="request-1")
    app = open_page("jobs")
    app.button(key=f"dismiss_{job.id}").click().run()
    app.session_state["view"] = {"chosen": "billing"}
    app.run()
    assert any("request-1" in text.value for text in app.markdown)
    assert app.button(key=f"ledger_fetch_{job.id}").label == "Download from fal.ai"


def test_the_billing_history_fetches_nothing_of_inputs_that_were_refused(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    job = bought(
        seeder, JobState.FAILED, charged=True, request_id="request-1", problem_field="portrait"
    )
    app = open_page("jobs", view="billing")
    assert any("request-1" in text.value for text in app.markdown)
    assert f"ledger_fetch_{job.id}" not in [button.key for button in app.button]


def test_the_billing_history_fetches_nothing_that_was_erased(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    job = bought(seeder, JobState.FAILED, charged=True, request_id="request-1")
    with seeder.database.writing() as connection:
        empty_jobs(connection, seeder.workspace, [job.id])
    app = open_page("jobs", view="billing")
    assert any("request-1" in text.value for text in app.markdown)
    assert f"ledger_fetch_{job.id}" not in [button.key for button in app.button]


def test_a_long_billing_history_has_pages(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    for number in range(11):
        bought(seeder, JobState.FAILED, charged=True, request_id=f"request-{number}")
    app = open_page("jobs", view="billing")
    fetching = [b for b in app.button if str(b.key).startswith("ledger_fetch_")]
    assert len(fetching) == 10


def bought(seeder: Seeder, state: JobState, **changes: Any) -> Job:
    """A paid job in this state."""
    words = {"image_url": GONE, "text": "Hello there."}
    return seeder.job(
        "Bought",
        state,
        endpoint_id="fal-ai/flashhead",
        arguments=words,
        estimate=Decimal("0.029"),
        **changes,
    )


def test_a_job_on_which_cancelling_has_no_effect_can_be_given_up(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    asked_and_waits = {"cancel_requested": True, "waiting_for": "key"}
    job = bought(seeder, JobState.RENDERING, request_id="request-1", **asked_and_waits)
    app = open_page("jobs")
    assert f"cancel_{job.id}" not in [button.key for button in app.button]
    app.button(key=f"give_up_{job.id}").click().run()
    assert any("may still render and charge it" in text.value for text in app.markdown)
    app.button(key="job_agree").click().run()
    assert not app.exception
    assert app.button(key=f"fetch_{job.id}").label == "Download from fal.ai again"
    assert not [button for button in app.button if button.key == f"give_up_{job.id}"]


@pytest.mark.parametrize("page", ["jobs", "create"])
def test_a_job_without_a_key_is_cancelled_by_one_button_that_asks(
    open_page: Callable[..., AppTest], seeder: Seeder, page: str
) -> None:
    job = bought(seeder, JobState.RENDERING, waiting_for="key", request_id="request-1")
    app = open_page(page, job=job.id)
    cancel, fetch = f"cancel_{job.id}", f"fetch_{job.id}"
    if page == "create":
        cancel, fetch = f"create_cancel {job.id}", "create_fetch"
    assert f"give_up_{job.id}" not in [button.key for button in app.button]
    app.button(key=cancel).click().run()
    assert any("may still render and charge it" in text.value for text in app.markdown)
    assert app.button(key="job_agree").label == "Cancel render"
    app.button(key="job_agree").click().run()
    assert not app.exception
    assert "again" in app.button(key=fetch).label


@pytest.mark.parametrize("state", [JobState.CANCELLED, JobState.FAILED])
def test_an_order_that_was_given_up_while_it_was_lost_can_be_looked_for(
    open_page: Callable[..., AppTest], seeder: Seeder, state: JobState
) -> None:
    lost = {"charged": None, "submitted_at": NOON}
    found_in = {"look_again": bought(seeder, state, **lost)}
    found_in["ledger_look_again"] = bought(seeder, state, **lost)
    with seeder.database.writing() as connection:
        connection.execute(update(tables.jobs).values(orders=1))
    for place, job in found_in.items():
        app = open_page("jobs", view="billing" if place.startswith("ledger") else "renders")
        app.button(key=f"{place}_{job.id}").click().run()
        assert not app.exception
        assert Journal(seeder.database).job(job.id).state is JobState.UNCONFIRMED


def test_sending_again_shows_the_price_of_today_and_stops_at_one_that_rose(
    open_page: Callable[..., AppTest], seeder: Seeder, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = bought(seeder, JobState.UNCONFIRMED, charged=None, payer="operator")
    with FalServer(Options(keys=(KEY,))) as fal:
        monkeypatch.setenv("FAL_KEY", KEY)
        monkeypatch.setenv("FAL_PROXY_URL", fal.url)
        app = open_page("jobs")
        app.button(key=f"send_again_{job.id}").click().run()
        assert app.button(key="job_agree").label == r"Resend for \$0\.029"
        assert app.metric[0].value == r"\$0\.029"
        lower = Agreement(Decimal("0.028"))
        del app.session_state[ASKED]
        app.session_state[ANSWERED] = Answer("send_again", job.id, lower)
        app.run()
        assert "went up to" in app.error[0].value
        assert fal.jobs == []
        st.cache_resource.clear()  # closes the studio before its fal


def test_a_cleared_job_is_gone(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    job = seeder.job("A letter", JobState.CANCELLED)
    app = open_page("jobs")
    app.button(key=f"dismiss_{job.id}").click().run()
    assert [button.label for button in app.button] == ["Create a video"]


# Finding and clearing


def titles(app: AppTest) -> list[str]:
    """The sections of the page, with how many they hold."""
    return [heading.value.replace(" :gray[", " ").rstrip("]") for heading in app.header]


def test_open_ended_and_blocked_renders_stand_in_sections(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    bought(seeder, JobState.RENDERING, waiting_for="key", request_id="request-1")
    seeder.job("Failed", JobState.FAILED)
    seeder.job("Done", JobState.DONE)
    assert titles(open_page("jobs")) == ["Needs attention 1", "Finished 2"]


def test_words_and_a_filter_find_renders_and_stay_in_the_address(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    seeder.job("Spring sale", JobState.DONE)
    seeder.job("Spring letter", JobState.FAILED)
    app = open_page("jobs", show="failed", find="spring")
    assert [text.value for text in app.markdown if text.value.startswith("**")] == [
        "**Spring letter**"
    ]
    app.text_input(key="find").set_value("summer").run()
    app.button(key="empty_search").click().run()
    assert not app.exception
    assert titles(app) == ["Finished 2"]


def test_finished_renders_come_in_pages(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    for number in range(13):
        seeder.job(f"Number {number}", JobState.DONE)
    app = open_page("jobs")
    cards = [button for button in app.button if str(button.key).startswith("dismiss_")]
    assert len(cards) == 12
    assert titles(app) == ["Finished 13"]


def test_all_finished_renders_are_cleared_together_and_come_back(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    for number in range(13):
        seeder.job(f"Number {number}", JobState.DONE)
    app = open_page("jobs")
    app.button(key="clear_finished").click().run()
    assert any("13 renders cleared" in text.value for text in app.markdown)
    app.button(key="undo_clear").click().run()
    assert not app.exception
    assert titles(app) == ["Finished 13"]


# Billing history


def amounts(app: AppTest) -> dict[str, str]:
    """The sums of the billing history by their names."""
    return {metric.label: metric.value.replace("\\", "") for metric in app.metric}


def test_the_billing_history_sums_what_was_paid(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    bought(seeder, JobState.DONE, request_id="r-1", billed=Decimal("0.04"), charged=True)
    bought(seeder, JobState.FAILED, request_id="r-2", charged=False)
    bought(seeder, JobState.FAILED, request_id="r-3", charged=None)
    app = open_page("jobs", view="billing")
    assert amounts(app) == {
        "Total": "$0.069",
        "Estimated": "$0.087",
        "Billed by fal.ai": "$0.040",
        "Requests": "3",
    }


@pytest.mark.parametrize(
    ("by", "label"),
    [("person", "You"), ("project", "No project"), ("model", "FlashHead")],
)
def test_the_totals_are_by_person_project_or_model(
    open_page: Callable[..., AppTest], seeder: Seeder, by: str, label: str
) -> None:
    bought(seeder, JobState.DONE, request_id="r-1", ordered_by=seeder.workspace)
    app = open_page("jobs", view="billing", by=by)
    assert label in app.table[0].value.to_string()


def test_days_without_a_request_say_so(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    bought(seeder, JobState.DONE, request_id="r-1", created_at=NOON)
    assert any("No paid renders" in note.value for note in open_page("jobs", view="billing").info)
