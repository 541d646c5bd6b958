"""The receipts service of one workspace: gathers what is on record of a video."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from talkinghead.catalogue import Catalogue
from talkinghead.comparisons.repository import ComparisonRepository
from talkinghead.consent.gate import digest_of, pictures_in
from talkinghead.consent.service import ConsentService
from talkinghead.consent.values import ConsentStatus
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.jobs.job import Job, Video
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import DRAFT, awaited_jobs
from talkinghead.jobs.paying_keys import account_label
from talkinghead.receipts.platforms import BOXES
from talkinghead.receipts.values import Receipt, ReceiptConsent, ReceiptFile, ReceiptRequest
from talkinghead.speech.repository import SpeechRepository
from talkinghead.videos.originals import original_of
from talkinghead.videos.repository import VideoRepository

Credentials = Callable[[str], dict[str, Any] | None]
"""Returns what a video was signed with, as JSON, or None."""

HIDDEN = "This video is part of a blind test. Pick the best one there first, then get its receipt."


def not_signed(video_id: str) -> None:
    """The `Credentials` of a studio that signs nothing."""


class ReceiptService:
    """Receipts of one workspace's videos.

    Args:
        workspace: its id.
        videos: the videos repository.
        journal: how each was made.
        consent: what was said of the portraits.
        speeches: which voice-over a video speaks.
        comparisons: which models are hidden.
        catalogue: names the models.
        credentials: what videos were signed with.
    """

    def __init__(
        self,
        workspace: str,
        videos: VideoRepository,
        journal: Journal,
        consent: ConsentService,
        speeches: SpeechRepository,
        comparisons: ComparisonRepository,
        catalogue: Catalogue,
        credentials: Credentials = not_signed,
    ) -> None:
        self._workspace = workspace
        self._videos = videos
        self._journal = journal
        self._consent = consent
        self._speeches = speeches
        self._comparisons = comparisons
        self._catalogue = catalogue
        self._credentials = credentials

    def find(self, video_id: str) -> Receipt:
        """Return the receipt of a video or version.

        Raises:
            NotFound: this workspace has no such video, or its original is gone.
            RenderRefused: a blind test hides its model.
        """
        video = self._videos.video(self._workspace, video_id)
        original = original_of(self._videos, self._workspace, video_id)
        if self._comparisons.hidden(self._workspace).video(video):
            raise RenderRefused(HIDDEN)
        made, job = self._job(original), self._job(video)
        given = job.arguments if job and video.made_from else {}
        sent = next(iter(sorted(pictures_in(original.arguments))), None)
        whole = self._consent.whole_of(sent) if sent else None
        return Receipt(
            video_id=video.id,
            title=video.title,
            original_id=original.id,
            model=original.endpoint_id,
            model_title=self._catalogue.title_of(original.endpoint_id),
            is_draft=original.kind is DRAFT,
            ordered_by=job.ordered_by if job else None,
            ordered_at=job.created_at if job else video.created_at,
            finished_at=video.created_at,
            written_at=datetime.now(UTC),
            portrait_sha256=digest_of(whole) if whole else None,
            consent=self._said(sent),
            requests=tuple(map(_request, [*self._voice_over(original), *self._paid(made)])),
            files=self._files(video, original, made, whole),
            label=given.get("label"),
            label_off_reason=given.get("label_off_reason"),
            credentials=self._credentials(video.id),
            boxes=BOXES,
        )

    def _job(self, video: Video) -> Job | None:
        try:
            return self._journal.job(video.job_id, self._workspace)
        except NotFound:
            return None

    def _parts(self, job: Job | None) -> list[Job]:
        """Return what a long video was joined of, in order; of any other job nothing."""
        if job is None:
            return []
        ids = [part["job"] for part in job.arguments.get("parts", ())]
        found = self._journal.several(self._workspace, awaited_jobs(job.endpoint_id, job.arguments))
        return [found[one] for one in dict.fromkeys(ids) if one in found]

    def _paid(self, job: Job | None) -> list[Job]:
        every = [*([job] if job else []), *self._parts(job)]
        return [one for one in every if one.kind.paid]

    def _voice_over(self, original: Video) -> list[Job]:
        """Return the paid sentences that were ordered for the voice-over of a video; those that an
        earlier one shares with it are on that one's receipt."""
        sound = self._sound_of(original)
        speech = self._speeches.of_file(self._workspace, sound) if sound else None
        children = self._journal.children(speech.id) if speech else []
        return [one for one in children if one.kind.paid and one.workspace == self._workspace]

    def _sound_of(self, original: Video) -> str | None:
        field = self._catalogue.recording_field_of(original.endpoint_id)
        sound = original.arguments.get(field or "")
        return sound if isinstance(sound, str) else None

    def _said(self, picture: str | None) -> ReceiptConsent:
        """Return what was said of the portrait that a picture was cut from."""
        try:
            status = self._consent.status(picture) if picture else ConsentStatus("missing")
        except NotFound:  # its files are gone
            status = ConsentStatus("missing")
        consent = status.consent
        if consent is None:
            return ReceiptConsent(status.state)
        said = consent.statement
        return ReceiptConsent(
            status.state,
            said.ground.value,
            said.person,
            said.agreed_on,
            digest_of(said.proof.reference) if said.proof else None,
            consent.given_by,
            consent.given_at,
            consent.withdrawn_at,
        )

    def _files(
        self, video: Video, original: Video, made: Job | None, whole: str | None
    ) -> tuple[ReceiptFile, ...]:
        sent = sorted(pictures_in(original.arguments))
        sound = self._sound_of(original)
        found = [("Portrait", whole)] if whole else []
        found += [("Portrait as sent", one) for one in sent if one != whole]
        found += [("Audio", sound)] if sound else []
        for number, part in enumerate(self._parts(made), 1):
            if part.video_id and (file := self._file_of(part.video_id)):
                found.append((f"Part {number}", file))
        found.append(("Original video", original.file))
        if video.id != original.id:
            found.append(("This version", video.file))
        return tuple(ReceiptFile(role, digest_of(reference)) for role, reference in found)

    def _file_of(self, video_id: str) -> str | None:
        try:
            return self._videos.video(self._workspace, video_id).file
        except NotFound:
            return None


def _request(job: Job) -> ReceiptRequest:
    typed = job.payer == "session"
    return ReceiptRequest(
        job.id,
        job.request_id,
        job.endpoint_id,
        job.estimate,
        job.billed,
        job.created_at,
        job.ordered_by,
        account_label(job.account) if typed and job.account else "studio key",
    )
