"""What there is of a face, and what went of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FaceContents:
    """Everything that would go with a portrait.

    Attributes:
        portrait: the SHA-256 of the whole picture.
        pictures: how many stored pictures: the portrait, its rotated copies and its crops.
        renders: finished paid videos, parts of longer ones left out.
        drafts: finished drafts.
        versions: other shapes and burned captions of either.
        open_jobs: renders, drafts and exports in progress, which are canceled.
        projects: that lose their portrait.
        consents: statements on record; `proofs` are their files.
        proofs: see there.
        requests: that fal may still keep something of.
    """

    portrait: str
    pictures: int
    renders: int
    drafts: int
    versions: int
    open_jobs: int
    projects: int
    consents: int
    proofs: int
    requests: int


@dataclass(frozen=True)
class NotDeleted:
    """Something that could not be deleted.

    Attributes:
        what: what it is, with the provider's id where it has one.
        why: and what becomes of it.
    """

    what: str
    why: str


@dataclass(frozen=True)
class FaceReceipt:
    """What went of a face.

    Attributes:
        contents: what there was.
        deleted_at: aware UTC.
        actor: the id of who asked for it.
        files: how many stored files were deleted.
        at_provider: the ids of the requests whose inputs and outputs fal deleted.
        uploads_closed: how many uploads fal closed.
        left: what could not be deleted, and why.
    """

    contents: FaceContents
    deleted_at: datetime
    actor: str
    files: int
    at_provider: tuple[str, ...] = ()
    uploads_closed: int = 0
    left: tuple[NotDeleted, ...] = ()
