"""The retention service of one workspace: erase everything."""

from talkinghead.core.store import Store
from talkinghead.jobs.engine import Engine
from talkinghead.retention.erase import WorkspaceErasure


class RetentionService:
    """Erasure on request of a person.

    Args:
        workspace: its id.
        erasure: takes it off the record.
        store: where the files are.
        engine: runs its jobs.
    """

    def __init__(
        self, workspace: str, erasure: WorkspaceErasure, store: Store, engine: Engine
    ) -> None:
        self._workspace = workspace
        self._erasure = erasure
        self._store = store
        self._engine = engine

    def erase(self) -> int:
        """Delete this workspace's videos, portraits, recordings, projects and jobs for good.

        Returns how many videos that were. Open jobs are given up. What was paid stays in the
        ledger, without words and faces.

        Raises:
            StorageFailed: a file could not be deleted; the rest is still there.
        """
        self._engine.end_all(self._workspace)
        self._store.clear(self._workspace)
        gone = self._erasure.erase(self._workspace)
        self._store.clear(self._workspace)  # what another process was storing meanwhile
        return gone
