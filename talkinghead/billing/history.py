"""The billing history: paid requests of a time, their totals, and both as one table.

Three amounts stand side by side: what was estimated, what was billed as far as bills are known, and
what counts against the spending limits (of each request the bill, else the estimate).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Literal

from talkinghead.fal.privacy.output_repository import KeptOutput
from talkinghead.jobs.job import LedgerEntry

Grouping = Literal["day", "person", "project", "model"]
GROUPINGS: tuple[Grouping, ...] = ("day", "person", "project", "model")
NO_PROJECT, UNKNOWN_PERSON = "No project", "Unknown"


@dataclass(frozen=True)
class HistoryRow:
    """A paid request, or one that may have been paid.

    Attributes:
        entry: what is on record of it.
        person_id, person: who ordered it: the actor's id, and their name where it is known.
        kept: what fal keeps of it, or None where that is not known.
        project_id, project: what it was ordered for, its id and title; "" and `NO_PROJECT` where
            it was ordered elsewhere.
    """

    entry: LedgerEntry
    person_id: str
    person: str
    project_id: str
    project: str
    kept: KeptOutput | None = None

    def day(self, zone: tzinfo) -> date:
        """Return the day of the order in a time zone."""
        return self.entry.created_at.astimezone(zone).date()


@dataclass(frozen=True)
class Total:
    """The sums of some requests.

    Attributes:
        key: the day in ISO form, or the id of the person, project or model.
        label: as a person reads it.
        requests: how many there are.
        estimated: dollars that they were said to cost.
        billed: dollars by the bills that are known.
        unbilled: how many have no bill that is known.
        counted: dollars that count against the limits.
    """

    key: str
    label: str
    requests: int
    estimated: Decimal
    billed: Decimal
    unbilled: int
    counted: Decimal


@dataclass(frozen=True)
class History:
    """The requests of a time.

    Attributes:
        rows: newest first.
    """

    rows: tuple[HistoryRow, ...]

    @cached_property
    def total(self) -> Total:
        """The sums of all."""
        return _total("", "Total", self.rows)

    def totals(self, by: Grouping, zone: tzinfo, title_of: Callable[[str], str]) -> list[Total]:
        """Return the sums by day, the latest first, or by person, project or model, the largest
        first.

        Args:
            by: how to group.
            zone: whose days they are.
            title_of: names a model by its endpoint id.
        """
        groups: dict[str, list[HistoryRow]] = {}
        labels: dict[str, str] = {}
        for row in self.rows:
            key, label = _group(row, by, zone, title_of)
            groups.setdefault(key, []).append(row)
            labels[key] = label
        found = [_total(key, labels[key], rows) for key, rows in groups.items()]
        if by == "day":
            return sorted(found, key=lambda total: total.key, reverse=True)
        return sorted(found, key=lambda total: (-total.counted, total.label))


def _group(
    row: HistoryRow, by: Grouping, zone: tzinfo, title_of: Callable[[str], str]
) -> tuple[str, str]:
    match by:
        case "day":
            day = row.day(zone).isoformat()
            return day, day
        case "person":
            return row.person_id, row.person
        case "project":
            return row.project_id, row.project
        case "model":
            return row.entry.endpoint_id, title_of(row.entry.endpoint_id)


def _total(key: str, label: str, rows: Sequence[HistoryRow]) -> Total:
    entries = [row.entry for row in rows]
    return Total(
        key=key,
        label=label,
        requests=len(entries),
        estimated=_sum(entry.estimate for entry in entries),
        billed=_sum(entry.billed for entry in entries if entry.billed is not None),
        unbilled=sum(entry.billed is None for entry in entries),
        counted=_sum(entry.counted for entry in entries),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
