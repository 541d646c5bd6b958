"""Whose model is hidden: who asks gets it by one question, and nothing once a choice is made."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, event, insert

from talkinghead.catalogue import BUILT_IN
from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.core.database import Database
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.retention.erase import WorkspaceErasure
from talkinghead.videos.repository import VideoRepository, video_row
from talkinghead.videos.tables import videos
from talkinghead.videos.values import BlindEntries, VideoSearch
from tests.comparisons.test_repository import job, record, written
from tests.jobs.made import a_video


@pytest.fixture
def comparisons(database: Database) -> ComparisonRepository:
    return ComparisonRepository(database)


def compared(
    database: Database, of: ComparisonRecord, *states: JobState
) -> tuple[list[Job], list[Video]]:
    """The jobs of a comparison, and the videos of those that are done."""
    jobs = [job(of, place, state) for place, state in enumerate(states)]
    made = [
        a_video(of.workspace, place, job_id=one.id, title=of.title)
        for place, one in enumerate(jobs)
        if one.state is JobState.DONE
    ]
    by_job = {video.job_id: video.id for video in made}
    written(database, of, *(one.replace(video_id=by_job.get(one.id)) for one in jobs))
    put(database, *made)
    return jobs, made


def put(database: Database, *made: Video) -> None:
    if not made:
        return
    with database.writing() as connection:
        connection.execute(insert(videos), [video_row(video, BUILT_IN) for video in made])


DONE, RENDERING, FAILED = JobState.DONE, JobState.RENDERING, JobState.FAILED


def test_what_is_undecided_and_blind_is_hidden(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    jobs, made = compared(database, of := record(workspace, blind=True), DONE, DONE)
    hidden = comparisons.hidden(workspace)
    assert {one.letter for one in map(hidden.job, jobs) if one} == {"A", "B"}
    assert {one.comparison for one in map(hidden.video, made) if one} == {of.id}
    for one, video in zip(jobs, made, strict=True):
        assert hidden.job(one) == hidden.video(video)
    assert hidden.video(a_video(workspace)) is None


def test_a_choice_shows_everything(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    jobs, _ = compared(database, of := record(workspace, blind=True), DONE, DONE)
    comparisons.choose(workspace, of.id, jobs[0].id)
    assert comparisons.hidden(workspace) == BlindEntries({}, {})


@pytest.mark.parametrize("states", [(DONE, FAILED), (FAILED, FAILED)])
def test_where_there_is_nothing_to_choose_from_nothing_is_hidden(
    database: Database,
    workspace: str,
    comparisons: ComparisonRepository,
    states: tuple[JobState, ...],
) -> None:
    compared(database, record(workspace, blind=True), *states)
    assert comparisons.hidden(workspace) == BlindEntries({}, {})


def test_an_open_comparison_hides_nothing(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    compared(database, record(workspace), DONE, DONE)
    assert comparisons.hidden(workspace) == BlindEntries({}, {})


def test_there_are_no_letters_before_all_are_ready(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    jobs, [video] = compared(database, record(workspace, blind=True), DONE, RENDERING)
    hidden = comparisons.hidden(workspace)
    assert [one.letter for one in map(hidden.job, jobs) if one] == [None, None]
    assert hidden.video(video)


def test_another_version_is_hidden_like_its_original(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    _, [first, _] = compared(database, record(workspace, blind=True), DONE, DONE)
    version = a_video(workspace, 9, made_from=first.id)
    hidden = comparisons.hidden(workspace)
    assert hidden.video(version) == hidden.video(first)


def test_a_part_is_hidden_like_its_whole(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    of = record(workspace, blind=True)
    whole, other = job(of, 0), job(of, 1)
    part = job(of, 0).replace(parent=whole.id)
    written(database, of, whole, other, part)
    hidden = comparisons.hidden(workspace)
    assert hidden.job(part) == hidden.job(whole) is not None
    assert hidden.video(a_video(workspace, job_id=part.id, part=True)) == hidden.job(whole)


def test_another_workspace_hides_nothing_here(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    compared(database, record(workspace, blind=True), DONE, DONE)
    assert comparisons.hidden("elsewhere") == BlindEntries({}, {})


def test_what_was_deleted_hides_nothing(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    jobs, _ = compared(database, record(workspace, blind=True), DONE, DONE)
    WorkspaceErasure(database).erase(workspace)
    assert not any(map(comparisons.hidden(workspace).job, jobs))


def test_it_is_two_queries_however_many_there_are(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    for _ in range(5):
        compared(database, record(workspace, blind=True), DONE, DONE)
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert len(comparisons.hidden(workspace).jobs) == 10
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len([text for text in asked if text.startswith("SELECT")]) == 2


def test_the_order_they_are_shown_in_tells_nothing(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    jobs, _ = compared(database, record(workspace, blind=True), *[DONE] * 8)
    plain = job(record(workspace), 9)
    hidden = comparisons.hidden(workspace)
    for shown in ([*jobs, plain], [*reversed(jobs), plain]):
        mixed = hidden.mixed(shown, hidden.job)
        assert [one.letter for one in map(hidden.job, mixed) if one] == list("ABCDEFGH")
        assert mixed[-1] is plain  # what is not hidden stays where it is


# How they are found


def ids(found: tuple[list[Video], int]) -> set[str]:
    page, total = found
    assert len(page) == total
    return {video.id for video in page}


def test_no_model_finds_a_hidden_video_nor_a_version_of_it(
    database: Database, workspace: str
) -> None:
    shown, blind = a_video(workspace, 1), a_video(workspace, 2)
    version = a_video(workspace, 3, made_from=blind.id)
    put(database, shown, blind, version)
    page, hidden = VideoRepository(database).page, {blind.id: blind.title}
    drafts = VideoSearch(endpoint_id="draft")
    assert ids(page(workspace, drafts, hidden=hidden)) == {shown.id}
    assert ids(page(workspace, hidden=hidden)) == {shown.id, blind.id, version.id}
    assert ids(page(workspace, drafts)) == {
        shown.id,
        blind.id,
        version.id,
    }


def test_words_find_a_hidden_video_by_its_title_only(database: Database, workspace: str) -> None:
    shown = a_video(workspace, 1, title="Which one")
    blind = replace(a_video(workspace, 2), title="Which one")
    put(database, shown, blind)
    page, hidden = VideoRepository(database).page, {blind.id: "Which one"}
    assert ids(page(workspace, VideoSearch("WHICH"), hidden=hidden)) == {shown.id, blind.id}
    assert ids(page(workspace, VideoSearch("morning"), hidden=hidden)) == {shown.id}
    assert ids(page(workspace, VideoSearch("which nothing"), hidden=hidden)) == set()
