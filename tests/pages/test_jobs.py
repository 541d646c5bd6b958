"""The jobs page: every ended job in its section, with what can be done about it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from streamlit.testing.v1 import AppTest

from talkinghead.jobs.job import Job, JobState
from talkinghead.retention.erase import WorkspaceErasure
from tests.browser.seeding import GONE, Seeder


def test_without_jobs_there_is_one_way_on(open_page: Callable[..., AppTest]) -> None:
    app = open_page("jobs")
    assert [button.label for button in app.button] == ["Make a video"]


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
    assert "It was charged\\." in captions


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
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    job = bought(seeder, JobState.UNCONFIRMED, charged=None)
    app = open_page("jobs")
    assert app.button(key=f"look_again_{job.id}").label == "Look again"
    app.button(key=f"send_again_{job.id}").click().run()
    assert not app.exception
    assert "charge twice" in (app.warning[-1].proto.title or app.warning[-1].value)


def test_the_ledger_keeps_a_request_that_was_cleared_from_the_list(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    job = bought(seeder, JobState.FAILED, charged=True, request_id="request-1")
    app = open_page("jobs")
    app.button(key=f"dismiss_{job.id}").click().run()
    assert any("request-1" in text.value for text in app.markdown)
    assert app.button(key=f"ledger_fetch_{job.id}").label == "Fetch its video"


def test_the_ledger_fetches_nothing_of_inputs_that_were_refused(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    job = bought(
        seeder, JobState.FAILED, charged=True, request_id="request-1", problem_field="portrait"
    )
    app = open_page("jobs")
    assert any("request-1" in text.value for text in app.markdown)
    assert f"ledger_fetch_{job.id}" not in [button.key for button in app.button]


def test_the_ledger_fetches_nothing_that_was_erased(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    job = bought(seeder, JobState.FAILED, charged=True, request_id="request-1")
    WorkspaceErasure(seeder.database).erase(seeder.workspace)
    app = open_page("jobs")
    assert any("request-1" in text.value for text in app.markdown)
    assert f"ledger_fetch_{job.id}" not in [button.key for button in app.button]


def test_a_long_ledger_has_pages(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    for number in range(11):
        bought(seeder, JobState.FAILED, charged=True, request_id=f"request-{number}")
    app = open_page("jobs")
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
    job = bought(seeder, JobState.RENDERING, waiting_for="key", request_id="request-1")
    app = open_page("jobs")
    app.button(key=f"give_up_{job.id}").click().run()
    assert any("may still render and charge it" in text.value for text in app.markdown)
    app.button(key="job_agree").click().run()
    assert not app.exception
    assert app.button(key=f"fetch_{job.id}").label == "Fetch its video again"
    assert not [button for button in app.button if button.key == f"give_up_{job.id}"]


def test_a_cleared_job_is_gone(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    job = seeder.job("A letter", JobState.CANCELLED)
    app = open_page("jobs")
    app.button(key=f"dismiss_{job.id}").click().run()
    assert [button.label for button in app.button] == ["Make a video"]
