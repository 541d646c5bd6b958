"""The retention service of one workspace: erase everything, or everything of one face."""

from talkinghead.core.store import Store
from talkinghead.jobs.engine import Engine
from talkinghead.retention.erase import WorkspaceErasure
from talkinghead.retention.faces import FaceErasure
from talkinghead.retention.values import FaceContents, FaceReceipt


class RetentionService:
    """Erasure on request of a person.

    Args:
        workspace: its id.
        actor_id: of who asks.
        erasure: takes it off the record.
        faces: deletes everything of one portrait.
        store: where the files are.
        engine: runs its jobs.
    """

    def __init__(
        self,
        workspace: str,
        actor_id: str,
        erasure: WorkspaceErasure,
        faces: FaceErasure,
        store: Store,
        engine: Engine,
    ) -> None:
        self._workspace = workspace
        self._actor_id = actor_id
        self._faces = faces
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

    def face(self, portrait: str) -> FaceContents:
        """Return what would go with a portrait.

        Args:
            portrait: its reference, or that of a crop of it.

        Raises:
            NotFound: it is not in this workspace.
        """
        return self._faces.contents(self._workspace, portrait)

    def delete_face(self, portrait: str) -> FaceReceipt:
        """Delete a portrait for good with everything made of it: crops, renders, drafts, versions,
        captions and consent, and at fal what the key allows; returns what went, and what could
        not.

        Open jobs of it are given up. Projects keep their words. What was paid stays in the ledger.

        Raises:
            NotFound: it is not in this workspace.
        """
        return self._faces.delete(self._workspace, portrait, self._actor_id)
