"""One process drives an embedded database; the file lock that says which."""

import fcntl
from pathlib import Path
from typing import IO


class DriveLock:
    """The system lets go of it when its process dies, however it dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Try to take the lock, without waiting; True if this object has it now."""
        if self._file is None:
            file = self._path.open("ab")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            self._file = file
        return True

    def release(self) -> None:
        """Let another process drive."""
        if self._file is not None:
            self._file.close()
            self._file = None
