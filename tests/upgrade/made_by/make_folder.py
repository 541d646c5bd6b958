"""Makes `folder/`: what 2b5e00a left behind when it was killed in the middle of everything.

It is run by the code of that commit, in a checkout of it:

    git worktree add --detach /tmp/old 2b5e00a && cd /tmp/old
    PYTHONPATH=. python THIS_FILE FOLDER

A studio of its own process does what `busy_studio` says against a fal server; then both are killed.
Databases are kept as SQL, with the time of the kill beside them; files as they are.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.fal_server.process import FalProcess


def dump(path: Path) -> str:
    """The statements that make an SQLite database again; what is in its WAL counts."""
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def live_and_die(folder: Path, state: Path) -> dict[str, Any]:
    """Run a studio until it is killed; returns its last report, with the time of the end."""
    fal = FalProcess("--state", str(state), "--option", "short_side=108", "log_interval=0.05")
    with fal.start():
        busy = Path(__file__).with_name("busy_studio.py")
        command = [sys.executable, str(busy), str(folder), fal.url]
        studio = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        report = studio.stdout.readline()
        os.killpg(studio.pid, signal.SIGKILL)
        studio.wait()
        killed_at = datetime.now(UTC).isoformat()
    assert report, "the studio ended before its report"
    return {"killed_at": killed_at, **json.loads(report)}


def drop_fetched_files(state: Path, report: dict[str, Any]) -> None:
    """Delete fal's copy of every file that the studio has fetched."""
    wanted = {job["request_id"] for job in report["under_way"].values()}
    with closing(sqlite3.connect(state, isolation_level=None)) as connection:
        made = connection.execute("SELECT request_id FROM file WHERE request_id IS NOT NULL")
        for (request_id,) in made.fetchall():
            if request_id not in wanted:
                connection.execute("DELETE FROM file WHERE request_id = ?", [request_id])


def write_fixture(target: Path, folder: Path, state: Path, report: dict[str, Any]) -> None:
    """Write the folder, its databases as SQL text, in place of the last one."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in ("journal", "engine"):
        (target / f"{name}.sql").write_text(dump(folder / f"{name}.db"), "utf-8")
    (target / "fal.sql").write_text(dump(state), "utf-8")
    text = json.dumps(report, indent=1, ensure_ascii=False)
    (target / "expected.json").write_text(text + "\n", "utf-8")
    shutil.copytree(folder / "media", target / "media")
    shutil.copytree(folder / "scratch", target / "scratch")


def main() -> None:
    """Make the folder."""
    with TemporaryDirectory() as scratch:
        folder, state = Path(scratch, "data"), Path(scratch, "fal.db")
        report = live_and_die(folder, state)
        drop_fetched_files(state, report)
        write_fixture(Path(sys.argv[1]), folder, state, report)


if __name__ == "__main__":
    main()
