"""The list of jobs: searched in parts, counted by group, and cleared.

A job that was cleared ("dismissed") is not in the list any more; its record, its video and its
place in the billing history are kept. Children are in no list.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from talkinghead.core.database import Database
from talkinghead.jobs.job import JobState
from talkinghead.jobs.records.job_search import (
    LONGEST_SEARCH,
    JobGroup,
    JobNews,
    JobPage,
    JobSearch,
)
from talkinghead.jobs.repository import ENDED, JOB_COLUMNS, OPEN, read_job
from talkinghead.jobs.tables import UNSEEN, jobs


class JobListRepository:
    """The lists of jobs of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, workspace: str, search: JobSearch, *, limit: int, offset: int = 0) -> JobPage:
        """Return a part of what a search finds, newest first, with the total."""
        conditions = [*_listed(workspace), *_conditions(search)]
        newest = (jobs.c.created_at.desc(), jobs.c.id.desc())
        part = select(*JOB_COLUMNS).where(*conditions).order_by(*newest)
        total = select(func.count()).select_from(jobs).where(*conditions)
        with self._database.reading() as connection:
            rows = connection.execute(part.limit(limit).offset(offset)).all()
            return JobPage([read_job(row) for row in rows], connection.scalar(total) or 0)

    def counts(self, workspace: str, words: str = "") -> dict[JobGroup, int]:
        """Return how many jobs each group has; a group without any is missing."""
        conditions = [*_listed(workspace), *_conditions(JobSearch(words))]
        counted = select(func.count()).select_from(jobs).where(*conditions)
        with self._database.reading() as connection:
            found = {
                group: connection.scalar(counted.where(_in_group(group))) or 0 for group in JobGroup
            }
        return {group: count for group, count in found.items() if count}

    def news(self, workspace: str) -> JobNews:
        """Return which jobs are open, and how many ended ones nobody has seen."""
        listed = _listed(workspace)
        is_open = select(jobs.c.id).where(*listed, jobs.c.state.in_(OPEN))
        unseen = select(func.count()).where(*listed, _unseen())
        with self._database.reading() as connection:
            return JobNews(frozenset(connection.scalars(is_open)), connection.scalar(unseen) or 0)

    def mark_seen(self, workspace: str, job_ids: Collection[str] | None = None) -> None:
        """Note that a person has seen how these jobs ended; None means all ended ones."""
        conditions = [jobs.c.workspace == workspace, _unseen()]
        if job_ids is not None:
            conditions.append(jobs.c.id.in_(job_ids))
        query = select(jobs.c.id).where(*conditions)
        with self._database.reading() as connection:
            if connection.scalar(query.limit(1)) is None:
                return
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(*conditions).values(seen=True))

    def dismiss(self, workspace: str, search: JobSearch) -> list[str]:
        """Clear all ended jobs that a search finds from the list; returns their ids."""
        conditions = [*_listed(workspace), *_conditions(search), jobs.c.state.in_(ENDED)]
        with self._database.writing() as connection:
            ids = list(connection.scalars(select(jobs.c.id).where(*conditions)))
            _set_dismissed(connection, workspace, ids, dismissed=True)
        return ids

    def restore(self, workspace: str, job_ids: Sequence[str]) -> None:
        """Put cleared jobs back into the list."""
        with self._database.writing() as connection:
            _set_dismissed(connection, workspace, job_ids, dismissed=False)


def _set_dismissed(
    connection: Connection, workspace: str, job_ids: Sequence[str], *, dismissed: bool
) -> None:
    for begin in range(0, len(job_ids), 500):  # databases bound the variables of a statement
        some = jobs.c.id.in_(job_ids[begin : begin + 500])
        mine = (jobs.c.workspace == workspace, some, jobs.c.state.in_(ENDED))
        connection.execute(update(jobs).where(*mine).values(dismissed=dismissed))


def _listed(workspace: str) -> tuple[ColumnElement[bool], ...]:
    return jobs.c.workspace == workspace, jobs.c.dismissed.is_(False), jobs.c.parent.is_(None)


def _unseen() -> ColumnElement[bool]:
    return and_(UNSEEN, jobs.c.state.in_((JobState.DONE, JobState.FAILED)))


def _conditions(search: JobSearch) -> list[ColumnElement[bool]]:
    found = []
    for word in search.words[:LONGEST_SEARCH].split():
        in_title = jobs.c.title.icontains(word, autoescape=True)
        found.append(or_(in_title, jobs.c.id == word, jobs.c.request_id == word))
    if search.groups != frozenset(JobGroup):
        found.append(or_(*(_in_group(group) for group in sorted(search.groups))))
    return found


def _in_group(group: JobGroup) -> ColumnElement[bool]:
    match group:
        case JobGroup.ATTENTION:
            return and_(jobs.c.state.in_(OPEN), _blocked())
        case JobGroup.IN_PROGRESS:
            return and_(jobs.c.state.in_(OPEN), ~_blocked())
        case JobGroup.DONE:
            return jobs.c.state == JobState.DONE
        case JobGroup.FAILED:
            return jobs.c.state == JobState.FAILED
        case JobGroup.CANCELLED:
            return jobs.c.state == JobState.CANCELLED


def _blocked() -> ColumnElement[bool]:
    """Whether an open job, or an open child of it, waits for a person."""
    children = jobs.alias()
    blocked_child = (
        select(children.c.id)
        .where(
            children.c.parent == jobs.c.id,
            children.c.state.in_(OPEN),
            or_(children.c.state == JobState.UNCONFIRMED, children.c.waiting_for == "key"),
        )
        .exists()
    )
    own = or_(jobs.c.state == JobState.UNCONFIRMED, func.coalesce(jobs.c.waiting_for, "") == "key")
    return or_(own, blocked_child)
