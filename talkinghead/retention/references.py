"""Which files of a workspace are still of use, asked before any of them leaves the store."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from talkinghead.core.assets import references_in
from talkinghead.core.tables import assets
from talkinghead.jobs.job import JobState
from talkinghead.jobs.tables import jobs
from talkinghead.projects.tables import compositions
from talkinghead.speech.tables import speeches, spoken
from talkinghead.videos.tables import videos


def files_in_use(connection: Connection, workspace: str) -> set[str]:
    """What videos, jobs and forms name. A finished job does not count: its video does."""
    of_jobs = select(jobs.c.arguments).where(
        jobs.c.workspace == workspace, jobs.c.state != JobState.DONE
    )
    of_videos = select(videos.c.arguments).where(videos.c.workspace == workspace)
    of_forms = select(compositions.c.content).where(compositions.c.workspace == workspace)
    users = connection.execute(of_jobs.union_all(of_videos, of_forms)).all()
    # Two videos that were joined of the same parts are one file.
    files = select(videos.c.file).where(videos.c.workspace == workspace)
    pictures = select(videos.c.thumbnail).where(videos.c.workspace == workspace)
    named = {reference for row in users for reference in references_in(row[0])}
    return named | set(connection.scalars(files.union(pictures)))


def library_sounds(connection: Connection, workspace: str) -> set[str]:
    """The library's speeches, and their sentences, which are bought once."""
    of_speeches = select(speeches.c.file).where(speeches.c.workspace == workspace)
    of_sentences = select(spoken.c.file).where(spoken.c.workspace == workspace)
    return set(connection.scalars(of_speeches.union_all(of_sentences)))


def fresh_files(connection: Connection, workspace: str, since: datetime) -> set[str]:
    """Files that were put again since then: somebody is about to use them."""
    fresh = (assets.c.workspace == workspace, assets.c.put_at >= since)
    return set(connection.scalars(select(assets.c.reference).where(*fresh)))


def forget_unused(connection: Connection, workspace: str, unused: Collection[str]) -> list[str]:
    """Know nothing of these files any more; returns them, to be taken out of the store."""
    gone = (assets.c.workspace == workspace, assets.c.reference.in_(unused))
    connection.execute(delete(assets).where(*gone))
    return sorted(unused)
