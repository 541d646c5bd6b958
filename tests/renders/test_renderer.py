"""The renderer of long videos over parts that a test moves, and the real process that joins."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from talkinghead.av.sound import sound_bytes
from talkinghead.av.video import probe
from talkinghead.catalogue import LongVideoInput, LongVideoPart
from talkinghead.core.errors import NotFound, RenderCancelled, RenderFailed, RenderRefused
from talkinghead.core.store import Store, open_store
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.renderer import Progress, RenderRequest
from talkinghead.renders.renderer import LongVideoRenderer
from tests.jobs.made import a_job
from tests.long_speech import tone
from tests.renders.marked_parts import marked_video

LONG_VIDEO_ID = "f" * 32
FRAMES = 50
S = JobState


class Parts:
    """The parts of one long video, in their state at each poll."""

    def __init__(self, *looks: Iterable[JobState], cancel_requested: bool = False) -> None:
        self._cancel_requested = cancel_requested
        self._looks = [list(look) for look in looks]
        self.looked = 0

    def __call__(self, long_video: LongVideoInput) -> list[Job]:
        states = self._looks[min(self.looked, len(self._looks) - 1)]
        self.looked += 1
        return [
            a_job(
                "local",
                id=f"{place:032}",
                state=state,
                parent=LONG_VIDEO_ID,
                place=place,
                video_id="v",
                cancel_requested=self._cancel_requested,
            )
            for place, state in enumerate(states)
        ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store((tmp_path / "media").as_uri())


@pytest.fixture
def request_(store: Store, tmp_path: Path) -> RenderRequest:
    sound = tone("Two parts of two seconds are said here by somebody, or a little more.")
    reference = store.put("local", sound_bytes(sound), ".wav")
    long_video = LongVideoInput(
        endpoint="fal-ai/infinitalk",
        input={"seed": 42},
        parts=tuple(LongVideoPart(job=f"{place:032}", frames=FRAMES) for place in range(2)),
        sound=reference,
    )
    folder = tmp_path / "scratch"
    folder.mkdir()
    return RenderRequest(LONG_VIDEO_ID, "local", long_video, folder)


@pytest.fixture
def part_file(store: Store, tmp_path: Path) -> Callable[[Job], str]:
    reference = store.put("local", marked_video(tmp_path / "part.mp4", FRAMES + 2), ".mp4")
    return lambda job: reference


def watched(
    renderer: LongVideoRenderer, request: RenderRequest, stop_after: int | None = None
) -> list[Progress]:
    async def watch() -> list[Progress]:
        seen = []
        async for progress in renderer.watch(request, LONG_VIDEO_ID):
            seen.append(progress)
            if len(seen) == stop_after:
                await renderer.cancel(request, LONG_VIDEO_ID)
        return seen

    return asyncio.run(watch())


def test_it_joins_when_every_part_is_done(
    store: Store, request_: RenderRequest, part_file: Callable[[Job], str]
) -> None:
    parts = Parts([S.RENDERING, S.WAITING], [S.DONE, S.RENDERING], [S.DONE, S.DONE])
    seen = watched(LongVideoRenderer(store, parts, part_file), request_)
    lines = [line for progress in seen for line in progress.lines]
    assert lines == ["Part 1 of 2 is done", "Part 2 of 2 is done"]
    fractions = [progress.fraction or 0 for progress in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert probe(request_.folder / "video.mp4").frames == 2 * FRAMES


def test_it_waits_for_one_that_only_a_person_can_decide_about(
    store: Store, request_: RenderRequest, part_file: Callable[[Job], str]
) -> None:
    parts = Parts(*[[S.DONE, S.UNCONFIRMED]] * 4, [S.DONE, S.DONE])
    watched(LongVideoRenderer(store, parts, part_file), request_)
    assert parts.looked >= 5


def test_a_failed_part_ends_it_only_once_all_others_have_ended(
    store: Store, request_: RenderRequest, part_file: Callable[[Job], str]
) -> None:
    parts = Parts([S.FAILED, S.RENDERING], [S.FAILED, S.RENDERING], [S.FAILED, S.DONE])
    with pytest.raises(RenderFailed, match="Part 1 failed"):
        watched(LongVideoRenderer(store, parts, part_file), request_)
    assert parts.looked == 3


def test_when_it_is_stopped_it_ends_after_its_parts(
    store: Store, request_: RenderRequest, part_file: Callable[[Job], str]
) -> None:
    looks = [S.RENDERING, S.DONE], [S.RENDERING, S.DONE], [S.CANCELLED, S.DONE]
    parts = Parts(*looks, cancel_requested=True)
    with pytest.raises(RenderCancelled, match="won't be charged for them again"):
        watched(LongVideoRenderer(store, parts, part_file), request_, stop_after=1)
    assert parts.looked == 3


def test_a_part_that_is_gone_is_said_with_the_way_on(store: Store, request_: RenderRequest) -> None:
    def gone(job: Job) -> str:
        raise NotFound("Video not found.")

    with pytest.raises(RenderRefused, match="only what's missing"):
        watched(LongVideoRenderer(store, Parts([S.DONE, S.DONE]), gone), request_)


def test_a_worker_that_dies_says_that_the_parts_are_kept(
    store: Store, request_: RenderRequest, part_file: Callable[[Job], str]
) -> None:
    dies = LongVideoRenderer(store, Parts([S.DONE, S.DONE]), part_file, ("/bin/false",))
    with pytest.raises(RenderFailed, match="parts are kept"):
        watched(dies, request_)
