"""A timestamp authority within a worker: the library asks it, and it asks the parent process.

The library sends requests for timestamps itself, but a worker asks nobody outside. So it is given
an address of this process, which listens while something is signed.
"""

import base64
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from talkinghead.content_credentials.timestamps.authority import LARGEST_REQUEST

_HOST = "127.0.0.1"

Ask = Callable[[dict[str, Any]], dict[str, Any]]
"""Asks the parent process; see `SigningSession.answer`."""


@contextmanager
def timestamp_relay(ask: Ask) -> Iterator[str]:
    """Context manager: listen on an address that only this process knows; yields its URL."""
    path = f"/{secrets.token_hex(16)}"

    class Relay(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            if self.path != path or not 0 < length <= LARGEST_REQUEST:
                self.send_error(404)
                return
            data = base64.b64encode(self.rfile.read(length)).decode()
            answer = ask({"want": "timestamp", "data": data}).get("response")
            if answer is None:
                self.send_error(503)
                return
            body = base64.b64decode(answer)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: stderr is for faults."""

    with HTTPServer((_HOST, 0), Relay) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://{_HOST}:{server.server_port}{path}"
        finally:
            server.shutdown()
            thread.join()
