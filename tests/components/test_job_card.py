"""What a job says about itself."""

from datetime import UTC, datetime

import pytest

from components.job_card import STANDINGS, log_line, time_left
from talkinghead.jobs.job import JobEvent, JobState


def test_every_state_has_its_words() -> None:
    assert set(STANDINGS) == set(JobState)


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


def test_a_change_of_state_is_told_in_words() -> None:
    event = JobEvent(1, datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC), "state", "failed")
    assert log_line(event) == "12:00:05  Failed"


def test_a_line_of_the_renderer_stays_as_it_is() -> None:
    event = JobEvent(2, datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC), "log", "Found the face")
    assert log_line(event) == "12:00:05  Found the face"
