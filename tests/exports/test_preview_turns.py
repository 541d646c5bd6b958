"""Previews take memory from the machine's budget, in turns by client, and wait for no captions."""

from collections.abc import Iterator
from typing import cast

import pytest

from talkinghead.captions.worker_client import CaptionProcess
from talkinghead.core.errors import RenderFailed
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import MemoryBudget
from talkinghead.exports.previews import background
from talkinghead.exports.previews.background import MOST_UNDRAWN, PreviewDrawer
from tests.captions.test_turns import Files, SlowProcess, video
from tests.waiting import wait_until


@pytest.fixture
def process() -> SlowProcess:
    return SlowProcess()


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch, process: SlowProcess) -> Iterator[PreviewDrawer]:
    monkeypatch.setattr(background, "MACHINE", MemoryBudget(4000))
    opened = PreviewDrawer(
        cast(Store, Files()),
        cast(CaptionProcess, process),
        lambda workspace: workspace.split("-", maxsplit=1)[0],
    )
    yield opened
    opened.close()


def test_of_many_previews_the_oldest_that_were_not_drawn_are_given_up(
    drawer: PreviewDrawer, process: SlowProcess
) -> None:
    for number in range(60):
        drawer.previews(video("many-1", f"many {number}"), "pop", {})
    assert drawer.previews(video("other-1", "other"), "pop", {}) is None
    for _ in range(100):
        process.go_on()
    wait_until(lambda: process.begun[-1] == "many 59")
    assert process.begun[:2] == ["many 0", "other"]
    kept = range(60 - MOST_UNDRAWN, 60)
    assert process.begun[2:] == [f"many {number}" for number in kept]


def test_a_preview_that_was_given_up_is_said(drawer: PreviewDrawer, process: SlowProcess) -> None:
    drawer.previews(video("a-1", "a"), "pop", {})
    wait_until(lambda: process.begun == ["a"])
    drawer.previews(video("a-1", "b"), "pop", {})
    drawer.close()
    with pytest.raises(RenderFailed, match="could not be drawn"):
        drawer.previews(video("a-1", "b"), "pop", {})
