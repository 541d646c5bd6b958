"""Finds which files of a workspace are still referenced, before any is deleted from the store."""

from collections.abc import Collection
from datetime import datetime

from talkinghead.core.asset_repository import delete_assets, fresh_files
from talkinghead.core.assets import references_in
from talkinghead.core.database import Transaction
from talkinghead.jobs.records.erasure_repository import unfinished_arguments
from talkinghead.projects.repository import stored_projects
from talkinghead.speech.repository import speech_files
from talkinghead.speech.sentence_repository import sentence_files
from talkinghead.videos.repository import video_files


def files_in_use(connection: Transaction, workspace: str, since: datetime) -> set[str]:
    """Return the files that videos, jobs and projects name, and files stored again since then: they
    are about to be used. A finished job does not count: its video does."""
    given = unfinished_arguments(connection, workspace)
    held = stored_projects(connection, workspace).values()
    named = {reference for one in (*given, *held) for reference in references_in(one)}
    fresh = fresh_files(connection, workspace, since)
    return named | video_files(connection, workspace) | fresh


def library_sounds(connection: Transaction, workspace: str) -> set[str]:
    """Return the files of the library's speeches and of their sentences, which are bought once."""
    return speech_files(connection, workspace) | sentence_files(connection, workspace)


def delete_unused(connection: Transaction, workspace: str, unused: Collection[str]) -> list[str]:
    """Delete the metadata of these unused files; returns their references, to be deleted from the
    store."""
    delete_assets(connection, workspace, unused)
    return sorted(unused)
