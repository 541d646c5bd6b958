"""The server: in a thread of this process for tests, or alone by hand."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette

from tests.fal_server import (
    control_routes,
    history_routes,
    media_routes,
    platform_routes,
    queue_routes,
    storage_routes,
)
from tests.fal_server.fal import Fal
from tests.fal_server.faults import Rule
from tests.fal_server.gateway import Gateway
from tests.fal_server.ledger import Bill, Visit
from tests.fal_server.options import Options
from tests.fal_server.request import QueuedRequest

ROUTES = [
    *control_routes.ROUTES,
    *storage_routes.ROUTES,
    *media_routes.ROUTES,
    *platform_routes.ROUTES,
    *history_routes.ROUTES,
    *queue_routes.ROUTES,
]


def build(fal: Fal) -> Gateway:
    """The ASGI application of one fal."""

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        fal.queue.resume()
        yield
        await fal.queue.close()
        fal.state.close()

    app = Starlette(routes=ROUTES, lifespan=life)
    app.router.redirect_slashes = False
    app.state.fal = fal
    return Gateway(app, fal)


class FalServer:
    """A fal at an address of its own; `with FalServer() as fal: …`.

    `fal.url` is what FAL_PROXY_URL is set to. Faults, options and the ledger can be used from the
    test's own thread.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        state: Path | None = None,
    ) -> None:
        # asyncio sends without delay only what is said to be TCP: else each answer takes 40 ms
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((host, port))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.options = options or Options()
        self.fal = Fal(self.options, self.url, state)
        config = uvicorn.Config(
            build(self.fal),
            log_level="warning",
            ws="none",
            loop="asyncio",
            proxy_headers=False,
            access_log=False,
            timeout_keep_alive=75,  # as long as nginx keeps one
            timeout_graceful_shutdown=1,  # a hanging answer does not hold up the end
        )
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def serve(self) -> None:
        """Serve in this thread until a signal comes."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._socket])

    def start(self) -> Self:
        """Serve in a thread; returns when connections are taken."""
        self._socket.listen(128)  # from here on a client is kept waiting rather than refused
        self._thread = threading.Thread(target=self.serve, name="fal-server", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.005)
        if not self._server.started:
            raise RuntimeError("the fal server did not start")
        return self

    def stop(self) -> None:
        """Stop; what was open is lost, unless there is a state file."""
        self._server.should_exit = True
        if self._thread:
            self._thread.join()
        self._socket.close()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def _in_loop(self, work: Coroutine[Any, Any, None]) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def fault(self, name: str, **rule: Any) -> Rule:
        """Set a fault: `times`, `probability`, `endpoint_id`, `request_id`, `skip`, `value`."""
        return self.fal.faults.add(name, **rule)

    def latency(self, **stages: Any) -> None:
        """Set seconds by stage: `run=2`, `status=(0.05, 0.2)`."""
        self.options.set_latency(stages)

    def reset(self) -> None:
        """Forget everything; the options stay."""
        self._in_loop(self.fal.reset())

    @property
    def bills(self) -> list[Bill]:
        """What was billed."""
        return list(self.fal.ledger.bills)

    @property
    def visits(self) -> list[Visit]:
        """The HTTP requests that arrived."""
        return list(self.fal.visits)

    @property
    def jobs(self) -> list[QueuedRequest]:
        """The requests in the queue."""
        return list(self.fal.queue.requests.values())
