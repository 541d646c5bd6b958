"""Videos longer than their models make at once: planned, paid, joined, edited, over a real fal."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import update

from talkinghead import Settings, Studio, Workspace
from talkinghead.catalogue import (
    QUIET_END_SECONDS,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    InfinitalkSingleTextInput,
    ModelInput,
    SpeechLength,
    StableAvatarInput,
)
from talkinghead.core.errors import RenderRefused
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import LONG_VIDEO
from talkinghead.retention.purge import KEPT_AFTER_DELETION
from talkinghead.speech.text.script import estimate_seconds
from talkinghead.videos.tables import videos
from talkinghead.videos.values import VideoSearch
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import wait_for_end
from tests.long_speech import sentences, speak
from tests.orders import order_render, order_speech, quote_render, quote_speech, retry
from tests.paid_studio import Person, hosted, opened
from tests.records import database_of, delete_at, store_of
from tests.waiting import wait_until

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
SMALL = {"short_side": 108, "log_interval": 0.05}
WHOLE = os.environ.get("FILM_TABLE") == "whole"
"""Five minutes on every model, too; else on one that renders them in many parts."""
MODELS_BY_SPEECH: list[tuple[type[ModelInput], str]] = [
    (FlashheadInput, "script"),
    (InfinitalkInput, "script"),
    (InfinitalkInput, "recording"),
    (InfinitalkSingleTextInput, "script"),
    (StableAvatarInput, "script"),
    (StableAvatarInput, "recording"),
    (HeygenAvatar4Input, "script"),
    (HeygenAvatar4Input, "recording"),
]
IN_MANY_PARTS: list[tuple[type[ModelInput], str]] = [(InfinitalkInput, "recording")]


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,))) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    server.reset()
    server.options.restore()
    server.options.change(SMALL)
    return server


def own(folder: Path, fal: FalServer, **changes: object) -> Settings:
    """One's own app with a key."""
    return hosted(folder, fal, **{"single_user": True, "fal_key": KEY, **changes})


@pytest.fixture
def studio(tmp_path: Path, fal: FalServer) -> Iterator[Studio]:
    running = opened(own(tmp_path, fal))
    yield running
    running.close()


@pytest.fixture
def here(studio: Studio) -> Workspace:
    return studio.workspace()


def long_video(
    studio: Studio, here: Workspace, texts: list[str]
) -> tuple[ModelInput, SpeechLength]:
    """What InfiniTalk is asked for a speech."""
    reference, length = speak(studio, here, texts)
    given = Person(here, KEY).input(InfinitalkInput)
    return given.replace(audio_url=reference, **InfinitalkInput.following(length)), length


def order(here: Workspace, given: ModelInput, length: SpeechLength) -> Job:
    agreed = quote_render(here, given, length).estimate.dollars
    return order_render(here, given, length, "Long", agreed=agreed)


def ended(here: Workspace, job: Job) -> Job:
    return wait_for_end(here, job)


def finished(here: Workspace, given: ModelInput, length: SpeechLength) -> Job:
    job = ended(here, order(here, given, length))
    assert (job.state, job.problem) == (JobState.DONE, None)
    return job


# Every model, every kind of speech, every length


def asked(
    studio: Studio, person: Person, model: type[ModelInput], source: str, seconds: int
) -> tuple[ModelInput, SpeechLength]:
    """A model's inputs for so much speech; a model that only takes recordings is given a script as
    a speech."""
    given = person.input(model)
    texts = sentences(seconds)
    if source == "script" and model.script_field:
        length = SpeechLength(estimate_seconds(" ".join(texts)), "script")
        values: dict[str, object] = {model.script_field: " ".join(texts)}
    else:
        said = texts if source == "script" else [*texts[:-1], "It was recorded."]
        reference, length = speak(studio, person.workspace, said)
        values = {model.recording_field or "": reference}
    return given.replace(**values, **model.following(length)), length


@pytest.mark.parametrize("seconds", [6, 40, 300])
def test_every_model_makes_a_video_of_the_right_length_of_every_kind_of_speech(
    studio: Studio, here: Workspace, seconds: int
) -> None:
    person = Person(here, KEY)
    tried = MODELS_BY_SPEECH if seconds < 300 or WHOLE else IN_MANY_PARTS
    orders = [asked(studio, person, model, source, seconds) for model, source in tried]
    jobs = [order(here, *each) for each in orders]
    for (given, length), job in zip(orders, jobs, strict=True):
        done = ended(here, job)
        assert (done.state, done.problem) == (JobState.DONE, None), given.title
        video = here.gallery.find(done.video_id or "")
        followed = given.following(length)
        kept = {name: video.arguments[name] for name in video.arguments if name not in followed}
        sent = {name: value for name, value in given.arguments().items() if name not in followed}
        assert (video.endpoint_id, kept) == (given.endpoint_id, sent)
        if length.approximate:  # the server's voice is not the one that was guessed
            assert video.seconds == pytest.approx(float(length.seconds), rel=0.35)
        else:
            longest = float(length.seconds + QUIET_END_SECONDS) + 2 / 25
            assert float(length.seconds) - 1 / 25 <= video.seconds <= longest


# Plans


def test_a_plan_says_each_part_and_the_price_of_all(studio: Studio, here: Workspace) -> None:
    texts = sentences(70)
    given, length = long_video(studio, here, texts)
    plan = quote_render(here, given, length)
    assert len(plan.segments) > 2
    assert [text for part in plan.segments for text in part.sentences] == texts
    for before, after in pairwise(plan.segments):
        assert before.start_seconds + before.seconds == after.start_seconds
    assert plan.seconds == sum(part.seconds for part in plan.segments)
    assert plan.whole_dollars == plan.estimate.dollars == plan.seconds * Decimal("0.2")
    assert quote_render(here, given, length).estimate == plan.estimate


def test_a_short_speech_is_one_part_and_an_ordinary_job(studio: Studio, here: Workspace) -> None:
    given, length = long_video(studio, here, sentences(6))
    assert len(quote_render(here, given, length).segments) == 1
    job = finished(here, given, length)
    assert job.endpoint_id == InfinitalkInput.endpoint_id
    assert here.renders.parts(job.id) == []


def test_before_there_is_a_speech_the_price_is_that_of_parts_of_equal_length(
    here: Workspace,
) -> None:
    given = InfinitalkInput.provisional()
    plan = quote_render(here, given, SpeechLength(Decimal(60), "recording"))
    assert [part.seconds for part in plan.segments] == [20, 20, 20]
    assert plan.whole_dollars == Decimal(12)


# Orders


def test_after_an_edit_only_the_changed_part_is_paid(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    texts = sentences(40)
    given, length = long_video(studio, here, texts)
    finished(here, given, length)
    bills = len(fal.bills)
    texts[-2] = "This is said in its place instead."
    edited, edited_length = long_video(studio, here, texts)
    plan = quote_render(here, edited, edited_length)
    [new] = [part for part in plan.segments if not part.ready]
    assert texts[-2] in new.sentences
    finished(here, edited, edited_length)
    assert [bill.dollars for bill in fal.bills[bills:]] == [new.dollars]
    # Nothing has to be agreed to where all is there already.
    assert ended(here, order_render(here, edited, edited_length, "Again")).state is JobState.DONE
    assert len(fal.bills) == bills + 1
    assert here.gallery.list().total == 3


def test_a_script_in_a_bought_voice_pays_one_sentence_and_one_part_after_an_edit(
    here: Workspace, fal: FalServer
) -> None:
    voice = next(voice for voice in here.voices.list("en") if voice.endpoint_id)
    long = "which says what it is, and then goes on for about as long again"
    texts = [f"This is sentence number {number}, {long}." for number in range(5)]

    def bought() -> list[str]:
        bills = len(fal.bills)
        script = " ".join(texts)
        agreed = quote_speech(here, script, voice.id).dollars
        speech = here.speech.of_job(ended(here, order_speech(here, script, voice.id, agreed)).id)
        assert speech is not None
        length = SpeechLength(speech.seconds, "recording")
        given = Person(here, KEY).input(InfinitalkInput)
        given = given.replace(audio_url=speech.reference, **InfinitalkInput.following(length))
        finished(here, given, length)
        return [bill.endpoint_id for bill in fal.bills[bills:]]

    model = InfinitalkInput.endpoint_id
    first = bought()
    assert (first.count(voice.endpoint_id or ""), first.count(model)) == (5, 2)
    texts[-1] = "This is said in its place instead, and nothing else."
    assert sorted(bought()) == sorted([str(voice.endpoint_id), model])


def test_a_second_click_orders_nothing(studio: Studio, here: Workspace, fal: FalServer) -> None:
    fal.latency(run=0.5)
    given, length = long_video(studio, here, sentences(34))
    first, second = order(here, given, length), order(here, given, length)
    assert first.id == second.id
    ended(here, first)
    assert len(fal.bills) == len(here.renders.parts(first.id))


def test_a_cap_counts_the_sum_of_all_parts_and_nothing_is_written(
    tmp_path: Path, fal: FalServer
) -> None:
    studio = opened(own(tmp_path, fal, cap_render=Decimal(6)))
    here = studio.workspace()
    given, length = long_video(studio, here, sentences(34))
    offer = quote_render(here, given, length)
    assert not offer.quote.allowed
    with pytest.raises(RenderRefused, match=r"up to \$6\.00"):
        order_render(here, given, length, "Long", agreed=offer.estimate.dollars)
    assert here.jobs.list() == []
    with database_of(studio) as database:
        assert Journal(database).latest(here.id, LONG_VIDEO, 10) == []
    studio.close()


def test_a_price_above_what_was_agreed_to_orders_nothing(studio: Studio, here: Workspace) -> None:
    given, length = long_video(studio, here, sentences(34))
    with pytest.raises(RenderRefused, match="went up"):
        order_render(here, given, length, "Long", agreed=Decimal("5"))
    assert here.jobs.list() == []


@dataclass(frozen=True)
class Finished:
    """A finished long video, and its price."""

    here: Workspace
    given: ModelInput
    length: SpeechLength
    offered: Decimal
    job: Job
    bills: tuple[Decimal, ...]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, server: FalServer) -> Finished:
    server.reset()
    server.options.restore()
    server.options.change(SMALL)
    folder = tmp_path_factory.mktemp("done")
    running = opened(own(folder, server))
    here = running.workspace()
    given, length = long_video(running, here, sentences(34))
    offered = quote_render(here, given, length).estimate.dollars
    assert offered is not None
    job = finished(here, given, length)
    bills = tuple(bill.dollars for bill in server.bills)
    running.close()  # one studio at a time runs jobs in a process; this one only tells
    return Finished(here, given, length, offered, job, bills)


def test_the_bills_of_a_long_video_are_the_sum_that_was_agreed_to(done: Finished) -> None:
    assert sum(done.bills) == done.offered == done.job.estimate
    assert done.here.gallery.find(done.job.video_id or "").dollars == done.offered


def test_parts_stand_in_the_ledger_and_nowhere_else(done: Finished) -> None:
    here, job = done.here, done.job
    assert job.kind is LONG_VIDEO
    assert [each.id for each in here.jobs.list()] == [job.id]
    assert (
        here.gallery.list().total
        == here.gallery.list(VideoSearch(endpoint_id=InfinitalkInput.endpoint_id)).total
        == 1
    )
    titles = sorted(entry.title for entry in here.billing.ledger())
    assert titles == ["Long, part 1 of 2", "Long, part 2 of 2"]
    assert [part.title for part in here.renders.parts(job.id)] == titles


def test_the_same_long_video_again_costs_nothing(done: Finished) -> None:
    plan = quote_render(done.here, done.given, done.length)
    assert all(part.ready for part in plan.segments)
    assert plan.estimate.dollars == 0
    assert plan.whole_dollars


# What goes wrong


def test_a_crash_in_the_middle_pays_no_part_twice(tmp_path: Path, fal: FalServer) -> None:
    fal.latency(run=(0.1, 1.2))
    studio = opened(own(tmp_path, fal))
    given, length = long_video(studio, studio.workspace(), sentences(70))
    job = order(studio.workspace(), given, length)
    wait_until(
        lambda: any(
            part.state is JobState.DONE for part in studio.workspace().renders.parts(job.id)
        )
    )
    studio.close()
    studio = opened(own(tmp_path, fal))
    done = ended(studio.workspace(), job)
    parts = studio.workspace().renders.parts(job.id)
    studio.close()
    assert (done.state, done.problem) == (JobState.DONE, None)
    assert len(fal.bills) == len(parts) == len({bill.request_id for bill in fal.bills})


def test_a_failed_part_is_named_and_retried_alone(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    fal.fault("run_face_detection_error", request_id="next")
    given, length = long_video(studio, here, sentences(40))
    failed = ended(here, order(here, given, length))
    parts = here.renders.parts(failed.id)
    [number] = [part.place for part in parts if part.state is JobState.FAILED]
    assert number is not None
    assert failed.state is JobState.FAILED
    assert f"Part {number + 1} failed" in str(failed.problem)
    assert failed.charged is False
    again = ended(here, retry(here, parts[number].id))
    assert again.state is JobState.DONE
    assert len(fal.bills) == len(parts)
    assert [part.parent == again.id for part in here.renders.parts(again.id)].count(True) == 1


def test_a_stopped_long_video_stops_its_parts_and_ends_after_them(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    fal.latency(run=30)
    given, length = long_video(studio, here, sentences(34))
    job = order(here, given, length)
    wait_until(lambda: all(p.state is JobState.RENDERING for p in here.renders.parts(job.id)))
    here.jobs.cancel(job.id)
    assert ended(here, job).state is JobState.CANCELLED
    assert {part.state for part in here.renders.parts(job.id)} == {JobState.CANCELLED}
    assert fal.bills == []


def test_a_long_video_waits_for_the_key_of_its_parts_and_goes_on_with_it(
    tmp_path: Path, fal: FalServer
) -> None:
    fal.options.change({"held": True})
    with closing(opened(own(tmp_path, fal, single_user=False, fal_key=None))) as studio:
        here = studio.workspace(studio.new_token())
        here.billing.enter_key(KEY)
        given, length = long_video(studio, here, sentences(34))
        job = order(here, given, length)
        wait_until(lambda: all(p.state is JobState.RENDERING for p in here.renders.parts(job.id)))
        here.billing.remove_key()
        fal.options.change({"held": False})
        wait_until(lambda: any(p.waiting_for == "key" for p in here.renders.parts(job.id)))
        assert not here.jobs.find(job.id).state.ended
        here.billing.enter_key(KEY)
        done = ended(here, job)
    assert (done.state, len(fal.bills)) == (JobState.DONE, 2)


def test_a_part_whose_file_is_gone_is_ordered_again(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    given, length = long_video(studio, here, sentences(34))
    job = finished(here, given, length)
    lost = here.gallery.find(here.renders.parts(job.id)[1].video_id or "")
    store_of(studio).delete(here.id, lost.file)
    again = order_render(here, given, length, "Again", agreed=job.estimate)
    assert ended(here, again).state is JobState.DONE
    assert len(fal.bills) == len(here.renders.parts(job.id)) + 1


def test_an_edit_while_the_long_video_is_under_way_pays_no_part_twice(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    fal.latency(run=1)
    texts = sentences(40)
    first = order(here, *long_video(studio, here, texts))
    texts[-1] = "This is said in its place instead."
    second = order(here, *long_video(studio, here, texts))
    assert {ended(here, job).state for job in (first, second)} == {JobState.DONE}
    parts = {part.id for job in (first, second) for part in here.renders.parts(job.id)}
    assert len(fal.bills) == len(parts) == len(here.renders.parts(first.id)) + 1


def test_a_day_after_a_long_video_was_deleted_its_parts_and_the_face_in_them_are_gone(
    studio: Studio, here: Workspace
) -> None:
    given, length = long_video(studio, here, sentences(34))
    gone = finished(here, given, length)
    other = given.replace(prompt="Another one.")
    kept = finished(here, other, length)
    long_ago = datetime.now(UTC) - KEPT_AFTER_DELETION - timedelta(minutes=1)
    with database_of(studio) as database, database.writing() as connection:
        connection.execute(update(videos).where(videos.c.part).values(created_at=long_ago))
    delete_at(studio, here.id, gone.video_id or "", long_ago)
    assert studio.purge() == 1
    media = studio.settings.data_dir / "media" / here.id
    left = {f"asset:{path.name}" for path in media.glob("*.mp4")}
    parts = {here.gallery.find(part.video_id or "").file for part in here.renders.parts(kept.id)}
    assert left == parts | {here.gallery.find(kept.video_id or "").file}
    assert all(part.ready for part in quote_render(here, other, length).segments)
    assert not any(part.ready for part in quote_render(here, given, length).segments)
