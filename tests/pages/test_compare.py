"""The Compare page: what it shows of comparisons that stand on record."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from tests.browser.seeding import Seeder
from tests.jobs.permits import FREE_PASS

MODELS = ("fal-ai/flashhead", "fal-ai/stable-avatar")
TITLES = ("FlashHead", "StableAvatar")


def compared(seeder: Seeder, *, blind: bool = False, **changes: Any) -> list[Job]:
    """A comparison of two models whose videos are in the gallery; its jobs."""
    now = datetime.now(UTC)
    record = ComparisonRecord(uuid4().hex, seeder.workspace, "Which one?", blind, now)
    jobs = []
    for endpoint_id, video in zip(MODELS, seeder.videos(2), strict=True):
        job = Job(
            id=uuid4().hex,
            workspace=seeder.workspace,
            endpoint_id=endpoint_id,
            arguments={},
            title="Which one?",
            state=JobState.DONE,
            speech_seconds=Decimal("5.8"),
            estimate=Decimal("0.5"),
            billed=Decimal("0.25"),
            created_at=now,
            updated_at=now,
            started_at=now,
            ended_at=now,
            video_id=video.id,
            comparison=record.id,
        )
        jobs.append(job.replace(**changes))
    enrolment = ComparisonRepository(seeder.database).enrolment(record)
    heads = [CompositeJob(job) for job in jobs]
    Journal(seeder.database).add_composites(heads, FREE_PASS, enrolment)
    return jobs


def words(app: AppTest) -> str:
    return "\n".join(one.value for one in (*app.markdown, *app.caption, *app.header, *app.success))


def test_without_comparisons_it_says_how_to_make_one(open_page: Callable[..., AppTest]) -> None:
    assert open_page("compare").button(key="empty_compare").label == "Compare models"


def test_every_comparison_can_be_opened(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    [first, _] = compared(seeder)
    app = open_page("compare")
    app.button(key=f"open_{first.comparison}").click().run()
    assert app.title[0].value == "Which one?"
    assert app.query_params["comparison"] == first.comparison


def test_name_price_and_time_are_under_each(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    jobs = compared(seeder)
    said = words(open_page("compare", comparison=str(jobs[0].comparison)))
    assert all(title in said for title in TITLES)
    assert said.count("\\$0\\.25 · 3\\.0 s · rendered in 1 s") == 2


@pytest.mark.parametrize("blind", [False, True])
def test_the_best_is_kept_and_counted(
    open_page: Callable[..., AppTest], seeder: Seeder, blind: bool
) -> None:
    jobs = compared(seeder, blind=blind)
    app = open_page("compare", comparison=str(jobs[0].comparison))
    assert [title in words(app) for title in TITLES] == [not blind] * 2
    app.button(key=f"choose_{jobs[1].id}").click().run()
    assert not app.exception
    assert all(title in words(app) for title in TITLES)
    assert app.table[0].value["Best"].tolist() == ["1 of 1", "0 of 1"]
    assert app.table[0].value["Model"].tolist() == list(reversed(TITLES))


def test_a_blind_one_tells_nothing_by_price_or_time(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    jobs = compared(seeder, blind=True)
    app = open_page("compare", comparison=str(jobs[0].comparison))
    assert "took" not in words(app)
    assert "**A**" in words(app)
    assert not [one for one in app.button if (one.key or "").startswith("compare_open_")]


def test_a_failed_one_can_be_tried_again(open_page: Callable[..., AppTest], seeder: Seeder) -> None:
    failed = JobState.FAILED
    jobs = compared(seeder, state=failed, video_id=None, problem="No face was found.")
    app = open_page("compare", comparison=str(jobs[0].comparison))
    assert "No face was found" in words(app)
    assert app.button(key=f"retry_{jobs[0].id}").label == "Render again for \\$0.50"


def test_an_address_of_nothing_leads_to_the_list(open_page: Callable[..., AppTest]) -> None:
    app = open_page("compare", comparison="0" * 32)
    assert app.title[0].value == "Compare"
    assert app.toast[0].value == "Comparison not found."
