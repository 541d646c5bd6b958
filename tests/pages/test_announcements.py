"""Renders that end are announced once in each tab, on whatever page one is."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.shell.announcements import ENDED, NEWS
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from tests.browser.seeding import GONE, Seeder

OpenPage = Callable[..., AppTest]


def running(seeder: Seeder, title: str = "Spring sale") -> Job:
    """A paid render that waits for a key, so that it stays as it is."""
    return seeder.job(
        title,
        JobState.RENDERING,
        endpoint_id="fal-ai/flashhead",
        arguments={"image_url": GONE, "text": "Hello there."},
        waiting_for="key",
        request_id=f"request of {title}",
        payer="session",
    )


def end(seeder: Seeder, job: Job, state: JobState = JobState.FAILED) -> None:
    """End it, as the engine would."""
    assert Journal(seeder.database).change(job.id, state)


def toasts(app: AppTest) -> list[str]:
    """What is announced in this run."""
    return [toast.value.replace("\\", "").replace("\u200b", "") for toast in app.toast]


@pytest.mark.parametrize("page", ["gallery", "settings", "create", "compare"])
def test_an_end_is_announced_once_on_any_page(
    open_page: OpenPage, seeder: Seeder, page: str
) -> None:
    job = running(seeder)
    app = open_page(page)
    assert toasts(app) == []
    end(seeder, job)
    app.run()
    assert toasts(app) == ["Render failed: Spring sale"]
    assert [each["id"] for each in app.session_state[ENDED]] == [job.id]
    app.run()
    assert toasts(app) == []


def test_a_reload_announces_nothing_again_and_still_counts_it(
    open_page: OpenPage, seeder: Seeder
) -> None:
    end(seeder, running(seeder))
    app = open_page("gallery")
    assert toasts(app) == []
    assert app.session_state[NEWS].unseen == 1


def test_the_page_of_renders_ends_the_count(open_page: OpenPage, seeder: Seeder) -> None:
    end(seeder, running(seeder))
    app = open_page("jobs")
    assert not app.exception
    assert app.session_state[NEWS].unseen == 0
    assert open_page("gallery").session_state[NEWS].unseen == 0


def test_what_a_person_canceled_is_no_news(open_page: OpenPage, seeder: Seeder) -> None:
    job = running(seeder)
    app = open_page("gallery")
    end(seeder, job, JobState.CANCELLED)
    app.run()
    assert toasts(app) == []
    assert app.session_state[NEWS].unseen == 0


def test_what_the_page_shows_itself_is_seen(open_page: OpenPage, seeder: Seeder) -> None:
    job = running(seeder)
    app = open_page("create", job=job.id)
    end(seeder, job)
    app.run()
    assert toasts(app) == []
    assert app.session_state[NEWS].unseen == 0


def test_many_ends_at_once_are_summed_up(open_page: OpenPage, seeder: Seeder) -> None:
    jobs = [running(seeder, str(number)) for number in range(5)]
    app = open_page("gallery")
    for job in jobs:
        end(seeder, job)
    app.run()
    assert len(toasts(app)) == 4
    assert toasts(app)[-1].startswith("2 more ended")
