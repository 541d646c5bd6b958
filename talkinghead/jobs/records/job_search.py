"""Searches of the list of jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from talkinghead.jobs.job import Job


class JobGroup(StrEnum):
    """Jobs that a person looks for together. Each job is in exactly one group."""

    ATTENTION = "attention"  #: Open, and blocked until a person decides or adds a key.
    IN_PROGRESS = "in_progress"  #: Open, and goes on by itself.
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether its jobs have ended."""
        return self in FINISHED


FINISHED = frozenset({JobGroup.DONE, JobGroup.FAILED, JobGroup.CANCELLED})
EVERY_GROUP = frozenset(JobGroup)


LONGEST_SEARCH = 200  # characters of words that are looked for


@dataclass(frozen=True)
class JobSearch:
    """A search of the list; an empty one matches everything.

    Attributes:
        words: each must be in the title, or one must be the id of the job or of its request; case
            does not matter.
        groups: only of these.
    """

    words: str = ""
    groups: frozenset[JobGroup] = EVERY_GROUP


@dataclass(frozen=True)
class JobPage:
    """A part of the list.

    Attributes:
        jobs: newest first.
        total: how many there are.
    """

    jobs: Sequence[Job]
    total: int


@dataclass(frozen=True)
class JobNews:
    """What may have changed in the list since somebody looked.

    Attributes:
        open: ids of the jobs that have not ended.
        unseen: how many are done or failed, and nobody has seen it.
    """

    open: frozenset[str]
    unseen: int
