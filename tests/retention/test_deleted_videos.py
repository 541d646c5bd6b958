"""Deleted videos are purged with the files that nothing else uses, on SQLite and PostgreSQL."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection, Engine, event, update

from talkinghead.catalogue import BUILT_IN
from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.column_types import metadata
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound, StorageFailed
from talkinghead.core.store import Store, open_store
from talkinghead.core.tables import assets
from talkinghead.jobs.job import JobState, Video
from talkinghead.jobs.journal import Journal
from talkinghead.projects.repository import ProjectRepository
from talkinghead.retention.deleted_videos import VIDEOS_AT_ONCE
from talkinghead.retention.purge import Purge
from talkinghead.videos.repository import VideoRepository, write_video
from tests.jobs.made import NOON, a_job, a_video

LONG_AGO = NOON - timedelta(days=30)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store((tmp_path / "media").as_uri())


@pytest.fixture
def portrait(store: Store, workspace: str) -> str:
    return store.put(workspace, b"a face", ".jpg")


@pytest.fixture
def purge(database: Database, store: Store) -> Iterator[Purge]:
    with closing(Purge(database, store)) as purge:
        yield purge


class Gallery:
    """Videos with files of their own, of one portrait."""

    def __init__(self, database: Database, store: Store, workspace: str, portrait: str) -> None:
        self._database, self._store, self._workspace = database, store, workspace
        self._portrait = portrait
        self._videos = VideoRepository(database)

    def add(self, number: int, **changes: object) -> Video:
        """Put one into the gallery."""
        file = self._store.put(self._workspace, f"video {number}".encode(), ".mp4")
        thumbnail = self._store.put(self._workspace, f"picture {number}".encode(), ".jpg")
        arguments = {"image_url": self._portrait, "script_text": "Good morning."}
        files = {"file": file, "thumbnail": thumbnail, "arguments": arguments}
        video = a_video(self._workspace, number, **{**files, **changes})
        with self._database.writing() as connection:
            write_video(connection, video, BUILT_IN)
        return video

    def deleted(self, number: int) -> Video:
        """Put one there that was deleted long ago."""
        video = self.add(number)
        self._videos.mark_deleted(self._workspace, [video.id], LONG_AGO)
        return video

    def has(self, video: Video) -> bool:
        """Whether it can still be brought back."""
        try:
            return self._videos.video(self._workspace, video.id) is not None
        except NotFound:
            return False

    def files(self, video: Video) -> list[bool]:
        """Whether the store has its file, its thumbnail and its portrait."""
        asked = (video.file, video.thumbnail, self._portrait)
        return [self._store.exists(self._workspace, reference) for reference in asked]


@pytest.fixture
def gallery(database: Database, store: Store, workspace: str, portrait: str) -> Gallery:
    return Gallery(database, store, workspace, portrait)


class RefusingStore(Store):
    """A store that is away for a while."""

    def __init__(self, store: Store) -> None:
        self._store, self.is_away = store, True

    def delete(self, workspace: str, reference: str) -> None:
        if self.is_away:
            raise StorageFailed("The file couldn't be deleted. Try again later.")
        self._store.delete(workspace, reference)


def test_a_purged_video_is_gone_with_the_files_that_nothing_else_uses(
    purge: Purge, gallery: Gallery
) -> None:
    video = gallery.deleted(1)
    assert purge.purge() == 1
    assert not gallery.has(video)
    assert gallery.files(video) == [False, False, False]


USERS = ["video", "open job", "failed job", "cancelled job", "project", "edited project", "fresh"]


@pytest.mark.parametrize("user", USERS)
def test_a_portrait_that_something_else_uses_stays(
    database: Database, purge: Purge, gallery: Gallery, workspace: str, portrait: str, user: str
) -> None:
    projects = ProjectRepository(database)
    edited = projects.add(workspace, {"portrait": None})
    purge.purge()  # what is written from now on was not there when the index was filled
    video = gallery.deleted(1)
    given = {"image_url": portrait}
    if user == "video":
        gallery.add(2)
    elif user.endswith("job"):
        states = {"open": JobState.RENDERING, "failed": JobState.FAILED}
        state = states.get(user.split()[0], JobState.CANCELLED)
        Journal(database).add(a_job(workspace, state=state, arguments=given))
    elif user == "project":
        projects.add(workspace, {"portrait": {"reference": portrait}})
    elif user == "edited project":
        projects.add(workspace, {"portrait": {"reference": portrait}}, edited)
    else:
        AssetRepository(database).put(workspace, Asset(portrait, "crop", "a.jpg", {}))
    assert purge.purge() == 1
    assert gallery.files(video) == [False, False, True]


def test_a_portrait_goes_once_nothing_uses_it_any_more(
    database: Database, purge: Purge, gallery: Gallery, workspace: str, portrait: str
) -> None:
    projects = ProjectRepository(database)
    project = projects.add(workspace, {"portrait": {"reference": portrait}})
    AssetRepository(database).put(workspace, Asset(portrait, "crop", "a.jpg", {}))
    Journal(database).add(a_job(workspace, state=JobState.DONE, arguments={"image_url": portrait}))
    kept, gone = gallery.deleted(1), gallery.deleted(2)
    purge.purge()
    assert gallery.files(kept)[2]
    projects.add(workspace, {"portrait": None}, project)
    last = gallery.deleted(3)
    purge.purge()
    assert gallery.files(last) == [False, False, True]  # it was put again a moment ago
    with database.writing() as connection:
        connection.execute(update(assets).values(put_at=LONG_AGO))
    purge.purge()
    assert gallery.files(gone) == [False, False, False]


def test_a_video_that_was_brought_back_or_deleted_lately_is_kept(
    database: Database, purge: Purge, gallery: Gallery, workspace: str
) -> None:
    back, young = gallery.deleted(1), gallery.add(2)
    videos = VideoRepository(database)
    videos.mark_deleted(workspace, [back.id], None)
    videos.mark_deleted(workspace, [young.id], datetime.now(UTC))
    assert purge.purge() == 0
    for video in (back, young):
        assert gallery.has(video)
        assert all(gallery.files(video))


def test_files_that_an_absent_store_kept_are_deleted_when_it_is_back(
    database: Database, store: Store, gallery: Gallery
) -> None:
    videos = [gallery.deleted(number) for number in range(3)]
    refusing = RefusingStore(store)
    with closing(Purge(database, refusing)) as purge:
        with pytest.raises(StorageFailed):
            purge.purge()
        assert not any(map(gallery.has, videos))
        refusing.is_away = False
        purge.purge()
    assert [gallery.files(video) for video in videos] == [[False] * 3] * 3


def test_a_file_that_is_used_again_during_the_outage_stays(
    database: Database, store: Store, gallery: Gallery, workspace: str, portrait: str
) -> None:
    video, refusing = gallery.deleted(1), RefusingStore(store)
    with closing(Purge(database, refusing)) as purge:
        with pytest.raises(StorageFailed):
            purge.purge()
        ProjectRepository(database).add(workspace, {"portrait": {"reference": portrait}})
        refusing.is_away = False
        purge.purge()
    assert gallery.files(video) == [False, False, True]


def test_closing_leaves_the_rest_for_the_next_time(
    database: Database, store: Store, gallery: Gallery
) -> None:
    videos = [gallery.deleted(number) for number in range(VIDEOS_AT_ONCE + 5)]
    closed = Purge(database, store)
    closed.close()
    closed.purge()
    left = sum(map(gallery.has, videos))
    assert left >= 5
    with closing(Purge(database, store)) as purge:
        assert purge.purge() == left
    assert not any(any(gallery.files(video)) for video in videos)


def test_two_that_purge_at_once_delete_everything_once(
    database_url: str, store: Store, gallery: Gallery
) -> None:
    kept = gallery.add(0)
    videos = [gallery.deleted(number) for number in range(1, 2 * VIDEOS_AT_ONCE)]
    purged: list[int] = []
    with closing(Database(database_url)) as one, closing(Database(database_url)) as other:
        purges = [Purge(database, store) for database in (one, other)]
        threads = [Thread(target=lambda p=p: purged.append(p.purge())) for p in purges]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(purged) == len(videos)
    assert len(purged) == 2
    assert not any(any(gallery.files(video)[:2]) for video in videos)
    assert all(gallery.files(kept))


@pytest.fixture
def statements(database: Database) -> Iterator[list[tuple[str, object]]]:
    """What is executed with its parameters, on any engine."""
    seen: list[tuple[str, object]] = []

    def note(
        _connection: Connection, _cursor: object, statement: str, given: object, *_: object
    ) -> None:
        seen.append((statement, given))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def test_no_step_reads_all_that_is_kept(
    database: Database, purge: Purge, gallery: Gallery, statements: list[tuple[str, object]]
) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL prefers a scan while a table is this small")
    gallery.add(1)
    gallery.deleted(2)
    purge.purge()
    executed = [each for each in statements if each[0].startswith(("SELECT", "UPDATE", "DELETE"))]
    plans = [_plan(database, *each) for each in executed]
    tables = "|".join(metadata.tables)
    scans = {
        step
        for plan in plans
        for step in plan
        if re.match(rf"SCAN ({tables})\b", step) and "INDEX" not in step
    }
    assert len(executed) > 10
    assert scans <= {"SCAN captions"}  # its few rows hold nothing else to be found by


def _plan(database: Database, statement: str, given: object) -> list[str]:
    with database.reading() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)  # type: ignore[arg-type]
        return [row[3] for row in rows]
