"""Completion of drafts and exports: stores the captions known so far together with the video, and
what a version was signed with.

Another version of a video goes there as what it was made from, and for nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from talkinghead.captions.repository import StoredCaptions, write_captions, write_face_path
from talkinghead.catalogue import ExportInput
from talkinghead.content_credentials.repository import write_signed_video
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Also
from talkinghead.jobs.on_complete import OnComplete, StoredResult, store_video
from talkinghead.jobs.renderer import RenderedVideo
from talkinghead.videos.purge_repository import delete_like_original

Rows = TypeVar("Rows")


def draft_on_complete(store: Store) -> OnComplete:
    """Return the `on_complete` of drafts: stores the word times that the voice reported."""

    def store_result(job: Job, rendered: RenderedVideo) -> StoredResult:
        video, words = store_video(store, job, rendered, paid=False), rendered.facts.get("words")
        if not words:
            return StoredResult(video)
        kept = StoredCaptions("engine", words, [])
        return StoredResult(video, lambda rows: write_captions(rows, job.workspace, video.id, kept))

    return store_result


def export_on_complete(store: Store) -> OnComplete:
    """Return the `on_complete` of exports: same model and inputs as the original, so that searches
    find them."""

    def store_result(job: Job, rendered: RenderedVideo) -> StoredResult:
        given = ExportInput.model_validate(job.arguments)
        video = store_video(store, job, rendered, paid=False)
        version = replace(
            video,
            endpoint_id=given.original_model,
            arguments=given.original_inputs,
            made_from=given.made_from,
        )
        face, signed = (rendered.facts.get(name) for name in ("face_path", "content_credentials"))
        writes: list[Also] = [
            lambda rows: delete_like_original(rows, job.workspace, version.id, given.made_from)
        ]
        if face is not None:
            writes.append(lambda rows: write_face_path(rows, job.workspace, given.made_from, face))
        if signed is not None:
            writes.append(lambda rows: write_signed_video(rows, job.workspace, version.id, signed))
        return StoredResult(version, lambda rows: _write(rows, writes))

    return store_result


def _write(rows: Rows, writes: Sequence[Callable[[Rows], None]]) -> None:
    for write in writes:
        write(rows)
