"""Builds the services of a workspace, each from the few things it needs."""

from functools import cached_property

from talkinghead.billing.checkout import Checkout
from talkinghead.billing.service import BillingService
from talkinghead.captions.service import CaptionService
from talkinghead.captions.spoken_script import SpokenScripts
from talkinghead.comparisons.ordering import ComparisonOrders
from talkinghead.comparisons.rerender import RerenderService
from talkinghead.comparisons.rerender_inputs import RerenderInputs
from talkinghead.comparisons.service import ComparisonService
from talkinghead.exports.downloads import DownloadService
from talkinghead.exports.ordering import ExportOrders
from talkinghead.exports.service import ExportService
from talkinghead.jobs.service import JobService
from talkinghead.portraits.library import PortraitLibraryService
from talkinghead.portraits.service import PortraitService
from talkinghead.privacy_services import PrivacyServices
from talkinghead.projects.reuse import VideoInputs
from talkinghead.projects.service import ProjectService
from talkinghead.renders.on_complete import LongVideoRecords
from talkinghead.renders.ordering import RenderOrders
from talkinghead.renders.planning import RenderPlanner
from talkinghead.renders.recording_cuts import RecordingCuts
from talkinghead.renders.service import RenderService
from talkinghead.reorders import Reorders
from talkinghead.speech.audition import VoiceService
from talkinghead.speech.ordering import SpeechOrders
from talkinghead.speech.planning import SpeechPlanner
from talkinghead.speech.pronunciations.service import PronunciationService
from talkinghead.speech.recordings.lengths import RecordingLengths
from talkinghead.speech.recordings.service import RecordingService
from talkinghead.speech.service import SpeechService
from talkinghead.speech.voices import Voices
from talkinghead.teams.values import Act, Actor
from talkinghead.videos.service import VideoService
from talkinghead.wiring import StudioParts


class Services:
    """The services of one workspace, without permission checks: they call each other.

    Args:
        workspace: its id.
        actor: who acts in it.
        parts: what it shares with the others.
    """

    def __init__(self, workspace: str, actor: Actor, parts: StudioParts) -> None:
        self._workspace = workspace
        self._actor = actor
        self._parts = parts
        quotas = parts.engine.quotas
        self._brought = (workspace, parts.assets, parts.store, actor.client, quotas)

    # What is brought

    @cached_property
    def portraits(self) -> PortraitService:
        return PortraitService(*self._brought, self._parts.portraits)

    @cached_property
    def portrait_library(self) -> PortraitLibraryService:
        return PortraitLibraryService(self._workspace, self.portraits, self._parts.portraits)

    @cached_property
    def recordings(self) -> RecordingService:
        return RecordingService(*self._brought)

    @cached_property
    def projects(self) -> ProjectService:
        return ProjectService(
            self._workspace,
            self._parts.projects,
            self._parts.project_list,
            self.portraits,
            self.recordings,
            self.pronunciations,
            VideoInputs(self.portraits, self.recordings, self.speech, self._parts.catalogue),
            self._parts.catalogue,
        )

    # What is paid

    @cached_property
    def billing(self) -> BillingService:
        of = self._parts
        return BillingService(
            self._workspace,
            self._actor,
            of.billing,
            self._checkout,
            self.privacy.gate,
            lambda: self.projects.titles_of_jobs(),
        )

    @cached_property
    def _checkout(self) -> Checkout:
        return Checkout(self._workspace, self._actor, self._parts.billing, self.privacy.gate)

    # What is spoken

    @cached_property
    def pronunciations(self) -> PronunciationService:
        return PronunciationService(self._workspace, self._parts.pronunciations)

    @cached_property
    def voices(self) -> VoiceService:
        return VoiceService(
            self._workspace,
            self._voices,
            self._parts.samples,
            self.pronunciations,
            self._speech_planner,
            self._speech_orders,
            self._checkout,
        )

    @cached_property
    def speech(self) -> SpeechService:
        of = self._parts
        return SpeechService(
            self._workspace,
            self._voices,
            self._speech_planner,
            self._speech_orders,
            of.speeches,
            of.journal,
            of.store,
        )

    @cached_property
    def _voices(self) -> Voices:
        return Voices(self._parts.catalogue)

    @cached_property
    def _speech_planner(self) -> SpeechPlanner:
        of = self._parts
        return SpeechPlanner(
            self._workspace,
            self._voices,
            of.sentences,
            self.pronunciations,
            of.journal,
            of.store,
        )

    @cached_property
    def _speech_orders(self) -> SpeechOrders:
        of = self._parts
        return SpeechOrders(
            self._workspace, self._voices, self._speech_planner, of.journal, of.engine
        )

    # What is rendered

    @cached_property
    def renders(self) -> RenderService:
        of = self._parts
        long_videos = LongVideoRecords(of.journal, of.videos, of.store)
        return RenderService(
            self._workspace,
            self._render_planner,
            self._render_orders,
            of.journal,
            long_videos,
        )

    @cached_property
    def _cuts(self) -> RecordingCuts:
        of = self._parts
        quotas, client = of.engine.quotas, self._actor.client
        return RecordingCuts(
            self._workspace, of.cutter, of.speeches, of.journal, of.store, quotas, client
        )

    @cached_property
    def _render_planner(self) -> RenderPlanner:
        of = self._parts
        return RenderPlanner(
            self._workspace,
            self._cuts,
            RecordingLengths(self._workspace, of.assets, of.store),
            of.journal,
            of.videos,
            of.store,
        )

    @cached_property
    def _render_orders(self) -> RenderOrders:
        of = self._parts
        return RenderOrders(
            self._workspace,
            self._render_planner,
            self._cuts,
            of.journal,
            of.engine,
            of.store,
            of.catalogue,
        )

    # What came of it

    @cached_property
    def jobs(self) -> JobService:
        of = self._parts
        again = Reorders(self._speech_orders, self._render_orders, self._export_orders, of.engine)
        return JobService(self._workspace, of.journal, of.watcher, of.engine, again, of.job_list)

    @cached_property
    def gallery(self) -> VideoService:
        of = self._parts
        return VideoService(self._workspace, of.videos, of.store, of.comparisons, of.catalogue)

    @cached_property
    def captions(self) -> CaptionService:
        of = self._parts
        spoken = SpokenScripts(self._workspace, of.speeches, self.pronunciations, of.catalogue)
        return CaptionService(self._workspace, of.videos, of.captions, of.caption_writer, spoken)

    @cached_property
    def exports(self) -> ExportService:
        of = self._parts
        return ExportService(
            self._workspace,
            self.captions,
            self._export_orders,
            of.videos,
            of.exports,
            of.journal,
            of.preview_drawer,
        )

    @cached_property
    def downloads(self) -> DownloadService:
        of = self._parts
        may_publish = Act.PUBLISH in self._actor.role.acts
        return DownloadService(
            self._workspace, of.videos, of.store, self.exports, may_publish=may_publish
        )

    @cached_property
    def _export_orders(self) -> ExportOrders:
        of = self._parts
        return ExportOrders(
            self._workspace, self._actor.id, of.exports, of.journal, of.engine, of.store,
            self.privacy.gate,
        )  # fmt: skip

    # What is compared

    @cached_property
    def comparisons(self) -> ComparisonService:
        of = self._parts
        return ComparisonService(
            self._workspace,
            of.comparisons,
            self._comparison_orders,
            self.renders,
            self.jobs,
            of.journal,
        )

    @cached_property
    def rerenders(self) -> RerenderService:
        of = self._parts
        inputs = RerenderInputs(
            self._workspace, self.portraits, self.recordings, self.gallery, of.speeches,
            self.pronunciations, self.projects, of.catalogue,
        )  # fmt: skip
        return RerenderService(
            self._workspace, self.gallery, inputs, self.renders, self.comparisons,
            self._comparison_orders, of.comparisons, of.journal, of.catalogue,
        )  # fmt: skip

    @cached_property
    def _comparison_orders(self) -> ComparisonOrders:
        of = self._parts
        return ComparisonOrders(
            self._workspace,
            of.comparisons,
            self._render_orders,
            self._render_planner,
            of.engine,
        )

    # Who is in the portraits, and what is forgotten

    @cached_property
    def privacy(self) -> PrivacyServices:
        return PrivacyServices(self._workspace, self._actor, self._parts)
