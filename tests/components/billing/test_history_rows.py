"""A request of the billing history in words."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from components.billing.history_rows import money_words, unusable_words
from talkinghead.jobs.job import JobState, LedgerEntry


def entry(**changes: Any) -> LedgerEntry:
    """A finished, billed request."""
    values: dict[str, Any] = {
        "job_id": "j",
        "request_id": "r-1",
        "endpoint_id": "fal-ai/flashhead",
        "title": "Hello, world",
        "state": JobState.DONE,
        "estimate": Decimal("0.029"),
        "billed": Decimal("0.031"),
        "created_at": datetime(2026, 11, 21, 12, tzinfo=UTC),
        "video_id": "v",
        "charged": True,
    }
    return LedgerEntry(**{**values, **changes})


def test_the_estimate_and_the_bill_are_side_by_side() -> None:
    assert money_words(entry()) == "estimate $0.029 · billed $0.031"


def test_a_request_that_failed_says_whether_it_was_charged() -> None:
    failed = entry(state=JobState.FAILED, billed=None, charged=False)
    assert money_words(failed).endswith("not charged")
    unknown = entry(state=JobState.FAILED, billed=None, charged=None)
    assert money_words(unknown).endswith("may have been charged")


def test_a_bill_that_cannot_be_meant_is_flagged() -> None:
    assert "“-5”" in unusable_words("-5")
    assert "dashboard" in unusable_words("-5")
