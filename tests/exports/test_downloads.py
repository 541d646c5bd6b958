"""Names of downloads, and several videos in one archive."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from sqlalchemy import insert

from talkinghead.catalogue import BUILT_IN
from talkinghead.catalogue.export import ExportLabel
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.core.store import Store, open_store
from talkinghead.exports import downloads
from talkinghead.exports.archive_memory import ArchiveMemory
from talkinghead.exports.downloads import DownloadService
from talkinghead.exports.values import Version
from talkinghead.jobs.job import Video
from talkinghead.videos.repository import VideoRepository, video_row
from talkinghead.videos.tables import videos
from tests.jobs.made import a_video

LABELED = Version(None, "9:16", "crop", label=ExportLabel(text="AI"))


class Details:
    """What tells versions apart, by their id."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, ...]] = {}
        self.versions: dict[str, Version] = {}

    def details(self, video_id: str) -> tuple[str, ...]:
        return self.known.get(video_id, ())

    def describe(self, video_id: str) -> Version | None:
        return self.versions.get(video_id)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path.as_uri())


@pytest.fixture
def details() -> Details:
    return Details()


@pytest.fixture
def service(database: Database, workspace: str, store: Store, details: Details) -> DownloadService:
    return DownloadService(workspace, VideoRepository(database), store, details)


@pytest.fixture
def video(database: Database, workspace: str, store: Store) -> Video:
    return add(database, store, a_video(workspace, title="Spring sale"), b"original")


def add(database: Database, store: Store, video: Video, content: bytes) -> Video:
    stored = replace(video, id=uuid4().hex, file=store.put(video.workspace, content, ".mp4"))
    with database.writing() as connection:
        connection.execute(insert(videos).values(**video_row(stored, BUILT_IN)))
    return stored


def test_a_version_is_named_after_its_original_and_how_it_differs(
    database: Database, store: Store, service: DownloadService, video: Video, details: Details
) -> None:
    version = replace(video, made_from=video.id, title="Spring sale (9:16, pop)")
    version = add(database, store, version, b"version")
    details.known[version.id] = ("9x16", "pop")
    assert service.file_name(video.id) == "spring-sale.mp4"
    assert service.file_name(version.id, "srt") == "spring-sale_9x16_pop.srt"
    assert service.file_name(video.id, title="Sale A") == "sale-a.mp4"


def test_a_version_whose_making_is_not_on_record_is_named_by_its_own_title(
    database: Database, store: Store, service: DownloadService, video: Video
) -> None:
    version = replace(video, made_from=video.id, title="Spring sale (9:16)")
    assert service.file_name(add(database, store, version, b"v").id) == "spring-sale-9-16.mp4"


def test_an_archive_has_the_exports_of_a_video_and_else_its_original(
    database: Database, store: Store, service: DownloadService, video: Video, details: Details
) -> None:
    versions = [
        add(database, store, replace(video, made_from=video.id), each) for each in (b"a", b"b")
    ]
    details.known |= {versions[0].id: ("9x16",), versions[1].id: ("1x1",)}
    details.versions |= dict.fromkeys((each.id for each in versions), LABELED)
    twin = add(database, store, video, b"twin")
    with ZipFile(BytesIO(service.archive([video.id, twin.id]))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {
        "spring-sale.mp4": b"twin",
        "spring-sale_9x16.mp4": b"a",
        "spring-sale_1x1.mp4": b"b",
    }
    assert service.check([video.id, twin.id]) == (twin.id,)


def test_an_original_leaves_only_with_who_may_publish(
    database: Database, workspace: str, store: Store, video: Video, details: Details
) -> None:
    service = DownloadService(
        workspace, VideoRepository(database), store, details, may_publish=False
    )
    for ask in (service.check, service.archive):
        with pytest.raises(RenderRefused, match="Export “Spring sale” first"):
            ask([video.id])
    version = add(database, store, replace(video, made_from=video.id), b"version")
    for leaving in (video, version):  # it is from before there were labels
        with pytest.raises(RenderRefused, match="Export “Spring sale” first"):
            service.check([leaving.id])
    details.versions[version.id] = LABELED
    assert service.check([video.id]) == service.check([version.id]) == ()


def test_an_archive_says_what_is_from_before_labels_and_leaves_it_out_beside_others(
    database: Database, store: Store, service: DownloadService, video: Video, details: Details
) -> None:
    old = add(database, store, replace(video, made_from=video.id), b"old")
    assert service.check([video.id]) == service.check([old.id]) == (old.id,)
    labeled = add(database, store, replace(video, made_from=video.id), b"labeled")
    details.versions[labeled.id] = LABELED
    assert service.check([video.id]) == ()
    with ZipFile(BytesIO(service.archive([video.id]))) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [b"labeled"]


def test_a_download_is_the_last_export_whose_label_was_decided_on(
    database: Database, store: Store, service: DownloadService, video: Video, details: Details
) -> None:
    def version(minutes: int, **of: Any) -> Video:
        at = video.created_at + timedelta(minutes=minutes)
        made = replace(video, made_from=video.id, created_at=at)
        added = add(database, store, made, b"%d" % minutes)
        details.versions[added.id] = Version("pop", None, "crop", **of)
        return added

    assert service.latest(video.id) is None
    earlier = version(9)  # from before there were labels
    assert service.latest(video.id) is None
    label = ExportLabel(text="AI")
    newest = version(8, label_off_reason="Labeled on the page.")
    version(7, label=label)
    assert service.latest(video.id) == newest
    assert service.latest(earlier.id) == earlier
    assert service.original(earlier.id) == b"original"


def test_an_archive_is_not_larger_than_a_browser_receives(
    service: DownloadService, video: Video, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "LARGEST_ARCHIVE", 7)
    for ask in (service.check, service.archive):
        with pytest.raises(RenderRefused, match="Select fewer videos"):
            ask([video.id])


def test_archives_that_are_being_received_leave_no_memory_for_more(
    database: Database, workspace: str, store: Store, video: Video
) -> None:
    large = add(database, store, video, bytes(1000))
    service = DownloadService(
        workspace, VideoRepository(database), store, Details(), memory=ArchiveMemory(2500)
    )
    first = service.archive([large.id])
    second = service.archive([large.id])
    assert first == second
    with pytest.raises(RenderRefused, match="Try again in a minute"):
        service.archive([large.id])
    del first
    assert service.archive([large.id]) == second


def test_a_strangers_video_is_in_no_archive(service: DownloadService) -> None:
    with pytest.raises(NotFound):
        service.archive(["0" * 32])
