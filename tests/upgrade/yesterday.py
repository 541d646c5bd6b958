"""What a studio of 2b5e00a left when it was killed, and the fal that it had ordered from.

Its times are moved, so that it was killed two minutes ago: what is done about a lost order, or
about what was deleted, depends on when that was.
"""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("folder")
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
"""The old studio's report of everything in it, made just before it was killed."""
KILLED_AGO = timedelta(minutes=2)
OPERATOR, OWN = "the-operators-key", "a-key-of-ones-own"
"""The keys that it ordered with."""

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)([ T])(\d\d:\d\d:\d\d)(?=[.+Z])")


def restore(folder: Path) -> Path:
    """Put all of it into an empty folder, as if it had just been killed; returns the state file
    of the fal server, which knows the requests, the files and the bills."""
    data = folder / "data"
    for part in ("media", "scratch"):
        shutil.copytree(FOLDER / part, data / part)
    later = datetime.now(UTC) - KILLED_AGO - datetime.fromisoformat(EXPECTED["killed_at"])
    later = timedelta(seconds=int(later.total_seconds()))
    _load(data / "journal.db", moved(_dump("journal"), later))
    _load(data / "engine.db", _dump("engine"))
    _load(folder / "fal.db", moved(_dump("fal"), later))
    return folder / "fal.db"


def moved(text: str, later: timedelta) -> str:
    """The same text, every moment in it so much later."""

    def one(found: re.Match[str]) -> str:
        day, between, time = found.groups()
        moment = datetime.fromisoformat(f"{day} {time}") + later
        return f"{moment:%Y-%m-%d}{between}{moment:%H:%M:%S}"

    return _MOMENT.sub(one, text)


def _dump(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text("utf-8")


def _load(path: Path, statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript(statements)
