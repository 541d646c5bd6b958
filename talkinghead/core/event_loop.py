"""The event loop for all asynchronous work: the workflows of jobs, and requests of pages to the
provider. One per studio, in a thread of its own."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")


class EventLoop:
    """Runs coroutines for threads without an event loop."""

    def __init__(self, name: str = "workflows") -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def begin(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        """Schedule a coroutine; cancelling the returned future cancels it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def cancel_all(self) -> None:
        """Cancel all tasks and wait until they have ended. A task that is ending already may close
        its resources."""
        self.begin(self._cancel_all()).result()

    def close(self) -> None:
        """Stop the loop; running coroutines are cancelled."""
        if self._loop.is_closed():
            return
        self.cancel_all()
        self.begin(self._loop.shutdown_default_executor()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _cancel_all(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            if not task.cancelling():
                task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._loop.shutdown_asyncgens()
