"""The recordings service of one workspace.

Sounds are decoded in a worker process; what it measured is stored in the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from talkinghead.av.measured import read_length
from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.errors import InvalidRecording
from talkinghead.core.store import Store
from talkinghead.core.workers.decoding import DecodingTurn, decoding_turn
from talkinghead.jobs.records.quotas import Quotas
from talkinghead.speech.recordings.lengths import with_length
from talkinghead.speech.recordings.values import Recording, RecordingEdit, RecordingPreview
from talkinghead.speech.recordings.waveform import Loudness

COLUMNS = 1200  # of the drawn loudness


class RecordingService:
    """The recordings of one workspace.

    Args:
        workspace: its id.
        assets: what is known of its files.
        store: where they are.
        client: whose turn at decoding it takes.
        quotas: limits of the disk.
    """

    def __init__(
        self,
        workspace: str,
        assets: AssetRepository,
        store: Store,
        client: str,
        quotas: Quotas,
    ) -> None:
        self._workspace = workspace
        self._assets = assets
        self._store = store
        self._client = client
        self._quotas = quotas

    def add(self, data: bytes, name: str) -> Recording:
        """Store a recording as WAV.

        Raises:
            InvalidRecording: it holds no sound that can be read, or there is no room for it.
        """
        self._quotas.check_space(self._workspace, InvalidRecording)
        with decoding_turn(self._client, InvalidRecording) as turn:
            report = turn.run("recording.read", InvalidRecording, file=turn.file(data))
            return self._keep(turn, report, name[:200], {})

    def add_sound_of(self, reference: str, seconds: float, name: str) -> Recording:
        """Store the sound of a video of this workspace as a recording.

        Args:
            reference: the video.
            seconds: what of it is kept.
            name: of the recording.

        Raises:
            InvalidRecording: it has no sound that can be read, or there is no room for it.
            NotFound: it is not in this workspace.
        """
        self._quotas.check_space(self._workspace, InvalidRecording)
        with self._opened(reference) as (turn, file):
            report = turn.run("recording.read", InvalidRecording, file=file, seconds=seconds)
            return self._keep(turn, report, name[:200], {})

    def find(self, reference: str) -> Recording:
        """Return a stored recording.

        Raises:
            NotFound: it is not in this workspace.
        """
        asset = self._assets.find(self._workspace, reference, "recording")
        return Recording(reference, asset.name, asset.facts["seconds"])

    def edit(self, recording: Recording, edit: RecordingEdit) -> Recording:
        """Return the recording trimmed, with pauses cut and loudness normalised; the original is
        kept.

        Raises:
            InvalidRecording: nothing is left, or there is no room for it.
        """
        self._quotas.check_space(self._workspace, InvalidRecording)
        self._assets.find(self._workspace, recording.reference, "recording")
        with self._opened(recording.reference) as (turn, file):
            report = turn.run("recording.edit", InvalidRecording, file=file, edit=asdict(edit))
            return self._keep(turn, report, recording.name, {"from": recording.reference})

    def preview(self, recording: Recording, edit: RecordingEdit) -> RecordingPreview:
        """Return the edited recording to listen to; nothing is stored.

        Raises:
            InvalidRecording: nothing is left.
            NotFound: it is not in this workspace.
        """
        with self._opened(recording.reference) as (turn, file):
            made = turn.run("recording.preview", InvalidRecording, file=file, edit=asdict(edit))
            return RecordingPreview(Path(turn.folder, made["file"]).read_bytes(), read_length(made))

    def sound(self, reference: str) -> bytes:
        """Return a recording as WAV.

        Raises:
            NotFound: it is not in this workspace.
        """
        return self._store.read(self._workspace, reference)

    def listen(self, reference: str) -> bytes:
        """Return a recording as an MP3 to listen to, much smaller than the WAV.

        Raises:
            NotFound: it is not in this workspace.
        """
        with self._opened(reference) as (turn, file):
            report = turn.run("recording.listen", InvalidRecording, file=file)
            return Path(turn.folder, report["file"]).read_bytes()

    def loudness(self, reference: str) -> Loudness:
        """Return a recording's loudness over time.

        Raises:
            NotFound: it is not in this workspace.
        """
        with self._opened(reference) as (turn, file):
            report = turn.run("recording.loudness", InvalidRecording, file=file, columns=COLUMNS)
        return Loudness(report["peaks"], report["means"])

    @contextmanager
    def _opened(self, reference: str) -> Iterator[tuple[DecodingTurn, Path]]:
        with decoding_turn(self._client) as turn:
            yield turn, turn.stored(self._store, self._workspace, reference)

    def _keep(
        self, turn: DecodingTurn, report: dict[str, Any], name: str, facts: dict[str, Any]
    ) -> Recording:
        reference = self._store.put(self._workspace, turn.folder / report["file"], ".wav")
        asset = with_length(Asset(reference, "recording", name, facts), read_length(report))
        self._assets.put(self._workspace, asset)
        return self.find(reference)
