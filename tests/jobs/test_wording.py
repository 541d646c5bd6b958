"""What a job says about itself."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from talkinghead.jobs.job import Job, JobEvent, JobState
from talkinghead.jobs.wording.charges import (
    STUCK,
    cancel_words,
    charge_sentence,
    give_up_words,
    may_cancel,
    may_fetch,
    may_give_up,
    price_words,
)
from talkinghead.jobs.wording.log import IN_THE_QUEUE_AGAIN, JobLog, last_note
from talkinghead.jobs.wording.progress import (
    ALMOST,
    done_so_far,
    is_in_line,
    progress_sentence,
    progress_text,
    time_left,
    time_text,
)
from talkinghead.jobs.wording.status import STATUSES, status_of

NOON = datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC)
FLASHHEAD = "fal-ai/flashhead"


def job(state: JobState, **changes: Any) -> Job:
    """A paid job in this state."""
    made = Job(
        id="j",
        workspace="w",
        endpoint_id=FLASHHEAD,
        arguments={},
        title="Hello",
        state=state,
        speech_seconds=Decimal("5.8"),
        estimate=Decimal("0.029"),
        created_at=NOON,
        updated_at=NOON,
        started_at=NOON,
    )
    return made.replace(**changes)


def event(number: int, kind: Any, text: str) -> JobEvent:
    """Something that happened at noon."""
    return JobEvent(number, NOON, kind, text)


def test_every_state_has_its_words() -> None:
    assert set(STATUSES) == set(JobState)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "about 1 s left"),
        (39.4, "about 39 s left"),
        (89.0, "about 89 s left"),
        (170.0, "about 3 min left"),
    ],
)
def test_the_time_left_is_as_rough_as_it_is_known(seconds: float, text: str) -> None:
    assert time_left(seconds) == text


def test_the_elapsed_time_is_beside_the_usual_one() -> None:
    now = NOON + timedelta(seconds=42.3)
    assert time_text(job(JobState.RENDERING), 70.0, now) == (
        "42 s so far · usually about 1 min 10 s"
    )


def test_without_earlier_renders_no_usual_time_is_said() -> None:
    assert time_text(job(JobState.RENDERING), None, NOON) == "0 s so far"


def test_how_much_is_done_follows_the_usual_time_where_nobody_says() -> None:
    now = NOON + timedelta(seconds=30)
    assert done_so_far(job(JobState.RENDERING), 60.0, now) == 0.5
    assert done_so_far(job(JobState.RENDERING), 10.0, now) == ALMOST
    assert done_so_far(job(JobState.RENDERING), None, now) is None
    assert done_so_far(job(JobState.RENDERING, fraction=0.2), 60.0, now) == 0.2


def test_a_change_of_state_has_a_log_line() -> None:
    assert JobLog(UTC, [event(1, "state", "failed")]).lines == ["12:00:05  Failed"]


def test_a_line_of_the_renderer_stays_as_it_is() -> None:
    assert JobLog(UTC, [event(2, "log", "Found the face")]).lines == ["12:00:05  Found the face"]


def test_a_run_that_is_retried_says_that_it_is_back_in_the_queue() -> None:
    states = ["queued", "rendering", "queued", "rendering"]
    log = JobLog(UTC)
    for number, state in enumerate(states, 1):  # as they come
        log.add([event(number, "state", state)])
    lines = log.lines
    assert [IN_THE_QUEUE_AGAIN in line for line in lines] == [False, False, True, False]


def test_the_last_note_is_ours_and_no_line_of_the_log() -> None:
    happened = [event(1, "note", "Not found."), event(2, "log", "step 1")]
    assert last_note(happened) == "Not found."
    assert not last_note([])


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (JobState.PREPARING, "free"),
        (JobState.QUEUED, "free while it waits"),
        (JobState.SUBMITTING, "may still be charged"),
        (JobState.RENDERING, "may still be charged"),
        (JobState.STORING, "Rendered and charged"),
    ],
)
def test_what_cancelling_costs_follows_the_state(state: JobState, words: str) -> None:
    assert words in cancel_words(job(state))


def test_a_video_that_is_paid_for_is_not_cancelled_while_it_is_saved() -> None:
    assert not may_cancel(job(JobState.STORING))
    assert may_cancel(job(JobState.STORING, endpoint_id="draft"))


def test_giving_up_is_offered_where_cancelling_has_no_effect() -> None:
    saving = job(JobState.STORING)
    at = saving.updated_at
    assert not may_give_up(saving, at + STUCK)
    assert may_give_up(saving, at + 2 * STUCK)
    assert not may_give_up(job(JobState.RENDERING, waiting_for="key"), at)  # it can be cancelled
    assert may_give_up(job(JobState.RENDERING, cancel_requested=True), at)
    assert not may_give_up(job(JobState.RENDERING), at + 2 * STUCK)
    assert not may_give_up(job(JobState.DONE, cancel_requested=True), at)


def test_giving_up_says_what_may_be_charged() -> None:
    assert "won't be charged" in give_up_words(job(JobState.WAITING))
    assert "may still render and charge" in give_up_words(job(JobState.RENDERING))
    assert "was rendered and charged" in give_up_words(job(JobState.STORING, request_id="r"))
    assert "download the video later" in give_up_words(job(JobState.STORING, request_id="r"))
    assert "may already have been charged" in give_up_words(job(JobState.UNCONFIRMED))


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"estimate": Decimal("0.15")}, "$0.15"),
        ({"estimate": Decimal("0.15"), "billed": Decimal("0.12")}, "$0.12"),
        ({"estimate": Decimal("0.15"), "billed": Decimal(0)}, "$0.00"),
        ({"estimate": Decimal(0), "endpoint_id": "draft"}, "free"),
    ],
)
def test_the_price_is_what_was_billed_once_that_is_known(
    changes: dict[str, Any], shown: str
) -> None:
    assert price_words(job(JobState.DONE, **changes)) == shown


def test_nothing_is_said_of_money_about_a_draft() -> None:
    draft = job(JobState.FAILED, endpoint_id="draft")
    assert not cancel_words(draft)
    assert not charge_sentence(draft)


@pytest.mark.parametrize(
    ("charged", "words"), [(True, "You were"), (False, "weren't"), (None, "can't tell")]
)
def test_a_failed_job_says_whether_it_was_charged(charged: bool | None, words: str) -> None:
    assert words in charge_sentence(job(JobState.FAILED, charged=charged))


def test_only_a_request_without_its_video_can_be_fetched_again() -> None:
    assert may_fetch(job(JobState.FAILED, request_id="r", charged=True))
    assert not may_fetch(job(JobState.FAILED, charged=True))
    assert not may_fetch(job(JobState.FAILED, request_id="r", charged=False))
    assert not may_fetch(job(JobState.FAILED, request_id="r", charged=None, problem_field="x"))
    assert not may_fetch(job(JobState.DONE, request_id="r", video_id="v"))


def test_a_job_without_its_key_says_what_it_waits_for() -> None:
    assert status_of(job(JobState.WAITING, waiting_for="key")).text == "Key needed"
    assert status_of(job(JobState.WAITING, waiting_for="turn")).text == "Waiting"


@pytest.mark.parametrize(
    ("before", "text"), [(0, "Next up"), (None, "Next up"), (2, "2 ahead in queue")]
)
def test_a_job_in_line_says_how_many_come_first(before: int | None, text: str) -> None:
    waiting = job(JobState.WAITING)
    assert is_in_line(waiting)
    assert progress_text(waiting, before) == text


def test_what_waits_for_a_key_or_is_stopped_is_in_no_line() -> None:
    assert not is_in_line(job(JobState.WAITING, waiting_for="key"))
    assert not is_in_line(job(JobState.WAITING, cancel_requested=True))


def test_what_renders_says_how_much_is_done_and_left() -> None:
    half = job(JobState.RENDERING, fraction=0.5, seconds_left=40.0)
    assert progress_text(half) == "Rendering, 50%, about 40 s left"


@pytest.mark.parametrize(
    ("made", "usual", "sentence"),
    [
        (job(JobState.RENDERING, fraction=0.55, seconds_left=6.2), None, "55% · about 6 s left"),
        (job(JobState.RENDERING, submitted_at=NOON), 20.0, "25% · about 15 s left"),
        (job(JobState.RENDERING, submitted_at=NOON), 4.0, "95%"),  # longer than usual
        (job(JobState.QUEUED, queue_position=2), 20.0, "2 ahead in queue"),
        (job(JobState.QUEUED), 20.0, "next up"),
        (job(JobState.UNCONFIRMED), None, "waiting for you"),
        (job(JobState.RENDERING, cancel_requested=True), 20.0, "canceling"),
        (job(JobState.WAITING, waiting_for="key"), 20.0, "key needed"),
        (job(JobState.STORING), None, "saving"),
    ],
)
def test_the_progress_is_one_sentence_with_the_time_left(
    made: Job, usual: float | None, sentence: str
) -> None:
    later = NOON + timedelta(seconds=5)
    said = progress_sentence(made, "FlashHead", usual, now=later)
    assert said == f"Rendering on FlashHead · {sentence}"


def test_the_progress_of_a_draft_and_of_parts_is_named() -> None:
    draft = job(JobState.RENDERING, endpoint_id="draft", fraction=0.5)
    assert progress_sentence(draft, "Draft", None) == "Making your draft · 50%"
    parts = job(JobState.RENDERING, endpoint_id="studio/long-video")
    said = progress_sentence(parts, "InfiniTalk", None, parts="1 of 3 parts done")
    assert said == "Rendering on InfiniTalk · 1 of 3 parts done"
