"""Searches of the gallery, and the labels of what an undecided blind comparison hides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from talkinghead.jobs.job import Job, Video

Thing = TypeVar("Thing")


class Order(StrEnum):
    """The order of the gallery."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    LONGEST = "longest"
    MOST_EXPENSIVE = "price"


LONGEST_SEARCH = 200  # characters of words that are looked for


@dataclass(frozen=True)
class VideoSearch:
    """A search of the gallery; an empty one matches everything.

    Attributes:
        words: each must be in the title or the script; case does not matter.
        endpoint_id: only of this model.
        since, before: only made from one moment on, and before another; aware.
        folder: only in this folder.
        favorites: only those that a person marked.
    """

    words: str = ""
    endpoint_id: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    folder: str | None = None
    favorites: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it matches everything."""
        return self == VideoSearch()


EVERYTHING = VideoSearch()


@dataclass(frozen=True)
class BlindEntry:
    """The label of a job or video whose model is hidden.

    Attributes:
        comparison: the id of the blind comparison that hides it.
        title: that comparison's.
        letter: what the comparison calls it, or None while others of it are still being made: who
            is ready first would be revealed by it.
        rank: its place in a shuffled order.
    """

    comparison: str
    title: str
    letter: str | None
    rank: int


@dataclass(frozen=True)
class BlindEntries:
    """The jobs and videos of one workspace whose model is hidden now.

    Attributes:
        jobs: by the job's id, the parts of a longer video among them.
        videos: by the video's id; other versions of it are found by the one they were made from.
    """

    jobs: Mapping[str, BlindEntry]
    videos: Mapping[str, BlindEntry]

    def job(self, job: Job) -> BlindEntry | None:
        """Return the label of a job, or None if its model is not hidden. An export of a hidden
        video reveals no model itself."""
        return self.jobs.get(job.id)

    def video(self, video: Video) -> BlindEntry | None:
        """Return the label of a video, or None if its model is not hidden."""
        return self.videos.get(video.made_from or video.id) or self.jobs.get(video.job_id)

    def mixed(
        self, things: Sequence[Thing], look: Callable[[Thing], BlindEntry | None]
    ) -> list[Thing]:
        """Return the same things with those of one comparison shuffled: the order in which they
        were ordered, or ready, would reveal the model.

        Args:
            things: jobs or videos, as they are shown.
            look: `job` or `video`.
        """
        mixed, places = list(things), dict[str, list[tuple[int, int]]]()
        for place, thing in enumerate(things):
            if blind := look(thing):
                places.setdefault(blind.comparison, []).append((blind.rank, place))
        for of in places.values():
            free = sorted(place for _, place in of)
            for place, (_, taken) in zip(free, sorted(of), strict=True):
                mixed[place] = things[taken]
        return mixed


NOTHING_HIDDEN = BlindEntries({}, {})
