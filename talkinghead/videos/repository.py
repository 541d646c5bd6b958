"""The gallery's rows: found by words, deleted softly, forgotten for good."""

from collections.abc import Mapping, Sequence
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
    func,
    insert,
    or_,
    select,
    update,
)

from talkinghead.catalogue import model_of
from talkinghead.core.assets import references_in
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Video
from talkinghead.retention.references import (
    files_in_use,
    forget_unused,
    fresh_files,
    library_sounds,
)
from talkinghead.videos.tables import videos

_VIDEO_FIELDS = tuple(field.name for field in fields(Video))
_VIDEO_COLUMNS = tuple(videos.c[name] for name in _VIDEO_FIELDS)


class Videos:
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
        """A part of the gallery, newest first, and how many there are in all.

        Args:
            workspace: whose.
            words: each must stand in the title or the script; case does not matter.
            endpoint_id: only of this model.
            since, until: only made on these days or between them (UTC).
            limit, offset: which part.
            hidden: the titles of videos whose model is not to be told, by their ids. Of them and
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
        """One video, a deleted one too as long as it can be brought back.

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
        """Delete a video softly, or with None bring it back.

        Raises:
            NotFound: this workspace has no such video.
        """
        with self._database.writing() as connection:
            change = update(videos).where(*_one(workspace, video_id)).values(deleted_at=at)
            if connection.execute(change).rowcount == 0:
                raise NotFound("There is no such video here.")

    def deleted_before(self, moment: datetime) -> list[Video]:
        """Videos of all workspaces that were deleted before this moment."""
        query = select(*_VIDEO_COLUMNS).where(videos.c.deleted_at < moment)
        with self._database.reading() as connection:
            return [_video(row) for row in connection.execute(query)]

    def forget(self, video: Video, *, untouched_since: datetime) -> list[str]:
        """Remove a deleted video for good; returns the references of the files nothing else uses
        now.

        A file that was put again after `untouched_since` stays: somebody is about to use it.
        """
        mine = {video.file, video.thumbnail, *references_in(video.arguments)}
        with self._database.writing() as connection:
            gone = delete(videos).where(videos.c.id == video.id, videos.c.deleted_at.is_not(None))
            if connection.execute(gone).rowcount == 0:
                return []  # brought back meanwhile
            used = files_in_use(connection, video.workspace)
            used |= library_sounds(connection, video.workspace)
            used |= fresh_files(connection, video.workspace, untouched_since)
            return forget_unused(connection, video.workspace, mine - used)


def write_video(connection: Connection, video: Video) -> None:
    """Put a finished video into the gallery within a transaction; one that is there stays."""
    if connection.scalar(select(videos.c.id).where(videos.c.id == video.id)) is None:
        connection.execute(insert(videos).values(**video_row(video)))


def video_row(video: Video) -> dict[str, Any]:
    """A video as its row, with the text it is found by."""
    values = {name: getattr(video, name) for name in _VIDEO_FIELDS}
    seed = None if video.seed is None else str(video.seed)
    return {**values, "seed": seed, "search_text": _folded(f"{video.title}\n{_script(video)}")}


def _script(video: Video) -> str:
    try:
        field = model_of(video.endpoint_id).script_field
    except NotFound:  # the model has left the catalogue
        return ""
    return str(video.arguments.get(field) or "") if field else ""


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
    """That these words and this model find a video; by neither a hidden one tells its model."""
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
