"""Captions take memory from the machine's budget, in turns by client."""

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from talkinghead.captions import background
from talkinghead.captions.background import WAITING_AT_ONCE, BackgroundCaptionWriter
from talkinghead.captions.repository import CaptionRepository
from talkinghead.captions.worker_client import CaptionProcess
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import MemoryBudget
from talkinghead.jobs.job import Video
from talkinghead.speech.pronunciations.entries import Pronounced
from tests.waiting import wait_until


class SlowProcess:
    """A process that works on one order after another, as it is allowed to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self._go = threading.Semaphore(0)

    def ask(
        self, order: Mapping[str, Any], on_progress: Callable[[float], None] | None = None
    ) -> dict[str, Any]:
        self.begun.append(Path(order["video"]).name)
        assert self._go.acquire(timeout=30)
        return {"words": [], "source": "recognised"}

    def go_on(self) -> None:
        self._go.release()

    def close(self) -> None:
        for _ in range(100):
            self._go.release()


class Files:
    def local_path(self, workspace: str, reference: str) -> Path:
        return Path(reference)


class Kept:
    def save(self, workspace: str, video_id: str, captions: object) -> None:
        pass


@pytest.fixture
def budget(monkeypatch: pytest.MonkeyPatch) -> MemoryBudget:
    machine = MemoryBudget(4000)
    monkeypatch.setattr(background, "MACHINE", machine)
    return machine


@pytest.fixture
def process() -> SlowProcess:
    return SlowProcess()


@pytest.fixture
def writer(budget: MemoryBudget, process: SlowProcess) -> Iterator[BackgroundCaptionWriter]:
    opened = BackgroundCaptionWriter(
        cast(Store, Files()),
        cast(CaptionRepository, Kept()),
        cast(CaptionProcess, process),
        lambda workspace: workspace.split("-", maxsplit=1)[0],
    )
    yield opened
    opened.close()


def video(workspace: str, name: str) -> Video:
    return cast(Video, type("V", (), {"workspace": workspace, "id": name, "file": name}))


def test_a_visitor_with_many_videos_waits_behind_everybody_elses_first(
    writer: BackgroundCaptionWriter, process: SlowProcess, budget: MemoryBudget
) -> None:
    script = Pronounced("Hello.", ())
    writer.begin(video("many-1", "a"), script, [])
    wait_until(lambda: process.begun == ["a"])
    for number, name in enumerate(("b", "c", "d")):
        writer.begin(video(f"many-{number}", name), script, [])
    theirs = writer.begin(video("other-1", "e"), script, [])
    wait_until(lambda: budget.waiting == 1)
    process.go_on()
    wait_until(lambda: process.begun[1:] == ["e"])
    process.go_on()
    theirs.result(30)


def test_closing_ends_what_waits_for_its_turn(
    writer: BackgroundCaptionWriter, process: SlowProcess, budget: MemoryBudget
) -> None:
    writer.begin(video("a-1", "a"), Pronounced("Hello.", ()), [])
    wait_until(lambda: process.begun == ["a"])
    writer.begin(video("a-2", "b"), Pronounced("Hello.", ()), [])
    writer.begin(video("b-1", "c"), Pronounced("Hello.", ()), [])
    wait_until(lambda: budget.waiting == 1)
    writer.close()
    assert budget.waiting == 0
    assert process.begun == ["a"]


def test_more_videos_than_threads_leave_everybody_else_their_turn(
    writer: BackgroundCaptionWriter, process: SlowProcess
) -> None:
    script = Pronounced("Hello.", ())
    for number in range(WAITING_AT_ONCE + 5):
        writer.begin(video("many-1", f"many {number}"), script, [])
    wait_until(lambda: process.begun == ["many 0"])
    writer.begin(video("other-1", "other"), script, [])
    process.go_on()
    wait_until(lambda: process.begun[1:] == ["other"])
