"""Ends open jobs that nobody waits for any more, whatever runs for them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import case, null, update

from talkinghead.core.database import Database
from talkinghead.jobs.job import JobState
from talkinghead.jobs.records.order_repository import ORDERED
from talkinghead.jobs.records.progress_repository import add_events
from talkinghead.jobs.records.resend_repository import withdraw_resends
from talkinghead.jobs.repository import OPEN
from talkinghead.jobs.tables import jobs


def given_up() -> Mapping[str, Any]:
    """Return the values of a job that is given up. Its workflow may not write any more; its request
    id is kept, and whether it was charged is not known if an order left."""
    now = datetime.now(UTC)
    return {
        "state": JobState.CANCELLED,
        "run": jobs.c.run + 1,
        "waiting_for": None,
        "charged": case((ORDERED, null()), else_=False),
        "problem": None,
        "problem_field": None,
        "fraction": None,
        "seconds_left": None,
        "queue_position": None,
        "updated_at": now,
        "ended_at": now,
    }


class GiveUpRepository:
    """Gives jobs up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give_up(self, job_id: str, note: str) -> bool:
        """End an open job; returns False if it has ended already."""
        still_open = (jobs.c.id == job_id, jobs.c.state.in_(OPEN))
        with self._database.writing() as connection:
            withdraw_resends(connection, *still_open)
            ended = connection.execute(update(jobs).where(*still_open).values(**given_up()))
            if ended.rowcount == 0:
                return False
            add_events(connection, job_id, "state", [JobState.CANCELLED.value])
            add_events(connection, job_id, "note", [note])
        return True

    def mark_uncharged(self, job_id: str) -> None:
        """Record that the provider stopped a job that was given up, and charges nothing."""
        ended = (jobs.c.id == job_id, jobs.c.state == JobState.CANCELLED.value)
        unknown = jobs.c.charged.is_(None)
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(*ended, unknown).values(charged=False))
