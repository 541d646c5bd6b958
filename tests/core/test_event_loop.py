"""The event loop that everything asynchronous runs on."""

import asyncio
from concurrent.futures import CancelledError

import pytest

from talkinghead.core.event_loop import EventLoop


def test_what_runs_is_cancelled_when_it_closes() -> None:
    loop = EventLoop()
    running = loop.begin(asyncio.sleep(3600))
    loop.close()
    with pytest.raises(CancelledError):
        running.result()


def test_what_is_ending_already_closes_what_it_has_open() -> None:
    loop, closed = EventLoop(), []

    async def work(begun: asyncio.Event) -> None:
        try:
            begun.set()
            await asyncio.sleep(3600)
        finally:
            await asyncio.sleep(0.2)
            closed.append("worker")

    async def begin() -> asyncio.Task[None]:
        begun = asyncio.Event()
        task = asyncio.create_task(work(begun))
        await begun.wait()
        return task

    task = loop.begin(begin()).result()

    async def cancel() -> None:
        task.cancel()

    loop.begin(cancel()).result()
    loop.close()
    assert closed == ["worker"]


def test_closing_twice_changes_nothing() -> None:
    loop = EventLoop()
    loop.close()
    loop.close()
