"""The gallery's rows on SQLite and on PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest

from talkinghead.catalogue import BUILT_IN
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import JobState, Video
from talkinghead.jobs.journal import Journal
from talkinghead.videos.repository import VideoRepository, write_video
from tests.jobs.made import NOON, PORTRAIT, a_job, a_video

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FOREVER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def videos(database: Database) -> VideoRepository:
    return VideoRepository(database)


def add(database: Database, video: Video) -> Video:
    """Into the gallery by the one way that leads there."""
    journal = Journal(database, partial(write_video, catalogue=BUILT_IN))
    job = a_job(video.workspace, id=video.job_id, state=JobState.STORING)
    journal.add(job)
    assert journal.finish(job.id, 0, video)
    return video


def test_a_video_comes_back_as_it_was_written(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    video = add(database, a_video(workspace, dollars=Decimal("0.123456789"), seed=2**63 + 5))
    assert videos.video(workspace, video.id) == video


def test_a_page_is_a_part_of_all_newest_first(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    made = [add(database, a_video(workspace, number)) for number in range(5)]
    found, total = videos.page(workspace, limit=2, offset=2)
    assert found == [made[2], made[1]]
    assert total == 5


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("grüße", True),
        ("GRÜSSE aus", True),
        ("münchen GRÜẞE", True),
        ("morgen", True),  # only in the script
        ("grüße abend", False),
        ("100%", True),
        ("100_", False),
        ("af_heart", False),  # the voice is no word of the script
        ("'; drop table videos --", False),
    ],
)
def test_every_word_must_be_in_the_title_or_the_script(
    database: Database, videos: VideoRepository, workspace: str, words: str, found: bool
) -> None:
    spoken = {"image_url": PORTRAIT, "script_text": "Guten Morgen", "voice": "af_heart"}
    add(database, a_video(workspace, title="Grüße aus München, 100%", arguments=spoken))
    assert videos.page(workspace, words=words)[1] == int(found)


def test_videos_are_found_by_model_and_by_day(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    late = add(database, a_video(workspace, created_at=NOON.replace(hour=23, minute=59)))
    next_day = add(
        database,
        a_video(workspace, created_at=NOON + timedelta(days=1), endpoint_id="fal-ai/flashhead"),
    )
    assert videos.page(workspace, since=date(2026, 3, 2))[0] == [next_day]
    assert videos.page(workspace, until=date(2026, 3, 1))[0] == [late]
    assert videos.page(workspace, endpoint_id="draft")[0] == [late]


def test_a_deleted_video_is_hidden_and_comes_back(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    video = add(database, a_video(workspace))
    videos.mark_deleted(workspace, video.id, NOON)
    assert videos.page(workspace) == ([], 0)
    videos.mark_deleted(workspace, video.id, None)
    assert videos.page(workspace) == ([video], 1)


def test_a_strangers_video_is_not_found(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    video = add(database, a_video(workspace))
    with pytest.raises(NotFound):
        videos.video("somebody else", video.id)
    with pytest.raises(NotFound):
        videos.mark_deleted("somebody else", video.id, NOON)
    assert videos.page("somebody else") == ([], 0)
