"""The recordings service of one workspace.

Sounds are decoded here on demand; measurements are stored in the database.
"""

from typing import Any

from PIL import Image

from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.store import Store
from talkinghead.speech.recordings.lengths import with_length
from talkinghead.speech.recordings.values import Recording, RecordingEdit


class RecordingService:
    """The recordings of one workspace.

    Args:
        workspace: its id.
        assets: what is known of its files.
        store: where they are.
    """

    def __init__(self, workspace: str, assets: AssetRepository, store: Store) -> None:
        self._workspace = workspace
        self._assets = assets
        self._store = store

    def add(self, data: bytes, name: str) -> Recording:
        """Store a recording as WAV.

        Raises:
            InvalidRecording: it holds no sound that can be read.
        """
        from talkinghead.av.sound import read_sound

        return self._keep_sound(read_sound(data), name[:200], {})

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
            InvalidRecording: nothing is left.
        """
        from talkinghead.av.sound import read_sound
        from talkinghead.speech.recordings.editing import edit_recording

        self._assets.find(self._workspace, recording.reference, "recording")
        sound = read_sound(self._store.read(self._workspace, recording.reference))
        return self._keep_sound(
            edit_recording(sound, edit), recording.name, {"from": recording.reference}
        )

    def sound(self, reference: str) -> bytes:
        """Return a recording as WAV.

        Raises:
            NotFound: it is not in this workspace.
        """
        return self._store.read(self._workspace, reference)

    def waveform(self, reference: str) -> Image.Image:
        """Return an image of a recording's loudness over time, with transparency.

        Raises:
            NotFound: it is not in this workspace.
        """
        from talkinghead.av.sound import read_sound
        from talkinghead.speech.recordings.editing import waveform

        picture: Image.Image = waveform(read_sound(self._store.read(self._workspace, reference)))
        return picture

    def _keep_sound(self, sound: Any, name: str, facts: dict[str, Any]) -> Recording:
        from talkinghead.av.length import length_of
        from talkinghead.av.sound import sound_bytes

        reference = self._store.put(self._workspace, sound_bytes(sound, ".wav"), ".wav")
        asset = with_length(Asset(reference, "recording", name, facts), length_of(sound))
        self._assets.put(self._workspace, asset)
        return self.find(reference)
