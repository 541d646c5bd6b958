"""Queries for retention: videos to delete permanently, and the files that videos refer to.

The functions work within a transaction that excludes other purges.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from talkinghead.core.assets import references_in
from talkinghead.videos.tables import TO_INDEX, videos


@dataclass(frozen=True)
class VideoFiles:
    """A video and its files.

    Attributes:
        workspace, id: which video.
        references: of its file, its thumbnail and its inputs.
    """

    workspace: str
    id: str
    references: frozenset[str]


@dataclass(frozen=True)
class VideoPart:
    """A part of a long video.

    Attributes:
        workspace, id: which video.
        job_id: the job that made it.
    """

    workspace: str
    id: str
    job_id: str


def videos_to_index(connection: Connection, limit: int) -> list[VideoFiles]:
    """Return videos whose files are not in the reference index yet, and mark them as indexed."""
    columns = (
        videos.c.workspace, videos.c.id, videos.c.file, videos.c.thumbnail, videos.c.arguments
    )  # fmt: skip
    rows = connection.execute(select(*columns).where(TO_INDEX).limit(limit)).all()
    found = [
        VideoFiles(
            row.workspace,
            row.id,
            frozenset({row.file, row.thumbnail, *references_in(row.arguments)}),
        )
        for row in rows
    ]
    ids = [each.id for each in found]
    connection.execute(update(videos).where(videos.c.id.in_(ids)).values(indexed=True))
    return found


def purge_deleted_videos(
    connection: Connection, before: datetime, limit: int
) -> list[tuple[str, str]]:
    """Delete videos permanently that were deleted before a moment; returns the workspace and the id
    of each. One that is being restored at this moment is kept."""
    old = (
        select(videos.c.workspace, videos.c.id)
        .where(videos.c.deleted_at < before)
        .order_by(videos.c.deleted_at)
        .limit(limit)
        .with_for_update()
    )
    gone = [(row.workspace, row.id) for row in connection.execute(old)]
    connection.execute(delete(videos).where(videos.c.id.in_([video_id for _, video_id in gone])))
    return gone


def parts_made_before(
    connection: Connection, moment: datetime, after: str, limit: int
) -> list[VideoPart]:
    """Return undeleted parts of long videos that are older than a moment, by id.

    Args:
        connection: the transaction.
        moment: newer parts are left out.
        after: only parts with a higher id.
        limit: how many.
    """
    query = (
        select(videos.c.workspace, videos.c.id, videos.c.job_id)
        .where(
            videos.c.part.is_(True),
            videos.c.deleted_at.is_(None),
            videos.c.created_at < moment,
            videos.c.id > after,
        )
        .order_by(videos.c.id)
        .limit(limit)
    )
    return [VideoPart(*row) for row in connection.execute(query)]


def mark_all_deleted(connection: Connection, video_ids: Collection[str], at: datetime) -> None:
    """Delete videos softly within a transaction."""
    connection.execute(update(videos).where(videos.c.id.in_(video_ids)).values(deleted_at=at))


@dataclass(frozen=True)
class VideoOfWorkspace:
    """A video, as far as erasure of a part of a workspace needs it.

    Attributes:
        id, job_id, endpoint_id, file, thumbnail, made_from, part: as in `Video`.
        references: every file that its inputs name.
    """

    id: str
    job_id: str
    endpoint_id: str
    file: str
    thumbnail: str
    made_from: str | None
    part: bool
    references: frozenset[str]


def videos_of_workspace(connection: Connection, workspace: str) -> list[VideoOfWorkspace]:
    """Return every video of a workspace, those that were deleted and can be restored too."""
    query = select(
        videos.c.id, videos.c.job_id, videos.c.endpoint_id, videos.c.file, videos.c.thumbnail,
        videos.c.made_from, videos.c.part, videos.c.arguments,
    )  # fmt: skip
    rows = connection.execute(query.where(videos.c.workspace == workspace))
    return [VideoOfWorkspace(*row[:-1], frozenset(references_in(row.arguments))) for row in rows]


def delete_videos(connection: Connection, workspace: str, video_ids: Collection[str]) -> None:
    """Delete videos permanently, now."""
    gone = (videos.c.workspace == workspace, videos.c.id.in_(video_ids))
    connection.execute(delete(videos).where(*gone))


def delete_like_original(
    connection: Connection, workspace: str, video_id: str, original_id: str
) -> None:
    """Delete a new version softly if its original has been deleted meanwhile."""
    original = select(videos.c.deleted_at).where(
        videos.c.workspace == workspace, videos.c.id == original_id
    )
    if (deleted_at := connection.scalar(original)) is not None:
        version = update(videos).where(videos.c.workspace == workspace, videos.c.id == video_id)
        connection.execute(version.values(deleted_at=deleted_at))
