"""The retention service of one workspace: erase everything."""

from talkinghead.core.store import Store
from talkinghead.retention.erase import WorkspaceErasure


class RetentionService:
    """Erasure on request of a person.

    Args:
        workspace: its id.
        erasure: takes it off the record.
        store: where the files are.
    """

    def __init__(self, workspace: str, erasure: WorkspaceErasure, store: Store) -> None:
        self._workspace = workspace
        self._erasure = erasure
        self._store = store

    def erase(self) -> int:
        """Delete this workspace's videos, portraits, recordings, projects and ended jobs for good;
        returns how many videos that were. What was paid stays in the ledger, without words and
        faces.

        Raises:
            RenderRefused: jobs are under way.
            StorageFailed: a file could not be deleted; the rest is still there.
        """
        self._erasure.check(self._workspace)
        self._store.clear(self._workspace)
        return self._erasure.erase(self._workspace)
