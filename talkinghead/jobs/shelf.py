"""What stays: workspaces, their videos, the files they know, and what their forms hold."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, CompoundSelect, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from talkinghead.errors import NotFound
from talkinghead.jobs.database import Database
from talkinghead.jobs.job import JobState, Video
from talkinghead.jobs.tables import assets, compositions, jobs, videos, workspaces
from talkinghead.models import model_of

_VIDEO_FIELDS = tuple(field.name for field in fields(Video))
_VIDEO_COLUMNS = tuple(videos.c[name] for name in _VIDEO_FIELDS)
_REFERENCE = re.compile(r"asset:[0-9a-f]{64}\.[a-z0-9]{1,5}")


@dataclass(frozen=True)
class Asset:
    """What is known of a stored file without reading it.

    Attributes:
        reference: `asset:<sha256><suffix>`.
        kind: "portrait", "crop", "recording" or "preview".
        name: the person's file name, or what it was made from.
        facts: measured, as JSON.
    """

    reference: str
    kind: str
    name: str
    facts: dict[str, Any]


class Shelf:
    """Workspaces, videos, assets and compositions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def workspace(self, *, token_hash: str | None, fixed_id: str | None = None) -> str:
        """The id of the workspace with this hash, or with this fixed id; made at the first time."""
        if fixed_id is not None:
            found = select(workspaces.c.id).where(workspaces.c.id == fixed_id)
        else:
            found = select(workspaces.c.id).where(workspaces.c.token_hash == token_hash)
        row = {"id": fixed_id or uuid4().hex, "token_hash": token_hash, "created_at": _now()}
        with self._database.reading() as connection:
            known = connection.scalar(found)
        if known is not None:
            return str(known)
        try:
            with self._database.writing() as connection:
                connection.execute(insert(workspaces).values(**row))
            return str(row["id"])
        except IntegrityError:  # another tab was faster
            with self._database.reading() as connection:
                return str(connection.scalars(found).one())

    def videos(
        self,
        workspace: str,
        *,
        words: str = "",
        endpoint_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int = 24,
        offset: int = 0,
    ) -> tuple[list[Video], int]:
        """A part of the gallery, newest first, and how many there are in all.

        Args:
            workspace: whose.
            words: each must stand in the title or the script; case does not matter.
            endpoint_id: only of this model.
            since, until: only made on these days or between them (UTC).
            limit, offset: which part.
        """
        conditions = [videos.c.workspace == workspace, videos.c.deleted_at.is_(None)]
        conditions += [
            videos.c.search_text.contains(word, autoescape=True) for word in _folded(words).split()
        ]
        if endpoint_id is not None:
            conditions.append(videos.c.endpoint_id == endpoint_id)
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
            used = _references_in_use(connection.execute(_users_of(video.workspace)).all())
            fresh = connection.scalars(
                select(assets.c.reference).where(
                    assets.c.workspace == video.workspace, assets.c.put_at >= untouched_since
                )
            )
            unused = mine - used - set(fresh)
            connection.execute(
                delete(assets).where(
                    assets.c.workspace == video.workspace, assets.c.reference.in_(unused)
                )
            )
        return sorted(unused)

    def put_asset(self, workspace: str, asset: Asset) -> None:
        """Remember a stored file; the newest name and facts count."""
        key = (
            assets.c.workspace == workspace,
            assets.c.reference == asset.reference,
            assets.c.kind == asset.kind,
        )
        values = {"name": asset.name, "facts": asset.facts, "put_at": _now()}
        row = {"workspace": workspace, "reference": asset.reference, "kind": asset.kind, **values}
        with self._database.writing() as connection:
            if connection.execute(update(assets).where(*key).values(**values)).rowcount == 0:
                connection.execute(insert(assets).values(**row))

    def asset(self, workspace: str, reference: str, kind: str) -> Asset:
        """What is known of a file.

        Raises:
            NotFound: this workspace knows no such file of that kind.
        """
        found = self._asset(
            assets.c.workspace == workspace,
            assets.c.reference == reference,
            assets.c.kind == kind,
        )
        if found is None:
            raise NotFound("This file is not here any more. Choose it again.")
        return found

    def asset_named(self, workspace: str, kind: str, name: str) -> Asset | None:
        """The file of this name, or None."""
        return self._asset(
            assets.c.workspace == workspace, assets.c.kind == kind, assets.c.name == name
        )

    def _asset(self, *conditions: ColumnElement[bool]) -> Asset | None:
        query = select(assets.c.reference, assets.c.kind, assets.c.name, assets.c.facts)
        with self._database.reading() as connection:
            row = connection.execute(query.where(*conditions).limit(1)).one_or_none()
        return None if row is None else Asset(*row)

    def composition(self, workspace: str, composition_id: str) -> dict[str, Any] | None:
        """What a form holds, or None where this workspace has no such composition."""
        query = select(compositions.c.content).where(
            compositions.c.id == composition_id, compositions.c.workspace == workspace
        )
        with self._database.reading() as connection:
            content: dict[str, Any] | None = connection.scalar(query)
        return content

    def add_composition(
        self, workspace: str, content: dict[str, Any], composition_id: str | None = None
    ) -> str:
        """Keep what a form holds under a new id, or under one that was made elsewhere."""
        new_id = composition_id or uuid4().hex
        row = {"id": new_id, "workspace": workspace, "content": content, "updated_at": _now()}
        with self._database.writing() as connection:
            connection.execute(insert(compositions).values(**row))
        return str(row["id"])

    def save_composition(
        self, workspace: str, composition_id: str, content: dict[str, Any]
    ) -> None:
        """Keep what a form holds now.

        Raises:
            NotFound: this workspace has no such composition.
        """
        with self._database.writing() as connection:
            changed = connection.execute(
                update(compositions)
                .where(compositions.c.id == composition_id, compositions.c.workspace == workspace)
                .values(content=content, updated_at=_now())
            )
        if changed.rowcount == 0:
            raise NotFound("This draft of a video is not here any more. Begin a new one.")


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


def references_in(content: object) -> set[str]:
    """Every `asset:` reference in a JSON value."""
    return set(_REFERENCE.findall(json.dumps(content)))


def _users_of(workspace: str) -> CompoundSelect[Any]:
    """Everything that may name a file of the workspace. A finished job does not count: its video
    does."""
    of_jobs = select(jobs.c.arguments).where(
        jobs.c.workspace == workspace, jobs.c.state != JobState.DONE
    )
    of_videos = select(videos.c.arguments).where(videos.c.workspace == workspace)
    of_forms = select(compositions.c.content).where(compositions.c.workspace == workspace)
    return of_jobs.union_all(of_videos, of_forms)


def _references_in_use(rows: Sequence[Row[Any]]) -> set[str]:
    return {reference for row in rows for reference in references_in(row[0])}


def _one(workspace: str, video_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return videos.c.id == video_id, videos.c.workspace == workspace


def _video(row: Row[Any]) -> Video:
    values = dict(zip(_VIDEO_FIELDS, row, strict=True))
    seed = values["seed"]
    return Video(**{**values, "seed": None if seed is None else int(seed)})


def _folded(text: str) -> str:
    return text.casefold().replace("\x00", "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC)
