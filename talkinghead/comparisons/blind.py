"""Whose model nobody may know yet: the jobs and videos of blind comparisons that are undecided.

A look at the gallery or at the list of jobs would spoil the choice. So whoever shows a job or a
video asks here first: once for a whole page.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from talkinghead.comparisons.tables import comparisons
from talkinghead.core.database import Database
from talkinghead.jobs.job import JobState
from talkinghead.jobs.tables import jobs
from talkinghead.videos.values import NOTHING_HIDDEN, Hidden, Unnamed

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FEWEST = 2  # finished videos that a choice is made between


def hides(*, blind: bool, chosen: str | None, states: Iterable[JobState]) -> bool:
    """Whether a comparison hides the names of its models now.

    Args:
        blind: it was ordered so.
        chosen: what was kept as the best; from then on everything is shown.
        states: of its jobs. Where all have ended and there is nothing to choose from, there is
            nothing to hide.
    """
    known = list(states)
    ended = all(state.ended for state in known)
    return blind and chosen is None and not (ended and known.count(JobState.DONE) < FEWEST)


def chance(comparison_id: str, job_id: str) -> bytes:
    """Sorts the jobs of a comparison in an order that tells nothing and stays the same."""
    return hashlib.sha256(f"{comparison_id} {job_id}".encode()).digest()


@dataclass(frozen=True)
class _Member:
    comparison: str
    title: str
    job_id: str
    parent: str | None
    state: JobState
    video_id: str | None


def hidden_in(database: Database, workspace: str) -> Hidden:
    """Everything of a workspace whose model is hidden now, by one query."""
    query = (
        select(
            comparisons.c.id, comparisons.c.title,
            jobs.c.id, jobs.c.parent, jobs.c.state, jobs.c.video_id,
        )
        .join(jobs, jobs.c.comparison == comparisons.c.id)
        .where(
            comparisons.c.workspace == workspace,
            comparisons.c.blind.is_(True),
            comparisons.c.chosen.is_(None),
            jobs.c.workspace == workspace,
        )
        .order_by(comparisons.c.id)
    )  # fmt: skip
    with database.reading() as connection:
        rows = connection.execute(query).all()
    members = [_Member(*row[:4], JobState(row[4]), row[5]) for row in rows]
    found = NOTHING_HIDDEN
    for _, of in groupby(members, key=lambda member: member.comparison):
        one = _of_one(list(of))
        found = Hidden({**found.jobs, **one.jobs}, {**found.videos, **one.videos})
    return found


def _of_one(members: Sequence[_Member]) -> Hidden:
    """What one undecided comparison hides."""
    heads = [member for member in members if member.parent is None]
    states = [head.state for head in heads]
    if not hides(blind=True, chosen=None, states=states):
        return NOTHING_HIDDEN
    ready = all(state.ended for state in states)
    heads.sort(key=lambda head: chance(head.comparison, head.job_id))
    known = {
        head.job_id: Unnamed(head.comparison, head.title, LETTERS[rank] if ready else None, rank)
        for rank, head in enumerate(heads)
    }
    of_jobs = {
        member.job_id: known[member.parent or member.job_id]
        for member in members
        if (member.parent or member.job_id) in known
    }
    videos = {one.video_id: of_jobs[one.job_id] for one in members if one.video_id}
    return Hidden(of_jobs, {video_id: of for video_id, of in videos.items() if video_id})
