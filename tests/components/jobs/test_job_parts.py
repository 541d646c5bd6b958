"""A family of jobs in words: how its parts stand, and what ordering it once more costs."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from components.jobs.job_parts import (
    again_words,
    cancel_parts_words,
    costs_money,
    parts_summary,
    parts_text,
)
from talkinghead.catalogue import LongVideoInput
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.jobs.job import Job, JobState

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def job(state: JobState, **changes: Any) -> Job:
    """A job in this state; a part of two dollars where nothing else is said."""
    made = Job(
        id="j",
        workspace="w",
        endpoint_id="fal-ai/infinitalk",
        arguments={},
        title="A letter",
        state=state,
        speech_seconds=Decimal(10),
        estimate=Decimal(2),
        created_at=NOW,
        updated_at=NOW,
    )
    return made.replace(**changes)


FILM_JOB = job(JobState.RENDERING, endpoint_id=LongVideoInput.endpoint_id)
SPEECH_JOB = job(JobState.RENDERING, endpoint_id=SpokenScriptInput.endpoint_id)


def parts(*states: JobState) -> list[Job]:
    """The parts of a long video, by place."""
    return [job(state, place=place) for place, state in enumerate(states)]


def test_it_says_how_many_parts_are_done() -> None:
    made = parts(JobState.DONE, JobState.RENDERING, JobState.QUEUED)
    assert parts_summary(FILM_JOB, made) == "1 of 3 parts done"
    assert parts_summary(SPEECH_JOB, made) == "1 of 3 sentences done"


def test_once_all_are_done_it_is_put_together() -> None:
    assert parts_summary(FILM_JOB, parts(JobState.DONE, JobState.DONE)) == "Joining the parts"


def test_an_ordinary_job_has_no_parts_to_speak_of() -> None:
    assert parts_summary(FILM_JOB, []) == ""
    assert cancel_parts_words([]) == ""


def test_each_part_has_its_line_and_a_failed_one_its_reason() -> None:
    made = parts(JobState.DONE, JobState.FAILED)
    made[1] = made[1].replace(problem="The face was lost.")
    lines = parts_text(made, reasons=True).replace("\\", "")
    assert "Part 1 · 10 s · Done" in lines
    assert "The face was lost." in lines
    assert "The face was lost" not in parts_text(made, reasons=False)


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ((JobState.QUEUED, JobState.WAITING), "free while it waits"),
        ((JobState.QUEUED, JobState.RENDERING), "may still be charged"),
        ((JobState.DONE, JobState.QUEUED), "Finished parts are kept"),
    ],
)
def test_what_cancelling_costs_is_said(states: tuple[JobState, ...], words: str) -> None:
    assert words in cancel_parts_words(parts(*states))


def test_another_try_is_for_what_is_missing_only() -> None:
    made = parts(JobState.DONE, JobState.FAILED, JobState.CANCELLED)
    assert again_words(FILM_JOB, made) == r"Render the missing 2 parts for \$4.00"
    assert again_words(FILM_JOB, made[:2]) == r"Render the missing part for \$2.00"
    assert again_words(SPEECH_JOB, made[:2]) == r"Say the missing sentence for \$2.00"
    assert costs_money(FILM_JOB, made)


def test_where_nothing_is_missing_another_try_is_free() -> None:
    made = parts(JobState.DONE, JobState.DONE)
    assert again_words(FILM_JOB, made) == "Rejoin (free)"
    assert not costs_money(FILM_JOB, made)
