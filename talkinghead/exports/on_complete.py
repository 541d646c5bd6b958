"""Completion of drafts and exports: stores the captions known so far together with the video.

Another version of a video goes there as what it was made from, and for nothing.
"""

from dataclasses import replace

from talkinghead.captions.repository import StoredCaptions, write_captions, write_face_path
from talkinghead.catalogue import ExportInput
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job
from talkinghead.jobs.on_complete import OnComplete, StoredResult, store_video
from talkinghead.jobs.renderer import RenderedVideo


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
        face, of = rendered.facts.get("face_path"), (job.workspace, given.made_from)
        if face is None:
            return StoredResult(version)
        return StoredResult(version, lambda rows: write_face_path(rows, *of, face))

    return store_result
