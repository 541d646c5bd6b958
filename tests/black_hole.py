"""A way to a server on this machine that can be cut without a word, as by a firewall that drops
packets."""

import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

CHUNK = 65536  # bytes


class BlackHole:
    """Passes everything on to a PostgreSQL; as long as it is cut, it accepts connections and bytes,
    and nothing comes back.

    Args:
        address: of a database whose server listens in a folder.
    """

    def __init__(self, address: str) -> None:
        self._parts = urlsplit(address)
        self._server = str(Path(parse_qs(self._parts.query)["host"][0]) / ".s.PGSQL.5432")
        self._passing = threading.Event()
        self._passing.set()
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._begin(self._accept)

    @property
    def address(self) -> str:
        """The same database by this way."""
        port = self._listening.getsockname()[1]
        return f"postgresql://{self._parts.username}@127.0.0.1:{port}{self._parts.path}"

    def cut(self) -> None:
        """Swallow everything from now on."""
        self._passing.clear()

    def mend(self) -> None:
        """Pass everything on again, also what was swallowed."""
        self._passing.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self.mend()
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for each in (self._listening, *self._sockets):
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:  # closed
                return
            server = socket.socket(socket.AF_UNIX)
            self._sockets += [client, server]
            try:
                server.connect(self._server)
            except OSError:  # it is stopped
                client.close()
                continue
            self._begin(self._pass_on, client, server)
            self._begin(self._pass_on, server, client)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                self._passing.wait()
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def _begin(self, work: object, *given: socket.socket) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()
