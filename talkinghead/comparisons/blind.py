"""Whose model nobody may know yet: the jobs and videos of blind comparisons that are undecided.

A look at the gallery or at the list of jobs would spoil the choice. So whoever shows a job or a
video asks here first: once for a whole page.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from sqlalchemy import select

from talkinghead.core.database import Database
from talkinghead.core.schema import comparisons, jobs
from talkinghead.jobs.job import Job, JobState, Video

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FEWEST = 2  # finished videos that a choice is made between

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Unnamed:
    """What is known of a job or a video whose model is hidden.

    Attributes:
        comparison: the id of the blind comparison that hides it.
        title: that comparison's.
        letter: what the comparison calls it, or None while others of it are still being made: who
            is ready first would be told by it.
        rank: its place in an order that tells nothing.
    """

    comparison: str
    title: str
    letter: str | None
    rank: int


@dataclass(frozen=True)
class Hidden:
    """Everything of one workspace whose model is hidden now.

    Attributes:
        jobs: by the job's id, the parts of a longer video among them.
        videos: by the video's id; other versions of it are found by the one they were made from.
    """

    jobs: Mapping[str, Unnamed]
    videos: Mapping[str, Unnamed]

    def job(self, job: Job) -> Unnamed | None:
        """What is known of a job, or None where it is not hidden. One that makes another version of
        a hidden video tells no model itself."""
        return self.jobs.get(job.id)

    def video(self, video: Video) -> Unnamed | None:
        """What is known of a video, or None where it is not hidden."""
        return self.videos.get(video.made_from or video.id) or self.jobs.get(video.job_id)

    def mixed(
        self, things: Sequence[Thing], look: Callable[[Thing], Unnamed | None]
    ) -> list[Thing]:
        """The same things, but those of one comparison in an order that tells nothing: when each
        was ordered, or ready, would tell which model it is.

        Args:
            things: jobs or videos, as they are shown.
            look: `job` or `video`.
        """
        mixed, places = list(things), dict[str, list[tuple[int, int]]]()
        for place, thing in enumerate(things):
            if unnamed := look(thing):
                places.setdefault(unnamed.comparison, []).append((unnamed.rank, place))
        for of in places.values():
            free = sorted(place for _, place in of)
            for place, (_, taken) in zip(free, sorted(of), strict=True):
                mixed[place] = things[taken]
        return mixed


NOTHING_HIDDEN = Hidden({}, {})


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
