"""Cuts the recordings of a workspace that are too long for one request."""

from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from talkinghead.av.measured import read_length
from talkinghead.catalogue import LongVideoInput, LongVideoPart, ModelInput
from talkinghead.core.errors import InvalidRecording
from talkinghead.core.store import Store
from talkinghead.core.workers.decoding import DecodingTurn, decoding_turn
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import LONG_VIDEO
from talkinghead.jobs.records.quotas import Quotas
from talkinghead.renders.segments import RecordingCutter, Said, SoundSegment, longest_frames
from talkinghead.speech.repository import SpeechRepository

REMEMBERED_VIDEOS = 20  # of the latest, one is the long_video that this one was edited from


class RecordingCuts:
    """Cuts the recordings of one workspace.

    Args:
        workspace: its id.
        cutter: caches the cuts of recordings.
        speeches: what is said in those that are speeches of ours, and when.
        journal: how long_videos were cut before.
        store: where the sound is.
        quotas: limits of the disk.
        client: whose turn at decoding it takes.
    """

    def __init__(
        self,
        workspace: str,
        cutter: RecordingCutter,
        speeches: SpeechRepository,
        journal: Journal,
        store: Store,
        quotas: Quotas,
        client: str,
    ) -> None:
        self._workspace = workspace
        self._cutter = cutter
        self._speeches = speeches
        self._journal = journal
        self._store = store
        self._quotas = quotas
        self._client = client

    def sentences(self, input: ModelInput) -> tuple[str, ...]:
        """Return the sentences spoken in the recording, as far as known."""
        return tuple(sentence.text for sentence in self._said(input).sentences)

    def sound_segments(
        self, input: ModelInput, earlier: Sequence[LongVideoPart]
    ) -> tuple[SoundSegment, ...]:
        """Return the segments of the recording.

        Args:
            input: of the model, with the recording.
            earlier: how the long_video was cut that this one was edited from.
        """
        return self._cutter.sound_segments(
            f"{self._workspace} {input.recording}",
            lambda: self._cut(input, earlier),
            longest_frames(input),
            self._said(input),
            earlier,
        )

    def earlier(self, input: ModelInput) -> Sequence[LongVideoPart]:
        """Return the cuts of the long video that this one was edited from: of the latest on this
        model the one with most sentences in common."""
        sentences = Counter(self.sentences(input))
        if not sentences:
            return ()
        best: Sequence[LongVideoPart] = ()
        most = 0
        for job in self._journal.latest(self._workspace, LONG_VIDEO, REMEMBERED_VIDEOS):
            long_video = LongVideoInput.model_validate(job.arguments) if job.arguments else None
            if long_video is None or long_video.endpoint != input.endpoint_id:
                continue
            same = Counter(text for part in long_video.parts for text in part.sentences) & sentences
            if same.total() > most:
                best, most = long_video.parts, same.total()
        return best

    def keep_sounds(
        self, input: ModelInput, places: Collection[int], earlier: Sequence[LongVideoPart]
    ) -> dict[int, str]:
        """Store the sounds of these parts; returns their references by place.

        Args:
            input: of the model; without a recording there is nothing to keep.
            places: of the parts, from 0.
            earlier: how the long_video was cut that this one was edited from.

        Raises:
            InvalidRecording: there is no room for them.
        """
        if not input.recording or not places:
            return {}
        self._quotas.check_space(self._workspace, InvalidRecording)
        with decoding_turn(self._client) as turn:
            self._run(turn, input, earlier, kept=sorted(places))
            return {
                place: self._store.put(self._workspace, turn.folder / f"{place}.wav", ".wav")
                for place in places
            }

    def _said(self, input: ModelInput) -> Said:
        reference = input.recording
        speech = self._speeches.of_file(self._workspace, reference) if reference else None
        return Said(speech.sentences, speech.words) if speech else Said()

    def _cut(self, input: ModelInput, earlier: Sequence[LongVideoPart]) -> list[SoundSegment]:
        with decoding_turn(self._client) as turn:
            report = self._run(turn, input, earlier)
        return [_sound_segment(facts) for facts in report["segments"]]

    def _run(
        self,
        turn: DecodingTurn,
        input: ModelInput,
        earlier: Sequence[LongVideoPart],
        kept: Sequence[int] = (),
    ) -> dict[str, Any]:
        """Return the report of `cutting_worker` on the recording."""
        said = self._said(input)
        return turn.run(
            "render.cut",
            InvalidRecording,
            file=turn.stored(self._store, self._workspace, input.recording or ""),
            longest_frames=longest_frames(input),
            sentences=[[each.text, each.start, each.end] for each in said.sentences],
            words=[[each.text, each.start, each.end] for each in said.words],
            earlier=[[part.frames or 0, list(part.sentences)] for part in earlier],
            kept=list(kept),
        )


def _sound_segment(facts: dict[str, Any]) -> SoundSegment:
    length = read_length(facts)
    return SoundSegment(
        start_frame=facts["start_frame"],
        frames=facts["frames"],
        seconds=length.seconds,
        quiet_end=length.quiet_end or Decimal(0),
        content=facts["content"],
        sentences=tuple(facts["sentences"]),
    )
