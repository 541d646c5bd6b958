"""Everything one person can do: the verbs that pages and the command line call.

A workspace sees and touches only its own things; an id of somebody else's is as good as no id.
"""

from decimal import Decimal

from talkinghead.billing.credentials import KeyCheck, KeyStatus
from talkinghead.billing.service import Offer, Till
from talkinghead.captions.background import CaptionDesk
from talkinghead.captions.repository import CaptionShelf
from talkinghead.catalogue import Catalogue
from talkinghead.comparisons.repository import Comparisons
from talkinghead.comparisons.rerender import Again
from talkinghead.core.assets import Shelf
from talkinghead.core.store import Store
from talkinghead.exports.service import Versions
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job, LedgerEntry
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import EXPORT
from talkinghead.jobs.progress.watcher import Lookout
from talkinghead.jobs.service import Errands
from talkinghead.projects.repository import ProjectRepository
from talkinghead.projects.service import Projects
from talkinghead.renders.segments import Cutter
from talkinghead.renders.service import Films, Plan, PlannedPart
from talkinghead.retention.erase import Erasure
from talkinghead.speech.audition import Heard
from talkinghead.speech.repository import Speech
from talkinghead.speech.samples import VoiceSamples
from talkinghead.speech.service import Speaking, SpeechOffer
from talkinghead.speech.store import SpeechShelf
from talkinghead.speech.voices import VoiceChoice
from talkinghead.videos.repository import Videos
from talkinghead.videos.service import VideoPage

__all__ = [
    "Heard",
    "KeyCheck",
    "KeyStatus",
    "LedgerEntry",
    "Offer",
    "Plan",
    "PlannedPart",
    "Speech",
    "SpeechOffer",
    "VideoPage",
    "VoiceChoice",
    "Workspace",
]


class Workspace(Again, Films, Versions, Speaking, Errands):
    """One person's portraits, recordings, jobs and videos."""

    def __init__(
        self,
        workspace_id: str,
        *,
        store: Store,
        shelf: Shelf,
        projects: ProjectRepository,
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
        speech_shelf: SpeechShelf,
        cutter: Cutter,
        catalogue: Catalogue,
    ) -> None:
        super().__init__()
        self.id = workspace_id
        self._store = store
        self._shelf = shelf
        self.projects = Projects(workspace_id, projects)
        self._videos = videos
        self._journal = journal
        self._lookout = lookout
        self._engine = engine
        self._samples = samples
        self._till = till
        self._erasure = erasure
        self._comparisons = self._hidden_models = comparisons
        self._caption_shelf = caption_shelf
        self._caption_desk = caption_desk
        self._speech_shelf = speech_shelf
        self._cutter = cutter
        self.catalogue = catalogue

    # Voices

    def hear_voice(self, voice: str, text: str | None = None) -> bytes:
        """A local voice as WAV: its own short sample, or these words. Made once, then kept.

        Raises:
            InvalidScript: nothing of it can be said.
        """
        return self._samples.hear(self.id, voice, text)

    # Jobs

    def retry(self, job_id: str, *, agreed: Decimal | None = None) -> Job:
        """Order the same video again as a new job; of a video in parts, only what is missing.

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
        if job.kind is EXPORT:
            return self._finish_again(job)
        if job.kind.makes == "sound":
            return self._speak_again(job, agreed)
        return self._render_again(job, agreed)

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
