"""Builds what the workspaces of a studio share: the handler of each kind of job."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from talkinghead.billing.checkout import Billing
from talkinghead.captions.background import BackgroundCaptionWriter
from talkinghead.captions.repository import CaptionRepository
from talkinghead.captions.worker_client import CaptionProcess
from talkinghead.catalogue import (
    Catalogue,
    DraftInput,
    ExportInput,
    LongVideoInput,
)
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.comparisons.repository import ComparisonRepository
from talkinghead.consent.repository import ConsentRepository
from talkinghead.content_credentials.key_setup import CredentialParts
from talkinghead.content_credentials.signing_desk import SigningDesk
from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.database import Database
from talkinghead.core.store import Store
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.draft.renderer import DraftRenderer
from talkinghead.exports.on_complete import draft_on_complete, export_on_complete
from talkinghead.exports.previews.background import PREVIEW_WORKER, PreviewDrawer
from talkinghead.exports.renderer import ExportRenderer
from talkinghead.exports.repository import ExportRepository
from talkinghead.fal.privacy.provider_privacy import ProviderPrivacy
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.progress.watcher import ChangeWatcher
from talkinghead.jobs.records.list_repository import JobListRepository
from talkinghead.jobs.registry import JobHandler, JobKinds
from talkinghead.jobs.renderer import Renderer
from talkinghead.portraits.repository import PortraitLibraryRepository
from talkinghead.projects.listing.repository import ProjectListRepository
from talkinghead.projects.repository import ProjectRepository
from talkinghead.renders.on_complete import LongVideoRecords
from talkinghead.renders.renderer import LongVideoRenderer
from talkinghead.renders.segments import RecordingCutter
from talkinghead.retention.erase import WorkspaceErasure
from talkinghead.retention.faces import FaceErasure
from talkinghead.speech.on_complete import SpeechOnComplete
from talkinghead.speech.pronunciations.repository import PronunciationRepository
from talkinghead.speech.recording_transcript import said_in
from talkinghead.speech.renderer import SpeechRenderer
from talkinghead.speech.repository import SpeechRepository
from talkinghead.speech.sentence_repository import SentenceRepository
from talkinghead.speech.speaker_process import Speaker
from talkinghead.speech.voice_samples import VoiceSamples
from talkinghead.videos.repository import VideoRepository


@dataclass(frozen=True)
class StudioParts:
    """What all workspaces of a studio share.

    Attributes:
        store: the files.
        engine: runs the jobs; `journal` holds them, and `watcher` notifies of changed ones.
        billing: keys, caps and prices.
        workspaces, assets, portraits, consents, projects, videos, captions, exports, comparisons,
            speeches, sentences, pronunciations: the repositories of that name.
        project_list, job_list: likewise, the lists of projects and of jobs.
        caption_writer: writes captions in the background.
        preview_drawer: draws how exports will look.
        samples: how the voices of this machine sound.
        provider_privacy: closes and deletes at fal.
        cutter: remembers where recordings are cut.
        erasure: takes a workspace off the record; `faces` everything of one portrait.
        catalogue: the models and voices that can be chosen.
        credentials: what signs versions, and verifies files.
    """

    store: Store
    engine: Engine
    journal: Journal
    watcher: ChangeWatcher
    billing: Billing
    workspaces: WorkspaceRepository
    assets: AssetRepository
    portraits: PortraitLibraryRepository
    consents: ConsentRepository
    projects: ProjectRepository
    project_list: ProjectListRepository
    job_list: JobListRepository
    videos: VideoRepository
    captions: CaptionRepository
    exports: ExportRepository
    comparisons: ComparisonRepository
    speeches: SpeechRepository
    sentences: SentenceRepository
    pronunciations: PronunciationRepository
    caption_writer: BackgroundCaptionWriter
    preview_drawer: PreviewDrawer
    samples: VoiceSamples
    cutter: RecordingCutter
    provider_privacy: ProviderPrivacy
    erasure: WorkspaceErasure
    faces: FaceErasure
    catalogue: Catalogue
    credentials: CredentialParts


def our_renderers(
    database: Database, store: Store, longest_draft: float | None = None
) -> dict[str, Renderer]:
    """Return the local renderers, by endpoint id.

    Args:
        database: how a script is said, and what is said in a speech.
        store: where everything is.
        longest_draft: seconds of speech in a draft; None for no limit.
    """
    pronunciations = PronunciationRepository(database)
    heard = partial(said_in, SpeechRepository(database), pronunciations)
    drafts = DraftRenderer(
        store, said=pronunciations.said_here, said_in=heard, longest=longest_draft
    )
    return {DraftInput.endpoint_id: drafts}


def job_kinds(
    database: Database,
    store: Store,
    catalogue: Catalogue,
    provider: Renderer,
    drafts: Mapping[str, Renderer],
    signing: SigningDesk,
) -> JobKinds:
    """Return the handlers of everything that can be ordered in this studio.

    Args:
        database, store: what handlers read and write.
        catalogue: what can be bought.
        provider: renders that.
        drafts: what else renders, and in whose place, by endpoint id.
        signing: signs versions.
    """
    journal = Journal(database)
    long_videos = LongVideoRecords(journal, VideoRepository(database), store)
    speeches = SpeechOnComplete(store, AssetRepository(database), journal)
    known_face = CaptionRepository(database).face_path
    exports = ExportRenderer(store, known_face=known_face, signing=signing)
    speaker = SpeechRenderer(store, SentenceRepository(database).known, journal.some)
    joiner = LongVideoRenderer(store, long_videos.parts, long_videos.file_of)
    made = {DraftInput.endpoint_id: draft_on_complete(store)}
    return JobKinds(
        (
            *(JobHandler(model, provider) for model in catalogue.models),
            *(JobHandler(v, provider, speeches.store_sentence) for v in catalogue.voice_models),
            JobHandler(LongVideoInput, joiner, long_videos.store),
            JobHandler(SpokenScriptInput, speaker, speeches.store_speech),
            JobHandler(ExportInput, exports, export_on_complete(store)),
            *(JobHandler(catalogue.order_of(one), drafts[one], made.get(one)) for one in drafts),
        )
    )


def studio_parts(
    database: Database,
    journal: Journal,
    store: Store,
    engine: Engine,
    billing: Billing,
    speaker: Speaker,
    catalogue: Catalogue,
    credentials: CredentialParts,
    privacy: ProviderPrivacy,
) -> StudioParts:
    """Build what the workspaces of a studio share.

    Args:
        database: the database; the jobs in `journal`.
        store: where everything is.
        engine: runs the jobs.
        billing: keys, caps and prices.
        speaker: the process of this machine's voices.
        catalogue: the models and voices that can be chosen.
        credentials: what signs versions, and verifies files.
        privacy: closes and deletes at fal.
    """
    workspaces, assets = WorkspaceRepository(database), AssetRepository(database)
    captions = CaptionRepository(database)
    return StudioParts(
        store=store,
        engine=engine,
        journal=journal,
        watcher=ChangeWatcher(database),
        billing=billing,
        workspaces=workspaces,
        assets=assets,
        portraits=PortraitLibraryRepository(database),
        consents=ConsentRepository(database),
        projects=ProjectRepository(database),
        project_list=ProjectListRepository(database),
        job_list=JobListRepository(database),
        videos=VideoRepository(database),
        captions=captions,
        exports=ExportRepository(database),
        comparisons=ComparisonRepository(database),
        speeches=SpeechRepository(database),
        sentences=SentenceRepository(database),
        pronunciations=PronunciationRepository(database),
        caption_writer=BackgroundCaptionWriter(
            store, captions, CaptionProcess(), workspaces.client_of
        ),
        preview_drawer=PreviewDrawer(store, CaptionProcess(PREVIEW_WORKER), workspaces.client_of),
        samples=VoiceSamples(store, workspaces, assets, speaker, engine.quotas),
        cutter=RecordingCutter(),
        provider_privacy=privacy,
        erasure=WorkspaceErasure(database),
        faces=FaceErasure(database, store, engine, journal, privacy),
        catalogue=catalogue,
        credentials=credentials,
    )
