"""Two processes that purge the same studio at the same moment delete everything once."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from talkinghead.catalogue import BUILT_IN
from talkinghead.core.database import Database
from talkinghead.core.store import open_store
from talkinghead.retention.purge import KEPT_AFTER_DELETION
from talkinghead.videos.repository import VideoRepository, video_row
from talkinghead.videos.tables import videos
from tests.jobs.made import a_video

DELETED, KEPT = 130, 20  # several batches
PURGE_IT = """
import sys
from talkinghead.core.database import Database
from talkinghead.core.store import open_store
from talkinghead.retention.purge import Purge
database = Database(sys.argv[1])
purge = Purge(database, open_store(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
print(purge.purge(), flush=True)
database.close()
"""


def purging(database_url: str, media_url: str) -> "subprocess.Popen[str]":
    """A process that purges once it is told to."""
    command = [sys.executable, "-W", "error", "-c", PURGE_IT, database_url, media_url]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe, stderr=pipe)


def test_two_processes_that_purge_at_once_delete_everything_once(
    database: Database, database_url: str, workspace: str, tmp_path: Path
) -> None:
    media = tmp_path / "media"
    store, source = open_store(media.as_uri()), tmp_path / "picture.jpg"
    made = []
    for number in range(DELETED + KEPT):
        names = {}
        for kind, ending in (("file", ".mp4"), ("thumbnail", ".jpg")):
            source.write_bytes(f"{kind} {number}".encode())
            names[kind] = store.put(workspace, source, ending)
        made.append(a_video(workspace, number, **names))
    with database.writing() as connection:
        connection.execute(insert(videos), [video_row(video, BUILT_IN) for video in made])
    long_ago = datetime.now(UTC) - KEPT_AFTER_DELETION - timedelta(hours=1)
    for video in made[:DELETED]:
        VideoRepository(database).mark_deleted(workspace, [video.id], long_ago)
    purges = [purging(database_url, media.as_uri()) for _ in range(2)]
    for each in purges:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in purges:
        assert each.stdin is not None
        each.stdin.write("now\n")
        each.stdin.flush()
    ended = [each.communicate(timeout=120) for each in purges]
    assert [each.returncode for each in purges] == [0, 0]
    assert [err for _, err in ended] == ["", ""]
    assert sum(int(out) for out, _ in ended) == DELETED
    left = {path.name for path in (media / workspace).iterdir()}
    kept = {
        name.removeprefix("asset:") for one in made[DELETED:] for name in (one.file, one.thumbnail)
    }
    assert left == kept
    assert VideoRepository(database).video(workspace, made[-1].id) == made[-1]
