"""The gallery's rows on SQLite and on PostgreSQL."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from talkinghead.catalogue import BUILT_IN
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import JobState, Video
from talkinghead.jobs.journal import Journal
from talkinghead.videos.repository import VideoRepository, write_video
from talkinghead.videos.values import Order, VideoSearch
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
    assert videos.page(workspace, VideoSearch(words))[1] == int(found)


def test_a_search_of_very_many_words_looks_for_the_first(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    add(database, a_video(workspace, title="a b"))
    assert videos.page(workspace, VideoSearch("a " * 5_000 + "missing"))[1] == 1


def test_videos_are_found_by_model_and_by_day(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    late = add(database, a_video(workspace, created_at=NOON.replace(hour=23, minute=59)))
    next_day = add(
        database,
        a_video(workspace, created_at=NOON + timedelta(days=1), endpoint_id="fal-ai/flashhead"),
    )
    assert videos.page(workspace, VideoSearch(since=datetime(2026, 3, 2, tzinfo=UTC)))[0] == [
        next_day
    ]
    assert videos.page(workspace, VideoSearch(before=datetime(2026, 3, 2, tzinfo=UTC)))[0] == [late]
    assert videos.page(workspace, VideoSearch(endpoint_id="draft"))[0] == [late]


def test_a_deleted_video_is_hidden_and_comes_back(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    video = add(database, a_video(workspace))
    videos.mark_deleted(workspace, [video.id], NOON)
    assert videos.page(workspace) == ([], 0)
    videos.mark_deleted(workspace, [video.id], None)
    assert videos.page(workspace) == ([video], 1)


def test_a_strangers_video_is_not_found(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    video = add(database, a_video(workspace))
    with pytest.raises(NotFound):
        videos.video("somebody else", video.id)
    with pytest.raises(NotFound):
        videos.mark_deleted("somebody else", [video.id], NOON)
    assert videos.page("somebody else") == ([], 0)


def version_of(video: Video, number: int, **changes: Any) -> Video:
    return a_video(
        video.workspace, number, made_from=video.id, title=f"{video.title} (9:16)", **changes
    )


def test_versions_stand_under_a_video_that_is_there_and_alone_when_it_is_not(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    video = add(database, a_video(workspace))
    version = add(database, version_of(video, 1))
    other = add(database, a_video(workspace, 2))
    assert videos.page(workspace, grouped=True) == ([other, video], 2)
    assert videos.page(workspace)[1] == 3
    assert videos.counts_of_versions(workspace, [video.id, other.id]) == {video.id: 1}
    assert videos.with_versions(workspace, [video.id, other.id]) == [video.id, other.id, version.id]
    videos.mark_deleted(workspace, [video.id], NOON)
    assert videos.page(workspace, grouped=True) == ([other, version], 2)


def test_a_renamed_video_is_found_by_its_new_title_and_its_versions_follow(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    video = add(database, a_video(workspace, title="Spring"))
    version = add(database, version_of(video, 1))
    videos.rename(video, "Summer", BUILT_IN)
    assert videos.video(workspace, version.id).title == "Summer (9:16)"
    assert videos.page(workspace, VideoSearch("spring"))[1] == 0
    assert videos.page(workspace, VideoSearch("summer"))[1] == 2
    assert videos.page(workspace, VideoSearch("good morning"))[1] == 2


def test_favorites_and_folders_are_found_and_a_folder_is_there_while_something_is_in_it(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    one, two, _ = (add(database, a_video(workspace, number)) for number in range(3))
    videos.mark_favorite(workspace, [one.id], True)
    videos.move(workspace, [one.id, two.id], "Spring")
    assert [each.id for each in videos.page(workspace, VideoSearch(favorites=True))[0]] == [one.id]
    assert videos.page(workspace, VideoSearch(folder="Spring"))[1] == 2
    assert videos.folders(workspace) == ["Spring"]
    videos.move(workspace, [one.id, two.id], None)
    assert videos.folders(workspace) == []


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        (Order.NEWEST, ["b", "A", "c"]),
        (Order.OLDEST, ["c", "A", "b"]),
        (Order.TITLE, ["A", "b", "c"]),
        (Order.LONGEST, ["A", "c", "b"]),
        (Order.MOST_EXPENSIVE, ["c", "b", "A"]),
    ],
)
def test_a_gallery_is_sorted(
    database: Database, videos: VideoRepository, workspace: str, order: Order, titles: list[str]
) -> None:
    facts = [("c", 5.0, "10.5"), ("A", 60.0, "0"), ("b", 2.0, "9.25")]
    for number, (title, seconds, dollars) in enumerate(facts):
        add(
            database,
            a_video(workspace, number, title=title, seconds=seconds, dollars=Decimal(dollars)),
        )
    assert [video.title for video in videos.page(workspace, order=order)[0]] == titles


def test_nothing_of_a_strangers_gallery_is_changed(
    database: Database, videos: VideoRepository, workspace: str
) -> None:
    video = add(database, a_video(workspace))
    changes: list[Callable[[], None]] = [
        lambda: videos.mark_favorite("somebody else", [video.id], True),
        lambda: videos.move("somebody else", [video.id], "Mine"),
        lambda: videos.rename(replace(video, workspace="somebody else"), "Mine", BUILT_IN),
    ]
    for change in changes:
        with pytest.raises(NotFound):
            change()
    assert videos.video(workspace, video.id) == video
