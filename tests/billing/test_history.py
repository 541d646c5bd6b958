"""The billing history: what each total holds, and the file that has them."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from talkinghead.billing.history import History, HistoryRow
from talkinghead.billing.history_csv import COLUMNS, history_csv
from talkinghead.jobs.job import JobState, LedgerEntry

EVENING = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
NIGHT = timedelta(hours=1)


def row(person: str = "You", project: str = "Sale", **changes: Any) -> HistoryRow:
    """A finished, billed request."""
    values: dict[str, Any] = {
        "job_id": "j",
        "request_id": "r-1",
        "endpoint_id": "fal-ai/flashhead",
        "title": "Hello, world",
        "state": JobState.DONE,
        "estimate": Decimal("0.10"),
        "billed": Decimal("0.12"),
        "counted": Decimal("0.12"),
        "created_at": EVENING,
        "video_id": "v",
        "charged": True,
    }
    return HistoryRow(LedgerEntry(**{**values, **changes}), person, person, project, project)


THREE = History(
    (
        row(created_at=EVENING + NIGHT, project="Letter"),
        row(endpoint_id="fal-ai/infinitalk", billed=None, counted=Decimal("0.10")),
        row(person="Ada"),
    )
)


def title_of(endpoint_id: str) -> str:
    """The display name of a model."""
    return endpoint_id.removeprefix("fal-ai/").title()


def rows(history: History, zone: Any = UTC) -> list[dict[str, str]]:
    """The file as a spreadsheet reads it."""
    text = history_csv(history, zone, title_of).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_estimates_bills_and_what_counts_stand_side_by_side() -> None:
    total = THREE.total
    amounts = (total.estimated, total.billed, total.counted)
    assert amounts == (Decimal("0.30"), Decimal("0.24"), Decimal("0.34"))
    assert (total.requests, total.unbilled) == (3, 1)


def test_days_are_the_visitors_and_come_latest_first() -> None:
    days = [(total.key, total.requests) for total in THREE.totals("day", UTC, title_of)]
    assert days == [("2026-11-22", 1), ("2026-11-21", 2)]
    tokyo = THREE.totals("day", ZoneInfo("Asia/Tokyo"), title_of)
    assert [total.key for total in tokyo] == ["2026-11-22"]


def test_people_projects_and_models_come_by_what_they_cost() -> None:
    assert [total.label for total in THREE.totals("person", UTC, title_of)] == ["You", "Ada"]
    assert [total.label for total in THREE.totals("project", UTC, title_of)] == ["Sale", "Letter"]
    models = THREE.totals("model", UTC, title_of)
    assert [(total.label, total.counted) for total in models] == [
        ("Flashhead", Decimal("0.24")),
        ("Infinitalk", Decimal("0.10")),
    ]


@pytest.mark.parametrize("by", ["day", "person", "project", "model"])
def test_the_totals_of_each_grouping_add_up_to_all(by: Any) -> None:
    totals = THREE.totals(by, UTC, title_of)
    assert sum(total.counted for total in totals) == THREE.total.counted
    assert sum(total.requests for total in totals) == THREE.total.requests


def test_the_file_has_each_request_in_order_and_every_total() -> None:
    found = rows(THREE)
    assert list(found[0]) == list(COLUMNS)
    assert [each["row"] for each in found] == [
        *3 * ["request"],
        *2 * ["total by day"],
        *2 * ["total by person"],
        *2 * ["total by project"],
        *2 * ["total by model"],
        "total",
    ]
    requests = [each for each in found if each["row"] == "request"]
    summed = sum(Decimal(each["counted_usd"]) for each in requests)
    assert Decimal(found[-1]["counted_usd"]) == summed == THREE.total.counted
    assert found[0]["date"] == "2026-11-22T00:30:00+00:00"


def test_a_total_is_named_as_its_requests_are() -> None:
    found = rows(THREE)
    by_model = {each["model"] for each in found if each["row"] == "total by model"}
    assert by_model == {each["model"] for each in found if each["row"] == "request"}


def test_an_unknown_bill_is_empty_and_an_unknown_charge_says_so() -> None:
    first = rows(History((row(billed=None, charged=None),)))[0]
    assert (first["billed_usd"], first["charged"]) == ("", "unknown")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_nothing_in_the_file_is_a_formula(text: str) -> None:
    one = row(person=text, project=text, title=text, request_id=text, unusable_units=text)
    found = rows(History((one,)))
    for name in ("person", "project", "title", "request_id", "unusable_units"):
        assert found[0][name] == f"'{text}"
    assert {each["person"] for each in found if each["row"] == "total by person"} == {f"'{text}"}
