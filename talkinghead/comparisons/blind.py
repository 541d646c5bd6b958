"""Blind comparisons: which jobs and videos must not reveal their model until a choice is made.

A look at the gallery or at the list of jobs would spoil the choice. So whoever shows a job or a
video asks here first: once for a whole page.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from talkinghead.jobs.job import JobState
from talkinghead.jobs.records.comparison_repository import Member
from talkinghead.videos.values import NOTHING_HIDDEN, BlindEntries, BlindEntry

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
    """Return a sort key that shuffles the jobs of a comparison, always in the same order."""
    return hashlib.sha256(f"{comparison_id} {job_id}".encode()).digest()


def hidden_of(titles: Mapping[str, str], members: Iterable[Member]) -> BlindEntries:
    """Return everything whose model is hidden now.

    Args:
        titles: of the blind comparisons without a choice, by their ids.
        members: all of their jobs.
    """
    found = NOTHING_HIDDEN
    known = sorted(members, key=_comparison)
    for comparison_id, of in groupby(known, key=_comparison):
        one = _of_one(titles[comparison_id], list(of))
        found = BlindEntries({**found.jobs, **one.jobs}, {**found.videos, **one.videos})
    return found


def _comparison(member: Member) -> str:
    return member.comparison


def _of_one(title: str, members: Sequence[Member]) -> BlindEntries:
    """Return what one undecided comparison hides."""
    parents = [member for member in members if member.parent is None]
    states = [parent.state for parent in parents]
    if not hides(blind=True, chosen=None, states=states):
        return NOTHING_HIDDEN
    ready = all(state.ended for state in states)
    parents.sort(key=lambda parent: chance(parent.comparison, parent.job_id))
    known = {
        parent.job_id: BlindEntry(parent.comparison, title, LETTERS[rank] if ready else None, rank)
        for rank, parent in enumerate(parents)
    }
    of_jobs = {
        member.job_id: known[member.parent or member.job_id]
        for member in members
        if (member.parent or member.job_id) in known
    }
    videos = {one.video_id: of_jobs[one.job_id] for one in members if one.video_id}
    return BlindEntries(of_jobs, {video_id: of for video_id, of in videos.items() if video_id})
