"""The gallery's repository: search, soft deletion, permanent deletion."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Numeric,
    Row,
    String,
    and_,
    cast,
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
from talkinghead.videos.values import EVERYTHING, LONGEST_SEARCH, Order, VideoSearch

_VIDEO_FIELDS = tuple(field.name for field in fields(Video))
_VIDEO_COLUMNS = tuple(videos.c[name] for name in _VIDEO_FIELDS)


class VideoRepository:
    """Finished videos of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self,
        workspace: str,
        search: VideoSearch = EVERYTHING,
        *,
        order: Order = Order.NEWEST,
        grouped: bool = False,
        limit: int = 24,
        offset: int = 0,
        hidden: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[list[Video], int]:
        """Return one page of the gallery and the total number.

        Args:
            workspace: whose.
            search: what is looked for.
            order: of the videos.
            grouped: leave out the versions of a video that is in the gallery itself.
            limit, offset: which part.
            hidden: the titles of videos whose model must not be revealed, by their ids. Of them and
                of their other versions, words find the title alone, and no model finds them.
        """
        conditions = [*_in_gallery(workspace), *_conditions(search, hidden)]
        if grouped:
            conditions.append(~_is_version())
        part = select(*_VIDEO_COLUMNS).where(*conditions).order_by(*_ORDERS[order])
        with self._database.reading() as connection:
            rows = connection.execute(part.limit(limit).offset(offset))
            found = [_video(row) for row in rows]
            total = connection.scalar(select(func.count()).select_from(videos).where(*conditions))
        return found, total or 0

    def folders(self, workspace: str) -> list[str]:
        """Return the names of the folders that videos are in, by name."""
        query = select(videos.c.folder).where(*_in_gallery(workspace), videos.c.folder.is_not(None))
        with self._database.reading() as connection:
            return sorted(connection.scalars(query.distinct()), key=str.casefold)

    def counts_of_versions(self, workspace: str, video_ids: Collection[str]) -> dict[str, int]:
        """Return how many versions each of these videos has in the gallery; none has no entry."""
        query = (
            select(videos.c.made_from, func.count())
            .where(*_in_gallery(workspace), videos.c.made_from.in_(video_ids))
            .group_by(videos.c.made_from)
        )
        with self._database.reading() as connection:
            return {str(row[0]): int(row[1]) for row in connection.execute(query)}

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
            raise NotFound("Video not found.")
        return _video(row)

    def with_versions(self, workspace: str, video_ids: Collection[str]) -> list[str]:
        """Return the ids of these videos and of their versions in the gallery."""
        query = select(videos.c.id).where(
            *_in_gallery(workspace), videos.c.made_from.in_(video_ids)
        )
        with self._database.reading() as connection:
            return [*video_ids, *connection.scalars(query)]

    def mark_deleted(self, workspace: str, video_ids: Collection[str], at: datetime | None) -> None:
        """Delete videos softly, or with None restore them.

        Raises:
            NotFound: this workspace lacks one of them; then none is changed.
        """
        self._change(workspace, video_ids, deleted_at=at)

    def mark_favorite(self, workspace: str, video_ids: Collection[str], favorite: bool) -> None:
        """Mark videos, or take the mark away.

        Raises:
            NotFound: this workspace lacks one of them; then none is changed.
        """
        self._change(workspace, video_ids, favorite=favorite)

    def move(self, workspace: str, video_ids: Collection[str], folder: str | None) -> None:
        """Put videos into a folder, or with None out of theirs.

        Raises:
            NotFound: this workspace lacks one of them; then none is changed.
        """
        self._change(workspace, video_ids, folder=folder)

    def rename(self, video: Video, title: str, catalogue: Catalogue) -> None:
        """Change the title of a video, and with it that of its versions.

        Raises:
            NotFound: the video is gone.
        """
        with self._database.writing() as connection:
            versions = select(*_VIDEO_COLUMNS).where(
                videos.c.workspace == video.workspace, videos.c.made_from == video.id
            )
            for each in [video, *map(_video, connection.execute(versions).all())]:
                same = each.title.startswith(video.title)
                renamed = (
                    replace(each, title=title + each.title[len(video.title) :]) if same else each
                )
                values = {"title": renamed.title, "search_text": _search_text(renamed, catalogue)}
                change = update(videos).where(*_one(video.workspace, each.id)).values(values)
                if connection.execute(change).rowcount == 0:
                    raise NotFound("Video not found.")

    def _change(self, workspace: str, video_ids: Collection[str], **values: object) -> None:
        chosen = (videos.c.workspace == workspace, videos.c.id.in_(video_ids))
        with self._database.writing() as connection:
            changed = connection.execute(update(videos).where(*chosen).values(**values)).rowcount
            if changed != len(set(video_ids)):
                raise NotFound("Video not found.")


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
    return {**values, "seed": seed, "search_text": _search_text(video, catalogue)}


def _search_text(video: Video, catalogue: Catalogue) -> str:
    script = catalogue.script_in(video.endpoint_id, video.arguments)
    return _folded(f"{video.title}\n{script}")


_ORIGINAL = videos.alias("original")
_NEWEST = (videos.c.created_at.desc(), videos.c.id.desc())
_ORDERS = {
    Order.NEWEST: _NEWEST,
    Order.OLDEST: (videos.c.created_at, videos.c.id),
    Order.TITLE: (func.lower(videos.c.title), *_NEWEST),
    Order.LONGEST: (videos.c.seconds.desc(), *_NEWEST),
    Order.MOST_EXPENSIVE: (cast(cast(videos.c.dollars, String), Numeric).desc(), *_NEWEST),
}


def _in_gallery(workspace: str) -> tuple[ColumnElement[bool], ...]:
    return (
        videos.c.workspace == workspace,
        videos.c.deleted_at.is_(None),
        videos.c.part.is_(False),
    )


def _is_version() -> ColumnElement[bool]:
    """Return the condition that a video's original is in the gallery itself."""
    return exists().where(
        _ORIGINAL.c.id == videos.c.made_from,
        _ORIGINAL.c.workspace == videos.c.workspace,
        _ORIGINAL.c.deleted_at.is_(None),
    )


def _conditions(search: VideoSearch, hidden: Mapping[str, str]) -> list[ColumnElement[bool]]:
    words = _folded(search.words[:LONGEST_SEARCH]).split()
    conditions = _search(words, search.endpoint_id, hidden)
    if search.since is not None:
        conditions.append(videos.c.created_at >= search.since)
    if search.before is not None:
        conditions.append(videos.c.created_at < search.before)
    if search.folder is not None:
        conditions.append(videos.c.folder == search.folder)
    if search.favorites:
        conditions.append(videos.c.favorite.is_(True))
    return conditions


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
