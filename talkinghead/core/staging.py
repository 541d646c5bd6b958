"""Writes files into a folder atomically, and finds what a killed process left half written.

Each process stages its files in a folder of its own below `.staging`, under a lock that the
operating system releases when the process dies. So a file that is being written is distinguished
from one that was left behind, whatever its age.
"""

import fcntl
import os
import re
import shutil
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

STAGING = ".staging"  # no name of a workspace
LOCK = "lock"
_PARTIAL = re.compile(r".+#\d+")
"""What obstore names a file that it writes; earlier versions of the studio left such ones."""
_OLD = 3600.0  # seconds: where open files cannot be seen, a younger one may be in use


class Staging:
    """The staged files of this process in one folder of media.

    Args:
        folder: where the finished files go, in a folder for each workspace.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = folder / STAGING
        self._mine: Path | None = None

    def write(self, data: bytes | Path, target: Path) -> None:
        """Write a file that appears under its name only when it is complete, and on disk."""
        staged = self._own_folder() / uuid4().hex
        try:
            if isinstance(data, bytes):
                staged.write_bytes(data)
            else:
                shutil.copyfile(data, staged)
            _sync(staged)
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
            _sync(target.parent)
        finally:
            staged.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete what dead processes left half written, in all workspaces."""
        self.sweep_staged()
        for workspace in self._folder.iterdir():
            if workspace.is_dir() and workspace.name != STAGING:
                _delete_abandoned(entry for entry in workspace.iterdir())

    def sweep_staged(self) -> None:
        """Delete what dead processes left staged."""
        if not self._staging.is_dir():
            return
        for left in self._staging.iterdir():
            lock = _locked(left / LOCK) if left != self._mine else None
            if lock is not None:
                shutil.rmtree(left, ignore_errors=True)
                os.close(lock)

    def sweep_beside(self, target: Path) -> None:
        """Delete what dead processes left of this file."""
        self.sweep_staged()
        _delete_abandoned(_numbered(target))

    def _own_folder(self) -> Path:
        """Return the folder of this process, locked; another sweep may delete it before it is."""
        while self._mine is None or not self._mine.is_dir():
            mine = self._staging / uuid4().hex
            mine.mkdir(parents=True)
            lock = _locked(mine / LOCK)
            if lock is not None:
                weakref.finalize(self, os.close, lock)
                self._mine = mine
        return self._mine


def _locked(path: Path) -> int | None:
    """Return a file descriptor that holds the lock, or None if a live process has it."""
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT)
    except FileNotFoundError:  # swept meanwhile
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def _sync(path: Path) -> None:
    """Sync to disk, so that a power cut does not lose what the database refers to."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _numbered(target: Path) -> Iterator[Path]:
    """The files that obstore may have left beside this one."""
    number = 1
    while (left := target.with_name(f"{target.name}#{number}")).exists():
        yield left
        number += 1


def _delete_abandoned(entries: Iterator[Path]) -> None:
    """Delete obstore's half-written files among these, except those that are being written."""
    partial = [entry for entry in entries if _PARTIAL.fullmatch(entry.name)]
    written = _open_files() if partial else set()
    for entry in partial:
        with suppress(OSError):
            if written is None and time.time() - entry.stat().st_mtime < _OLD:
                continue
            if written is None or str(entry.resolve()) not in written:
                entry.unlink()


def _open_files() -> set[str] | None:
    """Return the files that live processes have open; None where the system does not show them."""
    found: set[str] = set()
    if not Path("/proc/self/fd").is_dir():
        return None
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):  # it ended, or is somebody else's
            found.add(str(link.readlink()))
    return found
