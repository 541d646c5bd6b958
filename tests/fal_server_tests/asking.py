"""Short ways to ask the server."""

from typing import Any

import httpx

from tests.fal_server import FalServer


def ask(server: FalServer, url: str, method: str = "GET", key: str = "k-1") -> httpx.Response:
    """Ask for one of fal's addresses, past the client."""
    headers = {"x-fal-target-url": url} | ({"authorization": f"Key {key}"} if key else {})
    return httpx.request(method, server.url, headers=headers)


def now(handle: Any) -> Any:
    """Its status, without its logs."""
    return handle.status()


def wait_for(handle: Any, kind: type) -> Any:
    """The first status of a kind."""
    for status in handle.iter_events(with_logs=True, interval=0.01):
        if isinstance(status, kind):
            return status
    raise AssertionError(f"never {kind.__name__}")
