"""The command line as a shell runs it, in this process or in one of its own."""

import json
import logging
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from talkinghead.__main__ import main

ROOT = Path(__file__).parents[2]
KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"


@dataclass(frozen=True)
class Done:
    """What a command has printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document that it printed."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Shell:
    """A shell with the studio's settings in its environment.

    Attributes:
        environment: what differs from that of the tests.
    """

    environment: Mapping[str, str | None]

    def with_(self, **changes: str | None) -> "Shell":
        """The same with some settings changed; None unsets one."""
        return Shell({**self.environment, **changes})

    def run(self, *arguments: str, typed: str | None = None) -> Done:
        """Run a command here.

        Args:
            arguments: after `talkinghead`.
            typed: answers to its questions; None where nobody is there.
        """
        with CliRunner(env=self.environment).isolation(input=typed) as (out, err, _):
            code = main(arguments)
            sys.stdout.flush()
            sys.stderr.flush()
            done = Done(code, out.getvalue().decode(), err.getvalue().decode())
        # dbos keeps the stream that was standard error then, which is closed by now.
        logging.getLogger("dbos").handlers.clear()
        assert KEY not in done.out + done.err
        assert "Traceback" not in done.err
        return done

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Begin a command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "talkinghead", *arguments],
            cwd=ROOT,
            env={name: value for name, value in self.environment.items() if value is not None},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_heed_interrupts,
        )


def _heed_interrupts() -> None:
    """A background shell has its children ignore them, and the suite may run in one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
