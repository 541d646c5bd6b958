"""What goes into the gallery with a draft, and with a version of a video."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from talkinghead.captions.repository import CaptionRepository, StoredCaptions
from talkinghead.catalogue import ExportInput
from talkinghead.content_credentials.repository import (
    SignedVideoRepository,
    erase_signed_videos,
    write_signed_video,
)
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.store import Store, open_store
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.exports.on_complete import draft_on_complete, export_on_complete
from talkinghead.jobs.renderer import RenderedVideo
from tests.jobs.made import a_job, small_mp4

WORDS = [["Good", 0.1, 0.4], ["morning.", 0.4, 0.9]]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path / "journal.db"))
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store((tmp_path / "media").as_uri())


def rendered(tmp_path: Path, **facts: object) -> RenderedVideo:
    return RenderedVideo(small_mp4(tmp_path / "video.mp4", frames=5), 7, None, dict(facts))


def test_a_draft_has_captions_from_the_beginning(
    database: Database, store: Store, tmp_path: Path
) -> None:
    job = a_job(WorkspaceRepository(database).find_or_create_fixed("local"))
    kept = draft_on_complete(store)(job, rendered(tmp_path, words=WORDS))
    assert kept.video is not None
    assert kept.also is not None
    with database.writing() as connection:
        kept.also(connection)
    known = CaptionRepository(database).captions(job.workspace, kept.video.id)
    assert known == StoredCaptions("engine", WORDS, [])


def test_a_draft_from_a_recording_has_none_yet(store: Store, tmp_path: Path) -> None:
    assert draft_on_complete(store)(a_job("local"), rendered(tmp_path)).also is None


def test_a_version_is_credited_to_the_model_of_its_original(store: Store, tmp_path: Path) -> None:
    wanted = ExportInput(
        video_url="asset:" + "a" * 64 + ".mp4",
        made_from="f" * 32,
        original_model="fal-ai/infinitalk",
        original_inputs={"prompt": "Hello"},
        shape="1:1",
    )
    job = a_job("local", endpoint_id=wanted.endpoint_id, arguments=wanted.arguments())
    video = export_on_complete(store)(job, rendered(tmp_path)).video
    assert video is not None
    assert (video.endpoint_id, video.arguments) == ("fal-ai/infinitalk", {"prompt": "Hello"})
    assert video.dollars == 0
    assert (video.made_from, video.seed) == ("f" * 32, 7)


def test_what_a_version_was_signed_with_is_kept_and_goes_with_its_workspace(
    database: Database, store: Store, tmp_path: Path
) -> None:
    wanted = ExportInput(
        video_url="asset:" + "a" * 64 + ".mp4",
        made_from="f" * 32,
        original_model="draft",
        original_inputs={},
        shape="1:1",
    )
    workspace = WorkspaceRepository(database).find_or_create_fixed("local")
    job = a_job(workspace, endpoint_id=wanted.endpoint_id, arguments=wanted.arguments())
    facts = {"subject": "A Brand", "own": False}
    kept = export_on_complete(store)(job, rendered(tmp_path, content_credentials=facts))
    assert kept.also is not None
    for _ in range(2):  # again after a crash
        with database.writing() as connection:
            kept.also(connection)
    signed = SignedVideoRepository(database)
    assert signed.facts(workspace, job.id) == facts
    assert signed.facts("another", job.id) is None
    with database.writing() as connection:
        erase_signed_videos(connection, workspace)
    assert signed.facts(workspace, job.id) is None


def test_what_is_known_of_a_video_that_is_gone_is_deleted(database: Database) -> None:
    workspace = WorkspaceRepository(database).find_or_create_fixed("local")
    with database.writing() as connection:
        write_signed_video(connection, workspace, "a" * 32, {"own": True})
    signed = SignedVideoRepository(database)
    assert signed.delete_orphans() == 1
    assert signed.facts(workspace, "a" * 32) is None
