"""Benchmark: the start of a studio with a large gallery, of which much was deleted days ago.

open_seconds: until the studio is open and the first page of its gallery is read.
purge_seconds_per_100: from the start until the deleted videos and their files are gone, for every
100 of them. longest_save_seconds: the slowest of the edits that somebody saves meanwhile. Each is
the worse one of SQLite and PostgreSQL, whose own figures follow.

    python bench/opening.py [videos] [deleted]
"""

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead import Settings, open_studio  # noqa: E402  the path above makes them importable
from talkinghead.catalogue import BUILT_IN  # noqa: E402
from talkinghead.core.database import Database, sqlite_url  # noqa: E402
from talkinghead.core.workspace_repository import WorkspaceRepository  # noqa: E402
from talkinghead.jobs.job import JobState  # noqa: E402
from talkinghead.jobs.tables import jobs  # noqa: E402
from talkinghead.projects.tables import projects  # noqa: E402
from talkinghead.projects.values import Project  # noqa: E402
from talkinghead.videos.repository import video_row  # noqa: E402
from talkinghead.videos.tables import videos  # noqa: E402
from tests.jobs.made import a_job, a_video  # noqa: E402
from tests.postgres import fresh_database, running_server  # noqa: E402

VIDEOS, DELETED = 10_000, 2_500
PORTRAITS = 50  # different ones; a gallery has many videos of each
AT_ONCE = 500  # rows of one statement
PATIENCE = 900.0  # seconds
WORKSPACE = "local"


def main() -> None:
    """Measure both databases and print one line of JSON."""
    asked = [int(argument) for argument in sys.argv[1:3]]
    count, deleted = [*asked, *(VIDEOS, DELETED)[len(asked) :]]
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "pg") as server:
        kept = {
            "sqlite": measure(Path(folder) / "sqlite", None, count, deleted),
            "postgres": measure(Path(folder) / "postgres", fresh_database(server), count, deleted),
        }
    names = ("open_seconds", "purge_seconds_per_100", "longest_save_seconds")
    worst = {name: max(figures[name] for figures in kept.values()) for name in names}
    print(json.dumps({"videos": count, "deleted": deleted, **worst, **kept}))


def measure(folder: Path, url: str | None, count: int, deleted: int) -> dict[str, float]:
    """Return the figures of one database."""
    media = folder / "media" / WORKSPACE
    media.mkdir(parents=True, exist_ok=True)
    settings = Settings(data_dir=folder, database_url=url, single_user=True)
    open_studio(settings).close()  # loads the code, and makes the engine's tables
    address = url or sqlite_url(folder / "journal.db")
    with closing(Database(address)) as database:
        seed(database, media, count, deleted)
        files = len(list(media.iterdir()))
        began = time.perf_counter()
        studio = open_studio(settings)
        workspace = studio.workspace()
        assert workspace.gallery.list().total == count - deleted
        opened = time.perf_counter() - began
        saves = [0.0]
        project = workspace.projects.create(Project(script="Good morning.", catalogue=BUILT_IN))
        base = workspace.projects.open(project)
        assert base is not None
        while not _is_purged(database, media, files - 2 * deleted):
            assert time.perf_counter() - began < PATIENCE, "the purge does not end"
            save = Project(script=f"Good morning, for the {len(saves)}th time.", catalogue=BUILT_IN)
            began_to_save = time.perf_counter()
            base = workspace.projects.save(project, save, base)
            saves.append(time.perf_counter() - began_to_save)
            time.sleep(0.05)
        purged = time.perf_counter() - began
        studio.close()
    return {
        "open_seconds": round(opened, 3),
        "purge_seconds_per_100": round(purged / deleted * 100, 3),
        "longest_save_seconds": round(max(saves), 3),
    }


def seed(database: Database, media: Path, count: int, deleted: int) -> None:
    """Write videos with the jobs that made them and the projects that these were ordered from;
    every fourth or so was deleted two days ago."""
    WorkspaceRepository(database).find_or_create_fixed(WORKSPACE)
    portraits = [_file(media, f"portrait {number}", ".jpg") for number in range(PORTRAITS)]
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        rows = [
            _rows(media, portraits, n, n * deleted // count < (n + 1) * deleted // count)
            for n in numbers
        ]
        with database.writing() as connection:
            for table, place in ((jobs, 0), (videos, 1), (projects, 2)):
                connection.execute(insert(table), [row[place] for row in rows])


def _rows(media: Path, portraits: list[str], number: int, is_deleted: bool) -> tuple[Any, ...]:
    now = datetime.now(UTC)
    arguments = {"image_url": portraits[number % PORTRAITS], "script_text": "Good morning. " * 20}
    job = a_job(WORKSPACE, state=JobState.DONE, arguments=arguments, ended_at=now)
    video = a_video(
        WORKSPACE,
        number % 1000,
        job_id=job.id,
        arguments=arguments,
        file=_file(media, f"video {number}", ".mp4"),
        thumbnail=_file(media, f"thumbnail {number}", ".jpg"),
    )
    if is_deleted:
        video = replace(video, deleted_at=now - timedelta(days=2))
    # The project of a deleted video names its portrait still, as a person left it.
    project = {"id": uuid4().hex, "workspace": WORKSPACE, "updated_at": now}
    content = {
        "version": 1,
        "script": "Good morning.",
        "portrait": {"crop": arguments["image_url"]},
    }
    return _job_row(job), video_row(video, BUILT_IN), {**project, "content": content}


def _job_row(job: Any) -> dict[str, Any]:
    names = {column.name for column in jobs.c}
    values = {name: getattr(job, name) for name in names if hasattr(job, name)}
    return {**values, "state": job.state.value}


def _file(media: Path, content: str, suffix: str) -> str:
    digest = hashlib.sha256(content.encode()).hexdigest()
    (media / f"{digest}{suffix}").write_text(content, encoding="utf-8")
    return f"asset:{digest}{suffix}"


def _is_purged(database: Database, media: Path, files: int) -> bool:
    left = select(func.count()).select_from(videos).where(videos.c.deleted_at.is_not(None))
    with database.reading() as connection:
        if connection.scalar(left):
            return False
    return len(list(media.iterdir())) <= files


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
