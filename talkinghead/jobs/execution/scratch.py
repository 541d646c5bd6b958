"""The temporary files of jobs while they run."""

import shutil
from collections.abc import Callable
from pathlib import Path


def clear_scratch(folder: Path, is_open: Callable[[str], bool]) -> None:
    """Delete the temporary files that ended jobs left behind in a crash.

    Args:
        folder: has one folder for each job, by its id; made if it is missing.
        is_open: whether the job of this id has not ended.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.iterdir():
        if not is_open(left.name):
            shutil.rmtree(left, ignore_errors=True)
