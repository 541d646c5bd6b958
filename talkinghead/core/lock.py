"""File lock that ensures only one process drives an embedded database."""

import fcntl
from pathlib import Path
from typing import IO


class DriveLock:
    """The operating system releases it when its process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Try to acquire the lock without waiting; returns whether it is held."""
        if self._file is None:
            file = self._path.open("ab")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            self._file = file
        return True

    @property
    def is_held(self) -> bool:
        """Whether this object holds it."""
        return self._file is not None

    def release(self) -> None:
        """Release the lock."""
        if self._file is not None:
            self._file.close()
            self._file = None
