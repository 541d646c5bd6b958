"""The draft renderer over a real process that speaks the worker's protocol."""

import asyncio
import logging
import sys
from contextlib import aclosing
from pathlib import Path

import pytest

from talkinghead.catalogue import DraftInput
from talkinghead.core.errors import RenderCancelled, RenderFailed, RenderRefused
from talkinghead.core.store import Store, open_store
from talkinghead.core.workers.budget import DRAFT, MACHINE, Reservation
from talkinghead.draft.renderer import DraftRenderer
from talkinghead.jobs.renderer import Progress, RenderRequest
from talkinghead.jobs.worker_renderer import SET_ASIDE
from tests.jobs.studios import WORKER


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store((tmp_path / "media").as_uri())


def request_for(store: Store, folder: Path, script: str) -> RenderRequest:
    portrait = store.put("local", b"a picture", ".jpg")
    given = DraftInput(image_url=portrait, script_text=script, width=64, height=64, seed=9)
    return RenderRequest("a" * 32, "local", given, folder / "scratch" / "job")


async def watched(renderer: DraftRenderer, request: RenderRequest) -> list[Progress]:
    return [progress async for progress in renderer.watch(request, request.job_id)]


def test_watching_renders_and_fetching_finds_the_video(store: Store, tmp_path: Path) -> None:
    renderer, request = DraftRenderer(store, WORKER), request_for(store, tmp_path, "frames=5")
    seen = asyncio.run(watched(renderer, request))
    assert [line for progress in seen for line in progress.lines][:2] == [
        "voice af_heart",
        "frame 1",
    ]
    assert seen[-1].fraction == 1.0
    rendered = asyncio.run(renderer.fetch(request, request.job_id))
    assert rendered.path.read_bytes()[4:8] == b"ftyp"
    assert rendered.seed == 9


def test_what_is_left_is_guessed_once_something_is_done(store: Store, tmp_path: Path) -> None:
    renderer, request = DraftRenderer(store, WORKER), request_for(store, tmp_path, "frames=40")
    seen = asyncio.run(watched(renderer, request))
    assert seen[0].seconds_left is None
    assert seen[-1].seconds_left == 0


def test_a_finished_draft_is_not_rendered_again(store: Store, tmp_path: Path) -> None:
    renderer, request = DraftRenderer(store, WORKER), request_for(store, tmp_path, "frames=5")
    asyncio.run(watched(renderer, request))
    broken = DraftRenderer(store, ["/does/not/exist"])
    assert asyncio.run(watched(broken, request)) == []


def test_a_video_lost_before_it_was_stored_is_rendered_again(store: Store, tmp_path: Path) -> None:
    renderer, request = DraftRenderer(store, WORKER), request_for(store, tmp_path, "frames=5")
    assert asyncio.run(renderer.fetch(request, request.job_id)).path.exists()


def test_lines_that_are_no_events_say_nothing(store: Store, tmp_path: Path) -> None:
    renderer = DraftRenderer(store, WORKER)
    request = request_for(store, tmp_path, "chatter frames=1")
    lines = [line for p in asyncio.run(watched(renderer, request)) for line in p.lines]
    assert lines == ["voice af_heart", "frame 1"]


def test_a_refusal_is_passed_on_with_its_field(store: Store, tmp_path: Path) -> None:
    renderer, request = DraftRenderer(store, WORKER), request_for(store, tmp_path, "refuse")
    with pytest.raises(RenderFailed, match="No face was found") as refusal:
        asyncio.run(watched(renderer, request))
    assert refusal.value.field == "portrait"


def test_the_last_words_of_a_crashed_worker_go_to_the_log_only(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    renderer, request = DraftRenderer(store, WORKER), request_for(store, tmp_path, "crash")
    with (
        caplog.at_level(logging.ERROR),
        pytest.raises(RenderFailed, match="ran out of memory") as crash,
    ):
        asyncio.run(watched(renderer, request))
    assert "secret" not in str(crash.value)
    assert "secret of the server" in caplog.text


@pytest.mark.parametrize("program", ["pass", "import sys; sys.exit(5)", "print('{}')"])
def test_a_worker_that_ends_without_a_video_is_a_plain_sentence(
    store: Store, tmp_path: Path, program: str
) -> None:
    renderer = DraftRenderer(store, [sys.executable, "-c", program])
    with pytest.raises(RenderFailed, match="stopped unexpectedly"):
        asyncio.run(watched(renderer, request_for(store, tmp_path, "frames=5")))


def test_a_worker_that_says_much_before_it_listens_does_not_hang(
    store: Store, tmp_path: Path
) -> None:
    noise = "import sys; sys.stderr.write('x' * 10_000_000); sys.stdin.readline(); sys.exit(4)"
    renderer = DraftRenderer(store, [sys.executable, "-c", noise])
    with pytest.raises(RenderFailed):
        asyncio.run(watched(renderer, request_for(store, tmp_path, "frames=5")))


def test_cancelling_ends_the_worker(store: Store, tmp_path: Path) -> None:
    renderer = DraftRenderer(store, WORKER)
    request = request_for(store, tmp_path, "frames=5000 pause=0.02")

    async def cancelled() -> None:
        async for progress in renderer.watch(request, request.job_id):
            if progress.lines == ("frame 3",):
                await renderer.cancel(request, request.job_id)

    with pytest.raises(RenderCancelled):
        asyncio.run(cancelled())
    assert not (request.folder / "video.mp4").exists()


def test_closing_the_watch_ends_the_worker(store: Store, tmp_path: Path) -> None:
    renderer = DraftRenderer(store, WORKER)
    request = request_for(store, tmp_path, "frames=5000 pause=0.02")

    async def closed() -> None:
        async with aclosing(renderer.watch(request, request.job_id)) as watching:
            async for _ in watching:
                break
        assert renderer._processes == {}

    asyncio.run(closed())


def test_a_portrait_that_is_gone_is_refused(store: Store, tmp_path: Path) -> None:
    request = request_for(store, tmp_path, "frames=5")
    assert isinstance(request.input, DraftInput)
    store.delete("local", request.input.image_url)
    with pytest.raises(RenderRefused, match="Choose it again"):
        asyncio.run(DraftRenderer(store, WORKER).prepare(request))


def test_the_order_names_files_in_the_jobs_folder(store: Store, tmp_path: Path) -> None:
    request = request_for(store, tmp_path, "Good morning.")
    order = asyncio.run(DraftRenderer(store, WORKER).prepare(request))
    assert Path(order["portrait"]).parent == request.folder
    assert Path(order["portrait"]).read_bytes() == b"a picture"
    assert (order["script"], order["recording"], order["fps"]) == ("Good morning.", None, 25)


def test_the_order_says_how_the_face_behaves(store: Store, tmp_path: Path) -> None:
    request = request_for(store, tmp_path, "Good morning.")
    order = asyncio.run(DraftRenderer(store, WORKER).prepare(request))
    assert (order["liveliness"], order["gaze"], order["blinks"]) == ("natural", "natural", True)
    assert isinstance(request.input, DraftInput)
    given = request.input.replace(liveliness="calm", gaze="at the camera", blinks=False)
    calm = RenderRequest(request.job_id, "local", given, request.folder)
    order = asyncio.run(DraftRenderer(store, WORKER).prepare(calm))
    assert (order["liveliness"], order["gaze"], order["blinks"]) == ("calm", "at the camera", False)


def test_a_recording_takes_the_place_of_the_words(store: Store, tmp_path: Path) -> None:
    request = request_for(store, tmp_path, "Good morning.")
    recording = store.put("local", b"a sound", ".wav")
    assert isinstance(request.input, DraftInput)
    given = request.input.replace(audio_url=recording)
    spoken = RenderRequest(request.job_id, "local", given, request.folder)
    order = asyncio.run(DraftRenderer(store, WORKER).prepare(spoken))
    assert order["script"] is None
    assert Path(order["recording"]).read_bytes() == b"a sound"


def test_a_draft_says_names_as_the_workspace_wants_them(store: Store, tmp_path: Path) -> None:
    def said(workspace: str, script: str) -> str:
        return f"{script} for {workspace}"

    request = request_for(store, tmp_path, "Good morning.")
    order = asyncio.run(DraftRenderer(store, WORKER, said).prepare(request))
    assert order["script"] == "Good morning. for local"


def test_the_worker_is_given_the_transcript_of_a_recording_if_known(
    store: Store, tmp_path: Path
) -> None:
    recording = store.put("local", b"a sound", ".wav")
    given = DraftInput(image_url=store.put("local", b"a picture", ".jpg"), audio_url=recording)
    request = RenderRequest("a" * 32, "local", given, tmp_path / "job")
    renderer = DraftRenderer(
        store, WORKER, said_in=lambda *named: {("local", recording): "Hi."}.get(named)
    )
    order = asyncio.run(renderer.prepare(request))
    assert order["script"] == "Hi."
    assert Path(order["recording"]).read_bytes() == b"a sound"


SET_ASIDE_ONCE = """
import json, pathlib, sys, time
order = json.loads(sys.stdin.readline())
out = pathlib.Path(order["out"])
begun = out.with_name("begun")
print(json.dumps({"fraction": 0.5 if begun.exists() else 0.2, "line": None}), flush=True)
if begun.exists():
    out.write_bytes(b"a video")
    print(json.dumps({"fraction": 1.0, "line": None, "report": {}}), flush=True)
else:
    begun.touch()
    while not out.with_name("go").exists():
        time.sleep(0.01)
    print(json.dumps({"fraction": 0.5, "line": None, "piece": True}), flush=True)
    time.sleep(600)
"""


def test_a_draft_is_set_aside_after_a_piece_for_who_waits(store: Store, tmp_path: Path) -> None:
    renderer = DraftRenderer(store, (sys.executable, "-c", SET_ASIDE_ONCE))
    request = request_for(store, tmp_path, "Long.")
    seen: list[Progress] = []

    async def taking_turns() -> None:
        other: Reservation | None = None
        is_over = False
        async with aclosing(renderer.watch(request, request.job_id)) as watching:
            async for progress in watching:
                seen.append(progress)
                if other is None and progress.phase == "rendering":
                    other = MACHINE.reserve(DRAFT, "somebody else")
                    assert not other.is_granted
                    (request.folder / "go").touch()
                elif other is not None and other.is_granted and not is_over:
                    assert not renderer.finished(request).exists()
                    other.release()
                    is_over = True

    asyncio.run(taking_turns())
    assert renderer.finished(request).exists()
    assert [line for each in seen for line in each.lines] == [SET_ASIDE]
    fractions = [each.fraction for each in seen if each.fraction is not None]
    assert fractions == sorted(fractions)


def test_a_draft_that_waits_for_its_turn_can_be_stopped(store: Store, tmp_path: Path) -> None:
    renderer, request = DraftRenderer(store, WORKER), request_for(store, tmp_path, "frames=5")
    running = MACHINE.reserve(DRAFT, "somebody else")

    async def stopped() -> None:
        async for progress in renderer.watch(request, request.job_id):
            assert progress.phase == "queued"
            await renderer.cancel(request, request.job_id)

    with pytest.raises(RenderCancelled):
        asyncio.run(stopped())
    running.release()
