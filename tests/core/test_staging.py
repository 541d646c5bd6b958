"""What a killed process leaves of a file that it was writing."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from talkinghead.core.store import open_store

ROOT = Path(__file__).parents[2]
NAME = "a" * 64 + ".mp4"
STAGES = """
import sys
from pathlib import Path
from talkinghead.core.staging import Staging
media = Path(sys.argv[1])
staging = Staging(media)
staging.write(b"whole", media / "mine" / "whole.wav")
for mine in (media / ".staging").iterdir():
    (mine / "half").write_bytes(b"0")
print("ready", flush=True)
sys.stdin.read()
"""
HOLDS = """
import sys
with open(sys.argv[1], "wb") as file:
    print("ready", flush=True)
    sys.stdin.read()
"""


@contextmanager
def process(code: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A Python process that has said that it is ready; killed at the end."""
    command = [sys.executable, "-c", code, *arguments]
    running = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    try:
        yield running
    finally:
        running.send_signal(signal.SIGKILL)
        running.communicate()


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and path.name != "lock"}


def test_what_a_killed_process_left_is_swept_at_the_next_start(tmp_path: Path) -> None:
    media = tmp_path / "media"
    with process(STAGES, str(media)):
        open_store(media.as_uri())
        assert files(media) == {"half", "whole.wav"}
    open_store(media.as_uri())
    assert files(media) == {"whole.wav"}


@pytest.mark.parametrize("deletes", [False, True])
def test_half_files_of_earlier_versions_are_swept_unless_they_are_written(
    tmp_path: Path, deletes: bool
) -> None:
    store = open_store(tmp_path.as_uri())
    (tmp_path / "mine").mkdir()
    left, written = tmp_path / "mine" / f"{NAME}#1", tmp_path / "mine" / f"{NAME}#2"
    left.write_bytes(b"0")
    with process(HOLDS, str(written)):
        if deletes:
            store.delete("mine", f"asset:{NAME}")
        else:
            open_store(tmp_path.as_uri())
        assert (left.exists(), written.exists()) == (False, True)
    store.clear("mine")
    assert not written.exists()


def test_the_files_of_a_workspace_are_whole_or_not_there(tmp_path: Path) -> None:
    store = open_store(tmp_path.as_uri())
    reference = store.put("mine", b"sound", ".wav")
    assert files(tmp_path) == {reference.removeprefix("asset:")}
    store.clear("mine")
    assert files(tmp_path) == set()
