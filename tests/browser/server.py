"""The app as a real process."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
OUR_VARIABLES = (
    "DATA_DIR", "DATABASE_URL", "MEDIA_URL", "FAL_KEY", "FAL_PROXY_URL", "SINGLE_USER",
    "CAP_RENDER", "CAP_PERSON_DAY", "CAP_APP_DAY", "CAP_APP_MONTH",
    "TRUSTED_PROXIES", "FAL_VISITORS_MAY_PAY",
)  # fmt: skip


class Server:
    """The app on its own data folder and on a port that the system chose and a restart keeps.

    Args:
        data_dir: where it keeps everything.
        variables: further settings, by the names of their environment variables.
        script: the app; ours where nothing else is said.
        base_path: the first part of its addresses, as a proxy may want it.
        folder: where it is started, which says whose `.streamlit/config.toml` it reads; else the
            script's own.
    """

    def __init__(
        self,
        data_dir: Path,
        variables: Mapping[str, str] | None = None,
        *,
        script: Path = ROOT / "app.py",
        base_path: str = "",
        folder: Path | None = None,
    ) -> None:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        self.data_dir = data_dir
        self.script = script
        self.folder = folder or script.parent
        self.variables = {"DATA_DIR": str(data_dir), **(variables or {})}
        self.base_path = f"/{base_path}" if base_path else ""
        if base_path:
            self.variables["STREAMLIT_SERVER_BASE_URL_PATH"] = base_path
        self.log = data_dir.parent / f"{data_dir.name}.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where its first page is."""
        return f"http://127.0.0.1:{self.port}{self.base_path}"

    def start(self) -> "Server":
        """Start it and wait until it answers."""
        environment = {k: v for k, v in os.environ.items() if k not in OUR_VARIABLES}
        command = [
            sys.executable, "-m", "streamlit", "run", str(self.script),
            "--server.address", "127.0.0.1", "--server.port", str(self.port),
            "--server.headless", "true", "--server.fileWatcherType", "none",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**environment, **self.variables},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait(self.process)
        return self

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        def answers() -> bool:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):  # noqa: S310
                    return True
            except OSError:
                assert process.poll() is None, self.log.read_text()
                return False

        wait_until(answers, moving=self.log.read_text)

    def stop(self) -> None:
        """Ask it to end, as a deploy does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it at once, as a crash does; whatever it started has to notice by itself."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(15)

    def clear(self) -> None:
        """End it at once with everything it started; its data is of no use any more."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(15)
