"""The ledger as a file, and its words on money."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from components.billing.ledger import COLUMNS, ledger_csv, money_words, unusable_words
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


def rows(*entries: LedgerEntry) -> list[dict[str, str]]:
    """The file as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(ledger_csv(entries).decode("utf-8-sig"))))


def test_every_request_is_a_row() -> None:
    row = rows(entry())[0]
    assert list(row) == list(COLUMNS)
    assert (row["request_id"], row["estimate_usd"], row["billed_usd"]) == ("r-1", "0.029", "0.031")


def test_an_unknown_bill_is_empty_and_an_unknown_charge_says_so() -> None:
    row = rows(entry(billed=None, charged=None))[0]
    assert (row["billed_usd"], row["charged"]) == ("", "unknown")


def test_a_title_is_no_formula() -> None:
    assert rows(entry(title="=1+1"))[0]["title"] == "'=1+1"


def test_an_id_of_fals_is_no_formula() -> None:
    assert rows(entry(request_id="=1+1"))[0]["request_id"] == "'=1+1"


def test_the_estimate_and_the_bill_are_side_by_side() -> None:
    assert money_words(entry()) == "estimate $0.029 · billed $0.031"


def test_a_request_that_failed_says_whether_it_was_charged() -> None:
    failed = entry(state=JobState.FAILED, billed=None, charged=False)
    assert money_words(failed).endswith("not charged")


def test_a_bill_that_cannot_be_meant_is_flagged_and_is_no_formula() -> None:
    row = rows(entry(billed=None, unusable_units="-5"))[0]
    assert (row["billed_usd"], row["unusable_units"]) == ("", "'-5")
    assert "“-5”" in unusable_words("-5")
    assert "dashboard" in unusable_words("-5")
