"""The portrait library of one workspace: which of its portraits can be chosen again."""

from dataclasses import replace
from datetime import UTC, datetime

from talkinghead.portraits.repository import LibraryEntry, PortraitLibraryRepository
from talkinghead.portraits.service import PortraitService
from talkinghead.portraits.values import Portrait

LIBRARY_SHOWN = 24
"""The number of portraits that a library shows."""


class PortraitLibraryService:
    """The portraits of one workspace that can be chosen again; adding one lists it.

    Args:
        workspace: its id.
        portraits: what is stored of them.
        repository: which are listed.
    """

    def __init__(
        self, workspace: str, portraits: PortraitService, repository: PortraitLibraryRepository
    ) -> None:
        self._workspace = workspace
        self._portraits = portraits
        self._repository = repository

    def list(self, limit: int = LIBRARY_SHOWN) -> list[LibraryEntry]:
        """Return the portraits that were chosen last, the newest first, each with its
        thumbnail."""
        listed = self._repository.list(self._workspace, limit)
        return [self._with_thumbnail(entry) for entry in listed]

    def choose(self, reference: str) -> Portrait:
        """Return a portrait of the library, which is first in it from now on.

        Raises:
            NotFound: it is not in this workspace.
        """
        portrait = self._portraits.find(reference)
        self._repository.put(self._workspace, reference)
        return portrait

    def remove(self, reference: str) -> None:
        """Remove a portrait from the library; videos and projects that use it keep it, and it can
        be restored for a day.

        Raises:
            NotFound: it is not in the library.
        """
        self._repository.mark_removed(self._workspace, reference, datetime.now(UTC))

    def restore(self, reference: str) -> None:
        """Put a removed portrait back into the library.

        Raises:
            NotFound: it was removed more than a day ago.
        """
        self._repository.mark_removed(self._workspace, reference, None)

    def _with_thumbnail(self, entry: LibraryEntry) -> LibraryEntry:
        """Return an entry with its thumbnail; that of a portrait from before there was a library is
        made now."""
        if entry.thumbnail is not None:
            return entry
        thumbnail = self._portraits.thumbnail(entry.reference)
        self._repository.set_thumbnail(self._workspace, entry.reference, thumbnail)
        return replace(entry, thumbnail=thumbnail)
