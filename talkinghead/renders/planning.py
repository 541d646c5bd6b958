"""Plans a video of any length: its segments, and which of them are made already."""

from collections.abc import Mapping, Sequence

from talkinghead.catalogue import LongVideoPart, ModelInput, SpeechLength
from talkinghead.core.errors import NotFound
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import kind_of
from talkinghead.renders.recording_cuts import RecordingCuts
from talkinghead.renders.segments import (
    Segment,
    even_segments,
    recording_segments,
    script_segments,
    whole,
)
from talkinghead.renders.values import RenderPlan
from talkinghead.speech.recordings.lengths import RecordingLengths
from talkinghead.videos.repository import VideoRepository


class RenderPlanner:
    """Plans the videos of one workspace.

    Args:
        workspace: its id.
        cuts: chooses where recordings are cut.
        lengths: measures recordings.
        journal: finds earlier and running jobs with the same inputs.
        videos: the gallery's repository.
        store: holds the files.
    """

    def __init__(
        self,
        workspace: str,
        cuts: RecordingCuts,
        lengths: RecordingLengths,
        journal: Journal,
        videos: VideoRepository,
        store: Store,
    ) -> None:
        self._workspace = workspace
        self._cuts = cuts
        self._lengths = lengths
        self._journal = journal
        self._videos = videos
        self._store = store

    def plan(
        self,
        input: ModelInput,
        speech: SpeechLength,
        *,
        another_take: bool = False,
        certain: bool = False,
    ) -> RenderPlan:
        """Return what would be ordered now.

        Args:
            input, speech: what is made.
            another_take: use nothing that was made before.
            certain: also check that the files of what is ready are there.
        """
        input, speech = self._as_sent(input, speech)
        earlier: Sequence[LongVideoPart] = ()
        if input.fits(speech):
            segments = [whole(input, speech, self._cuts.sentences(input))]
        elif input.recording:
            earlier = self._cuts.earlier(input)
            segments = recording_segments(input, self._cuts.sound_segments(input, earlier))
        else:
            segments = (
                script_segments(input, speech) if input.script else even_segments(input, speech)
            )
        estimates = [segment.input.estimate(segment.speech) for segment in segments]
        known = {} if another_take else self._known(segments)
        made = [self._there(known, segment, certain=certain) for segment in segments]
        made_before = {fingerprint: job.id for fingerprint, job in known.items()}
        first = _first(segments)
        return RenderPlan(
            input, speech, segments, estimates, made, made_before, first, earlier, another_take
        )

    def plan_request(self, input: ModelInput, speech: SpeechLength) -> RenderPlan:
        """Return the plan of a single request with these inputs, whatever was made before."""
        input, speech = self._as_sent(input, speech)
        segment = whole(input, speech)
        return RenderPlan(
            input=input,
            speech=speech,
            segments=[segment],
            estimates=[input.estimate(speech)],
            made=[None],
            made_before={},
            first=[0],
            earlier=(),
            another_take=True,
        )

    def is_complete(self, plan: RenderPlan) -> bool:
        """Whether the files of all that the plan counts on are there."""
        return all(self._is_there(job, certain=True) for job in plan.made if job)

    def plan_again(self, plan: RenderPlan) -> RenderPlan:
        """Return the plan of the same video as it is now, certainly."""
        return self.plan(plan.input, plan.speech, another_take=plan.another_take, certain=True)

    def _as_sent(self, input: ModelInput, speech: SpeechLength) -> tuple[ModelInput, SpeechLength]:
        """The inputs with the measured length of their recording, and with the parameters that
        followed what was known of it."""
        if not input.recording or not kind_of(input.endpoint_id).paid:
            return input, speech
        measured = self._lengths.find(input.recording)
        known = input.following(speech)
        if all(getattr(input, name) == value for name, value in known.items()):
            input = input.model_copy(update=input.following(measured))
        return input, measured

    def _known(self, segments: Sequence[Segment]) -> dict[str, Job]:
        """Return the jobs that made these segments, or are making them, by fingerprint."""
        wanted = [segment.fingerprint for segment in segments if segment.fingerprint]
        return self._journal.made_before(self._workspace, wanted) if wanted else {}

    def _there(self, known: Mapping[str, Job], segment: Segment, *, certain: bool) -> Job | None:
        """Return the job of a segment, unless its video is gone."""
        job = known.get(segment.fingerprint or "")
        return job if job and self._is_there(job, certain=certain) else None

    def _is_there(self, job: Job, *, certain: bool) -> bool:
        if job.state is not JobState.DONE:
            return True
        try:
            video = self._videos.video(self._workspace, job.video_id or "")
        except NotFound:
            return False
        return not certain or self._store.exists(self._workspace, video.file)


def _first(segments: Sequence[Segment]) -> list[int]:
    """Return for each segment the place of the first one that is the same."""
    known: dict[str, int] = {}
    return [
        known.setdefault(segment.fingerprint, place) if segment.fingerprint else place
        for place, segment in enumerate(segments)
    ]
