"""Fills the reference index with the rows that were written since it was last filled."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from talkinghead.core.assets import references_in
from talkinghead.core.database import Transaction
from talkinghead.jobs.records.reference_repository import EndedJob, jobs_to_index
from talkinghead.projects.repository import projects_to_index
from talkinghead.retention.reference_repository import (
    Owner,
    add_owners,
    add_unused,
    references_of,
)
from talkinghead.videos.purge_repository import videos_to_index

INDEXED_AT_ONCE = 200  # rows of a table in one transaction; others wait for it to end


def index_some(connection: Transaction) -> int:
    """Index some rows that are not indexed; returns how many, and 0 once all are."""
    stored = projects_to_index(connection, INDEXED_AT_ONCE)
    projects = [
        Owner("project", each.workspace, each.id, references_in(each.content)) for each in stored
    ]
    _list_dropped(connection, projects)
    owners = [
        *(
            Owner("video", video.workspace, video.id, video.references)
            for video in videos_to_index(connection, INDEXED_AT_ONCE)
        ),
        *map(_job, jobs_to_index(connection, INDEXED_AT_ONCE)),
        *projects,
    ]
    add_owners(connection, owners)
    return len(owners)


def _list_dropped(connection: Transaction, projects: Sequence[Owner]) -> None:
    """List the files that these projects do not hold any more: they may be unused now."""
    for project in projects:
        before = references_of(connection, project.kind, project.workspace, [project.id])
        if dropped := before.difference(project.references):
            add_unused(connection, project.workspace, dropped, datetime.now(UTC))


def index_all(connection: Transaction) -> None:
    """Index every row that is not indexed: within the transaction of a deletion, so that nothing
    that was written before is overlooked."""
    while index_some(connection):
        pass


def sentences_in(arguments: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fingerprints of the sentences in a job's arguments."""
    for sentence in arguments.get("sentences", ()):
        if "fingerprint" in sentence:
            yield sentence["fingerprint"]


def parts_in(arguments: Mapping[str, Any]) -> Iterator[str]:
    """Yield the jobs of the parts in a long video's arguments."""
    for part in arguments.get("parts", ()):
        if "job" in part:
            yield part["job"]


def sentence_key(fingerprint: str) -> str:
    """Return the name of a sentence in the reference index."""
    return f"sentence:{fingerprint}"


def part_key(job_id: str) -> str:
    """Return the name of a part of a long video in the reference index."""
    return f"part:{job_id}"


def _job(job: EndedJob) -> Owner:
    # The files of a finished job belong to its video.
    files = () if job.is_done else references_in(job.arguments)
    sentences = map(sentence_key, sentences_in(job.arguments))
    parts = map(part_key, parts_in(job.arguments))
    return Owner("job", job.workspace, job.id, {*files, *sentences, *parts})
