"""The jobs page: every ended job in its section, with what can be done about it."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from talkinghead.jobs.job import JobState
from tests.browser.seeding import Seeder


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
    assert "It was paid for." in captions


def test_a_cleared_job_is_gone(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    job = seeder.job("A letter", JobState.CANCELLED)
    app = open_page("jobs")
    app.button(key=f"dismiss_{job.id}").click().run()
    assert [button.label for button in app.button] == ["Make a video"]
