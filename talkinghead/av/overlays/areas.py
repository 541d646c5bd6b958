"""Regions of a frame, and for how long an overlay takes one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """A region of a frame, in px."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels."""
        return self.bottom - self.top

    def meets(self, other: "Area") -> bool:
        """Whether the two have a pixel in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.shares_rows(other)

    def shares_rows(self, other: "Area") -> bool:
        """Whether the two have a row in common, wherever in it they are."""
        return self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class OccupiedArea:
    """A region that an overlay takes for a time.

    Attributes:
        area: which.
        start, end: seconds.
    """

    area: Area
    start: float
    end: float

    def meets(self, other: "OccupiedArea") -> bool:
        """Whether both ever take the same pixel at the same time."""
        return self.start < other.end and other.start < self.end and self.area.meets(other.area)


def free_of(area: Area, occupied: Iterable[OccupiedArea]) -> bool:
    """Whether an area has no pixel that is ever taken."""
    return not any(area.meets(each.area) for each in occupied)
