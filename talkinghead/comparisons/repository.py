"""The comparisons repository: jobs ordered together, and the choice made.

A comparison and all of its jobs are written down in one transaction: either everything is ordered
or nothing is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from talkinghead.comparisons.blind import FEWEST, hidden_of
from talkinghead.comparisons.tables import comparisons
from talkinghead.core.database import Database
from talkinghead.core.errors import InvalidInput, NotFound
from talkinghead.jobs.journal import Also
from talkinghead.jobs.records.comparison_repository import (
    Member,
    join_comparison,
    leave_comparison,
    members,
)
from talkinghead.videos.values import BlindEntries


@dataclass(frozen=True)
class ComparisonRecord:
    """A comparison without its jobs.

    Attributes:
        id: 32 hexadecimal digits.
        workspace: whose it is.
        title: a few words to recognise it by.
        blind: names stay hidden until a choice is made.
        created_at, chosen_at: aware UTC; the latter None until a choice is made.
        chosen: the job whose video was kept as the best, or None.
    """

    id: str
    workspace: str
    title: str
    blind: bool
    created_at: datetime
    chosen: str | None = None
    chosen_at: datetime | None = None


@dataclass(frozen=True)
class Showing:
    """A finished video that was available when a choice was made.

    Attributes:
        job_id: what made it.
        blind: its name was hidden.
        chosen: it was kept as the best.
    """

    job_id: str
    blind: bool
    chosen: bool


_COLUMNS = tuple(comparisons.c[field.name] for field in fields(ComparisonRecord))


class ComparisonRepository:
    """The comparisons of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enrolment(self, record: ComparisonRecord, beside: str | None = None) -> Also:
        """Return a callback that stores a new comparison in the transaction of its jobs.

        Args:
            record: the comparison; nothing is written if it exists already.
            beside: a job of before that joins it.
        """

        def enrol(connection: Connection) -> None:
            if _of(connection, record.workspace, record.id) is None:
                row = {column.name: getattr(record, column.name) for column in _COLUMNS}
                connection.execute(insert(comparisons).values(**row))
            if beside is not None:
                join_comparison(connection, record.workspace, beside, record.id, 0)

        return enrol

    def replace(self, record: ComparisonRecord, before: str, after: str) -> None:
        """Replace a job that was ordered again by the new one."""
        with self._database.writing() as connection:
            place = leave_comparison(connection, record.workspace, before)
            join_comparison(connection, record.workspace, after, record.id, place)

    def one(self, workspace: str, comparison_id: str) -> ComparisonRecord:
        """Return one comparison.

        Raises:
            NotFound: this workspace has no such comparison.
        """
        with self._database.reading() as connection:
            found = _of(connection, workspace, comparison_id)
        if found is None:
            raise NotFound("Comparison not found.")
        return found

    def latest(self, workspace: str, limit: int) -> list[ComparisonRecord]:
        """Return the comparisons, newest first."""
        query = select(*_COLUMNS).where(comparisons.c.workspace == workspace)
        newest = query.order_by(comparisons.c.created_at.desc(), comparisons.c.id.desc())
        with self._database.reading() as connection:
            return [_record(row) for row in connection.execute(newest.limit(limit))]

    def job_ids(self, workspace: str, comparison_ids: Sequence[str]) -> dict[str, list[str]]:
        """Return the ids of the jobs of comparisons in order, by comparison."""
        found: dict[str, list[str]] = {comparison_id: [] for comparison_id in comparison_ids}
        with self._database.reading() as connection:
            for member in members(connection, workspace, comparison_ids):
                if member.parent is None:
                    found[member.comparison].append(member.job_id)
        return found

    def hidden(self, workspace: str) -> BlindEntries:
        """Return the jobs and videos of a workspace whose model is hidden now: one query if nothing
        is undecided, else two."""
        undecided = select(comparisons.c.id, comparisons.c.title).where(
            comparisons.c.workspace == workspace,
            comparisons.c.blind.is_(True),
            comparisons.c.chosen.is_(None),
        )
        with self._database.reading() as connection:
            titles = {row.id: row.title for row in connection.execute(undecided)}
            return hidden_of(titles, members(connection, workspace, titles) if titles else ())

    def choose(self, workspace: str, comparison_id: str, job_id: str) -> None:
        """Store a job's video as the best. A blind choice is final; any other may be changed.

        Raises:
            NotFound: this workspace has no such comparison, or it has no such job.
            InvalidInput: there is nothing to choose from yet, or the choice is made.
        """
        with self._database.writing() as connection:
            record = _of(connection, workspace, comparison_id)
            if record is None:
                raise NotFound("Comparison not found.")
            known = members(connection, workspace, [comparison_id])
            done = {member.job_id for member in known if member.is_done}
            if job_id not in done:
                raise NotFound("That video isn't part of this comparison or isn't finished yet.")
            if len(done) < FEWEST:
                raise InvalidInput("Wait for a second video before you choose.")
            if record.blind and record.chosen not in (None, job_id):
                raise InvalidInput(
                    "You've already chosen in this blind test. The first choice counts."
                )
            mine = comparisons.c.id == comparison_id
            change = {"chosen": job_id, "chosen_at": datetime.now(UTC)}
            connection.execute(update(comparisons).where(mine).values(**change))

    def showings(self, workspace: str) -> list[Showing]:
        """Return every video that was finished when a choice was made beside it."""
        mine = comparisons.c.workspace == workspace, comparisons.c.chosen.is_not(None)
        with self._database.reading() as connection:
            rows = connection.execute(select(*_COLUMNS).where(*mine))
            decided = {record.id: record for record in map(_record, rows)}
            ready = [one for one in members(connection, workspace, decided) if one.is_done]
        ready.sort(key=lambda member: (member.created_at, member.job_id))
        return [
            Showing(member.job_id, of.blind, member.job_id == of.chosen)
            for member in ready
            if _was_there(member, of := decided[member.comparison])
        ]


def _of(connection: Connection, workspace: str, comparison_id: str) -> ComparisonRecord | None:
    mine = comparisons.c.id == comparison_id, comparisons.c.workspace == workspace
    row = connection.execute(select(*_COLUMNS).where(*mine)).one_or_none()
    return None if row is None else _record(row)


def _record(row: Row[Any]) -> ComparisonRecord:
    return ComparisonRecord(**row._mapping)


def _was_there(member: Member, record: ComparisonRecord) -> bool:
    """Whether it was finished when the choice was made."""
    in_time = member.ended_at and record.chosen_at and member.ended_at <= record.chosen_at
    return bool(in_time) or member.job_id == record.chosen


def delete_empty_comparisons(connection: Connection, workspace: str) -> None:
    """Delete the comparisons of a workspace that have no jobs any more."""
    mine = select(comparisons.c.id).where(comparisons.c.workspace == workspace)
    every = list(connection.scalars(mine))
    left = {member.comparison for member in members(connection, workspace, every)}
    gone = [one for one in every if one not in left]
    connection.execute(delete(comparisons).where(comparisons.c.id.in_(gone)))


def erase_comparisons(connection: Connection, workspace: str) -> None:
    """Delete a workspace's comparisons."""
    connection.execute(delete(comparisons).where(comparisons.c.workspace == workspace))
