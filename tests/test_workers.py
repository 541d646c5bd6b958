"""Every kind of worker process: nothing secret reaches it, and its limits end it in a sentence."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from talkinghead.captions.worker_client import CaptionProcess
from talkinghead.catalogue import DraftInput
from talkinghead.core.errors import RenderFailed, StudioError
from talkinghead.core.store import Store, open_store
from talkinghead.core.workers import limits as worker_limits
from talkinghead.core.workers.decoding import LIMITS, PROGRAM
from talkinghead.core.workers.environment import worker_environment
from talkinghead.core.workers.limits import IN_THE_BACKGROUND, WorkerLimits
from talkinghead.core.workers.start import start_worker
from talkinghead.core.workers.warm import WarmWorkers
from talkinghead.draft.renderer import DraftRenderer
from talkinghead.exports.previews.background import PREVIEW_WORKER
from talkinghead.exports.renderer import ExportRenderer
from talkinghead.jobs.renderer import RenderRequest
from talkinghead.jobs.worker_renderer import WorkerRenderer
from talkinghead.renders.renderer import LongVideoRenderer
from talkinghead.speech.renderer import SpeechRenderer
from talkinghead.speech.speaker_process import Speaker
from tests.waiting import wait_until

SECRETS = {
    "FAL_KEY": "an operators key",
    "DATABASE_URL": "postgresql://studio:a-password@db.example/studio",
    "AWS_SECRET_ACCESS_KEY": "the stores secret",
    "AWS_ACCESS_KEY_ID": "the stores id",
    "MEDIA_URL": "s3://bucket-of-ours/prefix",
    "HTTPS_PROXY": "http://who:proxy-password@proxy.example",
    "C2PA_PRIVATE_KEY": "the key that signs",
    "STUDIO_SECRET": "what it is encrypted under",
    "GITHUB_TOKEN": "what nobody thought of",
}
READ = "import sys, time; sys.stdin.readline()\n"
HUNGRY = READ + "held = b'x' * 400_000_000\ntime.sleep(600)"
ENDLESS = READ + "time.sleep(600)"
SERVED = (
    "from talkinghead.core.workers.protocol import leave, serve\n"
    "def work(order, events):\n"
    "    {work}\n"
    "    return {{}}\n"
    "leave(serve(dict, work, lambda order: None, 'a fault of the studio'))\n"
)
WRITING = SERVED.format(work="open(order['out'], 'wb').write(bytes(8_000_000))")
RESERVING = SERVED.format(work="bytearray(40_000_000_000)")

linux = pytest.mark.skipif(sys.platform != "linux", reason="prlimit and /proc are Linux's")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store((tmp_path / "media").as_uri())


def run_renderer(renderer: WorkerRenderer, folder: Path) -> None:
    """Run the worker of a renderer on an order that says only where to write."""
    request = RenderRequest("a" * 32, "local", DraftInput(image_url="", script_text="x"), folder)
    folder.mkdir(exist_ok=True)

    async def prepare(request: RenderRequest) -> dict[str, Any]:
        return {"out": str(folder / "video.mp4")}

    async def watched() -> None:
        renderer.prepare = prepare  # type: ignore[method-assign]
        async for _ in WorkerRenderer.watch(renderer, request, request.job_id):
            pass

    asyncio.run(watched())


def run_samples() -> None:
    with closing(Speaker()) as speaker:
        speaker.say("af_heart", "")


def run_decoding() -> None:
    with closing(WarmWorkers(PROGRAM, LIMITS)) as workers:
        workers.ask({"task": "none"})


KINDS: dict[str, Callable[[Store, Path], object]] = {
    "draft": lambda store, folder: run_renderer(DraftRenderer(store), folder),
    "export": lambda store, folder: run_renderer(ExportRenderer(store), folder),
    "long video": lambda store, folder: run_renderer(
        LongVideoRenderer(store, lambda video: [], lambda job: ""), folder
    ),
    "speech": lambda store, folder: run_renderer(
        SpeechRenderer(store, lambda workspace, prints: {}, lambda ids: []), folder
    ),
    "captions": lambda store, folder: CaptionProcess().ask({"task": "none"}),
    "previews": lambda store, folder: CaptionProcess(PREVIEW_WORKER).ask({"video": ""}),
    "samples": lambda store, folder: run_samples(),
    "decoding": lambda store, folder: run_decoding(),
}


def is_kind(cls: type) -> bool:
    return cls.__module__.startswith("talkinghead.") and "order" in vars(cls)


def subclasses(cls: type) -> set[type]:
    found: set[type] = {cls}
    below: type
    for below in cls.__subclasses__():
        found |= subclasses(below)
    return found


def test_every_renderer_with_a_worker_is_tried() -> None:
    kinds = {each for each in subclasses(WorkerRenderer) if is_kind(each)} - {WorkerRenderer}
    assert kinds == {DraftRenderer, ExportRenderer, LongVideoRenderer, SpeechRenderer}


@linux
@pytest.mark.parametrize("kind", KINDS)
def test_a_worker_has_nothing_secret_in_its_environment(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    found: list[tuple[str, bytes]] = []

    def look(pid: int) -> None:
        process = Path(f"/proc/{pid}")
        # Just after the start it is still being loaded; it waits for its order, so it stays.
        wait_until(lambda: b"talkinghead" in (process / "cmdline").read_bytes())
        command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        found.append((command, (process / "environ").read_bytes()))

    def hold(pid: int, limits: WorkerLimits) -> None:
        look(pid)  # the process runs its own program from here on
        held(pid, limits)

    held = worker_limits.hold_limits
    monkeypatch.setattr(worker_limits, "hold_limits", hold)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    with suppress(StudioError):  # the order is none; the process was started
        KINDS[kind](store, tmp_path / "job")
    [(command, environment)] = found
    assert "-m talkinghead." in command
    assert b"PATH=" in environment
    for name, value in SECRETS.items():
        assert value.encode() not in environment
        assert name.encode() not in environment


def test_the_environment_of_a_worker_is_a_list_of_what_it_may_have() -> None:
    given = {"PATH": "/bin", "LC_ALL": "C.UTF-8", "FAL_KEY": "k", "ANYTHING": "else"}
    assert worker_environment(given) == {"PATH": "/bin", "LC_ALL": "C.UTF-8"}


def draft_over(store: Store, folder: Path, program: str, limits: WorkerLimits) -> str:
    """The sentence with which a draft ends whose worker is this program."""

    class Limited(DraftRenderer):
        pass

    Limited.limits = limits
    with pytest.raises(RenderFailed) as ended:
        run_renderer(Limited(store, (sys.executable, "-c", program)), folder)
    return str(ended.value)


def captions_over(store: Store, folder: Path, program: str, limits: WorkerLimits) -> str:
    with pytest.raises(RenderFailed) as ended:
        CaptionProcess((sys.executable, "-c", program), limits).ask({"out": str(folder)})
    return str(ended.value)


def samples_over(store: Store, folder: Path, program: str, limits: WorkerLimits) -> str:
    speaker = Speaker((sys.executable, "-c", program), limits)
    with pytest.raises(RenderFailed) as ended:
        speaker.say("af_heart", "One")
    speaker.close()
    return str(ended.value)


Over = Callable[[Store, Path, str, WorkerLimits], str]
WAYS = pytest.mark.parametrize("over", [draft_over, captions_over, samples_over])


@linux
@WAYS
def test_too_much_memory_is_a_sentence(store: Store, tmp_path: Path, over: Over) -> None:
    said = over(store, tmp_path / "job", HUNGRY, WorkerLimits(memory_mb=200))
    assert said == (
        "This stopped because it took more than 200 MB of memory. Try something shorter or smaller."
    )


@WAYS
def test_too_much_time_is_a_sentence(store: Store, tmp_path: Path, over: Over) -> None:
    said = over(store, tmp_path / "job", ENDLESS, WorkerLimits(seconds=1))
    assert said == (
        "This stopped because it took longer than 1 seconds. Try something shorter or smaller."
    )


@linux
def test_too_large_a_file_is_a_sentence(store: Store, tmp_path: Path) -> None:
    said = draft_over(store, tmp_path / "job", WRITING, WorkerLimits(file_mb=1))
    assert said == (
        "This stopped because its file became too large. Try something shorter or smaller."
    )
    assert (tmp_path / "job" / "video.mp4").stat().st_size <= 1024 * 1024


@linux
def test_more_address_space_than_the_far_stop_is_a_sentence(store: Store, tmp_path: Path) -> None:
    said = draft_over(store, tmp_path / "job", RESERVING, WorkerLimits())
    assert said == (
        "This stopped because it took too much memory. Try something shorter or smaller."
    )


@linux
def test_a_video_that_outgrows_its_limit_is_a_sentence(store: Store, tmp_path: Path) -> None:
    noise = SERVED.format(work="import tests.test_workers; tests.test_workers.write_noise(order)")
    said = draft_over(store, tmp_path / "job", noise, WorkerLimits(file_mb=1))
    assert "its file became too large" in said


def write_noise(order: dict[str, Any]) -> None:
    """Write a video that does not compress, as the writers of every worker do."""
    import av
    import numpy as np

    random = np.random.default_rng(1)
    with av.open(order["out"] + ".part", "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 320, 320, "yuv420p"
        for _ in range(200):
            picture = random.integers(0, 255, (320, 320, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))


@linux
def test_what_is_made_in_the_background_stands_back_for_pages_and_uploads() -> None:
    for renderer in (DraftRenderer, ExportRenderer, LongVideoRenderer, SpeechRenderer):
        assert renderer.limits.niceness == IN_THE_BACKGROUND
    assert LIMITS.niceness == 0
    own = os.getpriority(os.PRIO_PROCESS, 0)
    program = (sys.executable, "-c", "import sys; sys.stdin.read()")
    for wanted, expected in ((19, 19), (0, own)):
        process, _ = start_worker(program, WorkerLimits(niceness=wanted))
        with process:
            assert os.getpriority(os.PRIO_PROCESS, process.pid) == expected
            process.kill()


@linux
def test_a_process_writes_no_core_file() -> None:
    process = subprocess.Popen([sys.executable, "-c", READ], stdin=subprocess.PIPE)
    worker_limits.LimitWatch(process.pid, WorkerLimits())
    held = Path(f"/proc/{process.pid}/limits").read_text()
    process.communicate(b"\n")
    [core] = [line for line in held.splitlines() if line.startswith("Max core file size")]
    assert core.split()[4:6] == ["0", "0"]
