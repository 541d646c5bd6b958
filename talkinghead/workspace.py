"""Everything one person can do: the verbs that pages and the command line call.

A workspace sees and touches only its own things; an id of somebody else's is as good as no id.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from talkinghead.again import Again
from talkinghead.caption_desk import CaptionDesk
from talkinghead.errands import Errands
from talkinghead.errors import InvalidParameters, NotFound, RenderRefused
from talkinghead.gallery import VideoPage
from talkinghead.jobs.caption_shelf import CaptionShelf
from talkinghead.jobs.comparisons import Comparisons
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.erasure import Erasure
from talkinghead.jobs.job import Job, JobState, LedgerEntry
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.lookout import Lookout
from talkinghead.jobs.shelf import Shelf, references_in
from talkinghead.jobs.videos import Videos
from talkinghead.keys import KeyCheck, KeyStatus
from talkinghead.media.store import Store
from talkinghead.models import DraftInput, FinishInput, ModelInput, SpeechLength, model_of
from talkinghead.money import Estimate
from talkinghead.preview import VoiceSamples
from talkinghead.purse import Offer, Till
from talkinghead.versions import Versions

__all__ = ["KeyCheck", "KeyStatus", "LedgerEntry", "Offer", "VideoPage", "Workspace"]

LONGEST_TITLE = 120  # characters


class Workspace(Again, Versions, Errands):
    """One person's portraits, recordings, jobs and videos."""

    def __init__(
        self,
        workspace_id: str,
        *,
        store: Store,
        shelf: Shelf,
        videos: Videos,
        journal: Journal,
        lookout: Lookout,
        engine: Engine,
        samples: VoiceSamples,
        till: Till,
        erasure: Erasure,
        comparisons: Comparisons,
        caption_shelf: CaptionShelf,
        caption_desk: CaptionDesk,
    ) -> None:
        super().__init__()
        self.id = workspace_id
        self._store = store
        self._shelf = shelf
        self._videos = videos
        self._journal = journal
        self._lookout = lookout
        self._engine = engine
        self._samples = samples
        self._till = till
        self._erasure = erasure
        self._comparisons = comparisons
        self._caption_shelf = caption_shelf
        self._caption_desk = caption_desk

    # What the form holds

    def composition(self, composition_id: str) -> dict[str, Any] | None:
        """What was saved under this id, or None where this workspace has nothing of that id."""
        return self._shelf.composition(self.id, composition_id)

    def new_composition(
        self, values: Mapping[str, Any] | None = None, composition_id: str | None = None
    ) -> str:
        """Begin a composition; its id stands in the page's address.

        Args:
            values: what it holds at first.
            composition_id: an id made elsewhere and never used here before, such as a job's.
        """
        return self._shelf.add_composition(self.id, dict(values or {}), composition_id)

    def save_composition(self, composition_id: str, values: Mapping[str, Any]) -> None:
        """Keep what the form holds: a JSON object.

        Raises:
            NotFound: this workspace has no such composition.
        """
        self._shelf.save_composition(self.id, composition_id, dict(values))

    # Voices

    def hear_voice(self, voice: str, text: str | None = None) -> bytes:
        """A local voice as WAV: its own short sample, or these words. Made once, then kept.

        Raises:
            InvalidScript: nothing of it can be said.
        """
        return self._samples.hear(self.id, voice, text)

    # Jobs

    def render(
        self,
        input: ModelInput,
        speech: SpeechLength,
        title: str,
        *,
        agreed: Decimal | None = None,
    ) -> Job:
        """Order a video; returns at once.

        Args:
            input: the model's inputs.
            speech: how long the speech is.
            title: a few words to recognise it by.
            agreed: for a paid model, the dollars that the person confirmed.

        Raises:
            RenderRefused: this model cannot be rendered here, or not from this speech; nobody
                pays, the price rose meanwhile, or a cap is in the way.
            NotFound: an input is not in this workspace any more.
        """
        estimate = self.estimate(input, speech)
        if estimate.blocked:
            raise RenderRefused(estimate.blocked)
        return self._order(input, input.arguments(), title, speech.seconds, estimate, agreed)

    def retry(self, job_id: str, *, agreed: Decimal | None = None) -> Job:
        """Order the same video again as a new job.

        Args:
            job_id: the job.
            agreed: for a paid model, the dollars that the person confirmed; else what the job was
                said to cost.

        Raises:
            NotFound: this workspace has no such job, or its inputs are gone.
            InvalidParameters: the model has changed and does not take these inputs any more.
            RenderRefused: as in `render`.
        """
        job = self.job(job_id)
        if job.endpoint_id == FinishInput.endpoint_id:
            return self._finish_again(job)
        try:
            input = model_of(job.endpoint_id).model_validate(job.arguments)
        except ValidationError as error:
            raise InvalidParameters(
                "The model has changed since. Open Create and choose the values again."
            ) from error
        speech = SpeechLength(job.speech_seconds, "recording" if input.recording else "script")
        estimate, agreed = self.estimate(input, speech), job.estimate if agreed is None else agreed
        return self._order(input, job.arguments, job.title, job.speech_seconds, estimate, agreed)

    def delete_everything(self) -> int:
        """Delete this workspace's videos, portraits, recordings, forms and ended jobs for good;
        returns how many videos that were. What was paid stays in the ledger, without words and
        faces.

        Raises:
            RenderRefused: jobs are under way.
            StorageFailed: a file could not be deleted; the rest is still there.
        """
        self._erasure.check(self.id)
        self._store.clear(self.id)
        return self._erasure.erase(self.id)

    def _order(
        self,
        input: ModelInput,
        arguments: dict[str, Any],
        title: str,
        seconds: Decimal,
        estimate: Estimate,
        agreed: Decimal | None,
    ) -> Job:
        self._engine.check(input.endpoint_id)
        self._check_files(arguments)
        now = datetime.now(UTC)
        job = Job(
            id=uuid4().hex,
            workspace=self.id,
            endpoint_id=input.endpoint_id,
            arguments=arguments,
            title=" ".join(title.replace("\x00", "").split())[:LONGEST_TITLE] or input.title,
            state=JobState.WAITING,
            speech_seconds=seconds,
            estimate=estimate.dollars,
            created_at=now,
            updated_at=now,
            waiting_for="turn",
        )
        if isinstance(input, DraftInput):
            self._engine.order(job)
            return job
        unit_price = estimate.per_second / input.multiplier
        job = self._bought(job, estimate, agreed).replace(unit_price=unit_price)
        self._engine.order(job, self._admission(job))
        return job

    def _check_files(self, arguments: dict[str, Any]) -> None:
        for reference in references_in(arguments):
            if not self._store.exists(self.id, reference):
                raise NotFound(
                    "The portrait or the recording is not here any more. Choose it again."
                )
