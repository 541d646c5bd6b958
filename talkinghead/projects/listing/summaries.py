"""Summaries of projects, as lists show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from talkinghead.projects.listing.repository import ListedProject

TITLE_LENGTH = 60  # characters


@dataclass(frozen=True)
class ProjectSummary:
    """A project in the list of recent ones.

    Attributes:
        id: which.
        title: its name, else its first words or its recording's name; "Untitled" without either.
        named: whether a person gave it its title.
        portrait: the reference of its picture, or None.
        has_words: whether there is a script or a recording.
        jobs: ids of what was ordered for it, oldest first.
        updated_at: when it was changed last; aware UTC.
    """

    id: str
    title: str
    named: bool
    portrait: str | None
    has_words: bool
    jobs: tuple[str, ...]
    updated_at: datetime

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to continue with."""
        return not (self.named or self.portrait or self.has_words or self.jobs)


def summary_of(listed: ListedProject) -> ProjectSummary:
    """Return the summary of a stored project of any version, also of one that cannot be opened
    here."""
    content = listed.content
    words = _words(content)
    portrait = content.get("portrait")
    reference = portrait.get("reference") if isinstance(portrait, dict) else None
    return ProjectSummary(
        id=listed.id,
        title=listed.name or short_title(words) or "Untitled",
        named=bool(listed.name),
        portrait=reference if isinstance(reference, str) else None,
        has_words=bool(words),
        jobs=tuple(str(job_id) for job_id in content.get("jobs") or ()),
        updated_at=listed.updated_at,
    )


def short_title(words: str) -> str:
    """Return the first words of a text, at most 60 characters."""
    line = " ".join(words.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1].rsplit(' ', 1)[0]} …"


def _words(content: Mapping[str, Any]) -> str:
    """Return the script, or the name of the recording where that is what is heard."""
    recording = content.get("recording")
    if content.get("source") == "recording" and isinstance(recording, dict):
        return str(recording.get("name") or "A recording")
    return str(content.get("script") or "")
