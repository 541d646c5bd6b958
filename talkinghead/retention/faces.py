"""Deletes everything of one portrait, here and at fal."""

from datetime import UTC, datetime, timedelta

from talkinghead.core.database import PURGE_LOCK, Database
from talkinghead.core.errors import NotFound, StorageFailed
from talkinghead.core.store import Store
from talkinghead.fal.privacy.deletions import Outcome
from talkinghead.fal.privacy.output_repository import KeptOutput
from talkinghead.fal.privacy.provider_privacy import ProviderPrivacy
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import DRAFT, kind_of
from talkinghead.projects.stored_form import without_portrait
from talkinghead.retention.face_content import Face, find_face
from talkinghead.retention.face_hooks import HOOKS
from talkinghead.retention.reference_repository import remove_unused
from talkinghead.retention.values import FaceContents, FaceReceipt, NotDeleted

_WHY: dict[Outcome | None, str] = {
    None: "The fal.ai key that ordered it isn't here.",
    Outcome.NOT_ALLOWED: "The fal.ai key isn't an ADMIN key.",
    Outcome.LATER: "fal.ai didn't delete it.",
}
_DASHBOARD = "Delete it at fal.ai/dashboard/requests"
_UNKNOWN = datetime.max.replace(tzinfo=UTC)
"""Until when fal keeps what was ordered before that was remembered."""


class FaceErasure:
    """Deletes the faces of every workspace.

    Args:
        database: what is on record.
        store: the files.
        engine: runs the jobs; `journal` holds them.
        journal: see there.
        provider: what is closed and deleted at fal.
    """

    def __init__(
        self,
        database: Database,
        store: Store,
        engine: Engine,
        journal: Journal,
        provider: ProviderPrivacy,
    ) -> None:
        self._database = database
        self._store = store
        self._engine = engine
        self._journal = journal
        self._provider = provider

    def contents(self, workspace: str, picture: str) -> FaceContents:
        """Return what there is of a portrait.

        Raises:
            NotFound: this workspace has nothing of it.
        """
        return self._contents(self._find(workspace, picture))

    def delete(self, workspace: str, picture: str, actor: str) -> FaceReceipt:
        """Delete everything of a portrait for good; returns what went, and what could not.

        Args:
            workspace: whose.
            picture: the portrait, or a crop of it.
            actor: the id of who asks for it.

        Raises:
            NotFound: this workspace has nothing of it.
        """
        face = self._find(workspace, picture)
        contents = self._contents(face)
        at_provider: list[str] = []
        closed, not_closed = 0, list[NotDeleted]()
        while True:
            self._end_jobs(face)
            deleted, left = self._delete_at_provider(face)
            at_provider += deleted
            some, still_open = self._close_uploads(face)
            closed, not_closed = closed + some, [*not_closed, *still_open]
            face = self._forget(workspace, picture)
            # What was ordered while fal was asked would bring the face back once it is done.
            if not any(job.is_open for job in face.jobs):
                break
        # Copies of the database from before an upgrade hold it as well.
        self._database.delete_copies(datetime.now(UTC) + timedelta(seconds=1))
        files, not_deleted = self._delete_files(face)
        every = (*left, *not_closed, *_unreadable_projects(face), *not_deleted)
        now = datetime.now(UTC)
        return FaceReceipt(contents, now, actor, files, tuple(at_provider), closed, every)

    def _forget(self, workspace: str, picture: str) -> Face:
        """Return everything of a portrait; it is off the record now, unless a job of it is open."""
        with self._database.writing(PURGE_LOCK) as connection:
            face = find_face(connection, workspace, picture)
            if not any(job.is_open for job in face.jobs):
                for forget in HOOKS:
                    forget(connection, face)
        return face

    def _find(self, workspace: str, picture: str) -> Face:
        with self._database.reading() as connection:
            face = find_face(connection, workspace, picture)
        is_here = bool(face.jobs or face.videos or face.projects)
        if not is_here and not any(self._store.exists(workspace, one) for one in face.pictures):
            raise NotFound("This portrait is no longer available.")
        return face

    def _contents(self, face: Face) -> FaceContents:
        shown = [video for video in face.videos if not video.part]
        originals = [video for video in shown if video.made_from is None]
        drafts = sum(kind_of(video.endpoint_id) is DRAFT for video in originals)
        return FaceContents(
            portrait=face.portrait,
            pictures=len(face.pictures),
            renders=len(originals) - drafts,
            drafts=drafts,
            versions=len(shown) - len(originals),
            open_jobs=sum(job.is_open and job.parent is None for job in face.jobs),
            projects=len(face.projects),
            consents=face.consents,
            proofs=len(face.proofs),
            requests=len(self._requests(face)),
        )

    def _end_jobs(self, face: Face) -> None:
        ids = [job.id for job in face.jobs if job.is_open]
        found = self._journal.several(face.workspace, ids)
        if found:
            self._engine.end(list(found.values()))

    def _requests(self, face: Face) -> dict[str, KeptOutput]:
        """Return what fal may still keep something of, by its request ids."""
        now = datetime.now(UTC)
        known = self._provider.kept_outputs(face.job_ids)
        found = {}
        for job in face.jobs:
            if job.request_id is None or not kind_of(job.endpoint_id).paid:
                continue
            kept = known.get(job.id) or KeptOutput(job.id, job.account or "", _UNKNOWN)
            if kept.can_be_fetched(now):
                found[job.request_id] = kept
        return found

    def _delete_at_provider(self, face: Face) -> tuple[list[str], list[NotDeleted]]:
        deleted: list[str] = []
        left: list[NotDeleted] = []
        refused: dict[str, Outcome] = {}
        for request_id, kept in self._requests(face).items():
            outcome: Outcome | None = refused.get(kept.account)
            if outcome is None:
                outcome = self._provider.delete_output(kept, request_id)
            if outcome is Outcome.DONE:
                deleted.append(request_id)
                continue
            if outcome is Outcome.NOT_ALLOWED:  # the next one would be refused as well
                refused[kept.account] = outcome
            left.append(NotDeleted(f"fal.ai request {request_id}", _why(outcome, kept)))
        return deleted, left

    def _close_uploads(self, face: Face) -> tuple[int, list[NotDeleted]]:
        released = self._provider.release_uploads_of(face.pictures)
        self._provider.close_released()
        still_open = released & self._provider.open_closings()
        why = "It couldn't be closed now. That's tried again, and fal.ai deletes it within 3 days."
        left = [NotDeleted(f"Upload {url}", why) for url in sorted(still_open)]
        return len(released) - len(left), left

    def _delete_files(self, face: Face) -> tuple[int, list[NotDeleted]]:
        deleted, left = [], []
        for file in sorted(face.files):
            try:
                if not self._store.exists(face.workspace, file):
                    continue
                self._store.delete(face.workspace, file)
                deleted.append((face.workspace, file))
            except StorageFailed as error:
                left.append(NotDeleted(file, f"{error} It's tried again within an hour."))
        with self._database.writing(PURGE_LOCK) as connection:
            remove_unused(connection, deleted)
        return len(deleted), left


def _why(outcome: Outcome | None, kept: KeptOutput) -> str:
    if kept.expires_at == _UNKNOWN:
        return f"{_WHY[outcome]} {_DASHBOARD}."
    return f"{_WHY[outcome]} {_DASHBOARD}, or it expires there on {kept.expires_at:%Y-%m-%d}."


def _unreadable_projects(face: Face) -> list[NotDeleted]:
    """Return the projects of a newer version, which are left as they are."""
    kept = [each.id for each in face.projects if without_portrait(each.content) is None]
    why = "A newer version of the studio saved it. Delete the project there."
    return [NotDeleted(f"Project {each}", why) for each in kept]
