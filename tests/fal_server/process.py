"""The server in a process of its own, so that it takes no time from the one that is tested."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[2]


class FalProcess:
    """A fal at an address of its own, driven through its controls.

    Args:
        arguments: those of `python -m tests.fal_server`; the port is a free one.
    """

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    @property
    def pid(self) -> int:
        """The process."""
        assert self._process
        return self._process.pid

    def start(self) -> Self:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "tests.fal_server", "--port", "0", *self._arguments]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip().partition("=")[2]
        assert self.url, "the fal server did not start"
        # It prints its address a moment before it takes connections.
        self.ask("health")
        return self

    def stop(self) -> None:
        """End it at once."""
        if self._process:
            self._process.kill()
            self._process.communicate()

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

    def ask(self, control: str, body: Any = None, method: str | None = None) -> Any:
        """One of the controls: GET, or with a body POST."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310  its own address
            f"{self.url}/_control/{control}",
            data,
            {"content-type": "application/json"},
            method=method,
        )
        for _ in range(200):
            try:
                with urllib.request.urlopen(request, timeout=15) as answer:  # noqa: S310
                    return json.load(answer)
            except urllib.error.URLError as error:
                if not isinstance(error.reason, ConnectionError):
                    raise
                time.sleep(0.02)
        raise ConnectionError(self.url)

    def fault(self, name: str, **rule: Any) -> None:
        """Set a fault, as `FalServer.fault` does."""
        self.ask("faults", {"name": name, **rule})

    def mend(self) -> None:
        """No fault is set any more."""
        self.ask("faults", method="DELETE")

    @property
    def bills(self) -> list[dict[str, Any]]:
        """What was billed."""
        bills: list[dict[str, Any]] = self.ask("ledger")["bills"]
        return bills

    @property
    def visits(self) -> list[dict[str, Any]]:
        """The HTTP requests that arrived."""
        visits: list[dict[str, Any]] = self.ask("requests")
        return visits

    @property
    def jobs(self) -> list[dict[str, Any]]:
        """The requests in the queue."""
        jobs: list[dict[str, Any]] = self.ask("jobs")
        return jobs
