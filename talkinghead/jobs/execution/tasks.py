"""Tasks of the event loop: ending them, and those that nobody awaits."""

import asyncio
from typing import Any


def retrieve(task: "asyncio.Task[Any]") -> None:
    """Mark the exception of a finished task as retrieved; nobody may be there to await it."""
    if not task.cancelled():
        task.exception()


async def cancel_and_wait(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel these tasks and wait until they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
