"""The gallery's repository: search, soft deletion, permanent deletion."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from talkinghead.catalogue import Catalogue
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Video
from talkinghead.videos.tables import videos

_VIDEO_FIELDS = tuple(field.name for field in fields(Video))
_VIDEO_COLUMNS = tuple(videos.c[name] for name in _VIDEO_FIELDS)


class VideoRepository:
    """Finished videos of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self,
        workspace: str,
        *,
        words: str = "",
        endpoint_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int = 24,
        offset: int = 0,
        hidden: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[list[Video], int]:
        """Return one page of the gallery, newest first, and the total number.

        Args:
            workspace: whose.
            words: each must be in the title or the script; case does not matter.
            endpoint_id: only of this model.
            since, until: only made on these days or between them (UTC).
            limit, offset: which part.
            hidden: the titles of videos whose model must not be revealed, by their ids. Of them and
                of their other versions, words find the title alone, and no model finds them.
        """
        conditions = [videos.c.workspace == workspace, videos.c.deleted_at.is_(None)]
        conditions.append(videos.c.part.is_(False))
        conditions += _search(_folded(words).split(), endpoint_id, hidden)
        if since is not None:
            conditions.append(videos.c.created_at >= _midnight(since))
        if until is not None:
            conditions.append(videos.c.created_at < _midnight(until) + timedelta(days=1))
        newest = (videos.c.created_at.desc(), videos.c.id.desc())
        part = select(*_VIDEO_COLUMNS).where(*conditions).order_by(*newest)
        with self._database.reading() as connection:
            rows = connection.execute(part.limit(limit).offset(offset))
            found = [_video(row) for row in rows]
            total = connection.scalar(select(func.count()).select_from(videos).where(*conditions))
        return found, total or 0

    def video(self, workspace: str, video_id: str) -> Video:
        """Return one video, also a deleted one while it can be restored.

        Raises:
            NotFound: this workspace has no such video.
        """
        with self._database.reading() as connection:
            row = connection.execute(
                select(*_VIDEO_COLUMNS).where(*_one(workspace, video_id))
            ).one_or_none()
        if row is None:
            raise NotFound("There is no such video here.")
        return _video(row)

    def mark_deleted(self, workspace: str, video_id: str, at: datetime | None) -> None:
        """Delete a video softly, or with None restore it.

        Raises:
            NotFound: this workspace has no such video.
        """
        with self._database.writing() as connection:
            change = update(videos).where(*_one(workspace, video_id)).values(deleted_at=at)
            if connection.execute(change).rowcount == 0:
                raise NotFound("There is no such video here.")


def write_video(connection: Connection, video: Video, catalogue: Catalogue) -> None:
    """Add a finished video to the gallery within a transaction; an existing one is kept.

    Args:
        connection: the transaction.
        video: what is put there.
        catalogue: resolves which of its arguments are the words that it is found by.
    """
    if connection.scalar(select(videos.c.id).where(videos.c.id == video.id)) is None:
        connection.execute(insert(videos).values(**video_row(video, catalogue)))


def erase_videos(connection: Connection, workspace: str) -> int:
    """Delete a workspace's videos; returns how many."""
    return connection.execute(delete(videos).where(videos.c.workspace == workspace)).rowcount


def is_known_video(video_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a video of this id is stored, or a version of it."""
    return or_(
        exists().where(videos.c.id == video_id), exists().where(videos.c.made_from == video_id)
    )


def existing(connection: Connection, video_ids: Collection[str]) -> set[str]:
    """Return those of these that exist, including deleted ones."""
    return set(connection.scalars(select(videos.c.id).where(videos.c.id.in_(video_ids))))


def in_gallery(connection: Connection, video_ids: Collection[str]) -> set[str]:
    """Return those of these that are not deleted."""
    query = select(videos.c.id).where(videos.c.id.in_(video_ids), videos.c.deleted_at.is_(None))
    return set(connection.scalars(query))


def versions_of(connection: Connection, workspace: str, video_id: str) -> list[str]:
    """Return the ids of the exports of a video in the gallery, oldest first."""
    query = select(videos.c.id).where(
        videos.c.workspace == workspace,
        videos.c.made_from == video_id,
        videos.c.deleted_at.is_(None),
    )
    return list(connection.scalars(query.order_by(videos.c.created_at, videos.c.id)))


def video_row(video: Video, catalogue: Catalogue) -> dict[str, Any]:
    """Return a video as its row, with its search text."""
    values = {name: getattr(video, name) for name in _VIDEO_FIELDS}
    seed = None if video.seed is None else str(video.seed)
    script = catalogue.script_in(video.endpoint_id, video.arguments)
    return {**values, "seed": seed, "search_text": _folded(f"{video.title}\n{script}")}


def _one(workspace: str, video_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return videos.c.id == video_id, videos.c.workspace == workspace


def _video(row: Row[Any]) -> Video:
    values = dict(zip(_VIDEO_FIELDS, row, strict=True))
    seed = values["seed"]
    return Video(**{**values, "seed": None if seed is None else int(seed)})


def _folded(text: str) -> str:
    return text.casefold().replace("\x00", "")


def _search(
    words: Sequence[str], endpoint_id: str | None, hidden: Mapping[str, str]
) -> list[ColumnElement[bool]]:
    """Return the condition that these words and this model match a video; neither reveals the model
    of a hidden one."""
    conditions = [videos.c.search_text.contains(word, autoescape=True) for word in words]
    if endpoint_id is not None:
        conditions.append(videos.c.endpoint_id == endpoint_id)
    if not hidden or not conditions:
        return conditions
    original = func.coalesce(videos.c.made_from, videos.c.id)
    shown = and_(original.not_in(hidden.keys()), *conditions)
    if endpoint_id is not None:
        return [shown]
    named = [one for one, title in hidden.items() if all(w in _folded(title) for w in words)]
    return [or_(shown, original.in_(named))]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
