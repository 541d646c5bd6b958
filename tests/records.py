"""Access to a studio's database for tests that prepare rows or check what was written."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime

from talkinghead import Settings, Studio
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.store import Store, open_store
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.videos.repository import VideoRepository
from tests.jobs.permits import FREE_PASS


@contextmanager
def database_of(studio: Studio) -> Iterator[Database]:
    """Its database, over connections of our own."""
    settings: Settings = studio.settings
    url = settings.database_url or sqlite_url(settings.data_dir.absolute() / "journal.db")
    with closing(Database(url)) as database:
        yield database


def store_of(studio: Studio) -> Store:
    """Its files."""
    settings: Settings = studio.settings
    return open_store(settings.media_url or (settings.data_dir.absolute() / "media").as_uri())


def add_job(studio: Studio, job: Job) -> None:
    """A job as if it had been ordered."""
    with database_of(studio) as database:
        Journal(database).add(job, FREE_PASS)


def delete_at(studio: Studio, workspace: str, video_id: str, moment: datetime) -> None:
    """A video as if it had been deleted then."""
    with database_of(studio) as database:
        VideoRepository(database).mark_deleted(workspace, [video_id], moment)
