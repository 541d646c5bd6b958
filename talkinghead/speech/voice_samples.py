"""Samples of voices: each is synthesised once and then cached."""

import hashlib

from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.errors import InvalidScript, NotFound
from talkinghead.core.store import Store
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.jobs.records.quotas import Quotas
from talkinghead.speech.speaker_process import Speaker

SAMPLE = "Hello. This is how I sound when I read your words."
LONGEST_TEXT = 300  # characters; a sample, not the whole speech
SHARED_WORKSPACE = "samples"  # the voices' own samples say nothing of anybody


class VoiceSamples:
    """The samples of one studio.

    Args:
        store: where they are.
        workspaces, assets: whose they are.
        speaker: speaks them, in turns by client.
        quotas: limits of the disk.
    """

    def __init__(
        self,
        store: Store,
        workspaces: WorkspaceRepository,
        assets: AssetRepository,
        speaker: Speaker,
        quotas: Quotas,
    ) -> None:
        self._store = store
        self._workspaces = workspaces
        self._assets = assets
        self._speaker = speaker
        self._quotas = quotas

    def hear(self, workspace: str, voice: str, text: str | None = None) -> bytes:
        """Return the WAV of the voice's own sample, shared by everybody, or of a person's words,
        private to them.

        Raises:
            InvalidScript: nothing of the words can be said, or there is no room for the sound.
            RenderFailed: the voice could not be started.
        """
        owner = workspace
        if text is None or not text.strip():
            owner = self._workspaces.find_or_create_fixed(SHARED_WORKSPACE)
            text = SAMPLE
        text = text.strip()[:LONGEST_TEXT]
        name = hashlib.sha256(f"{voice}\n{text}".encode()).hexdigest()
        kept = self._kept(owner, name)
        if kept is not None:
            return kept
        if owner == workspace:
            self._quotas.check_space(owner, InvalidScript)
        wav = self._speaker.say(voice, text, self._workspaces.client_of(workspace))
        reference = self._store.put(owner, wav, ".wav")
        self._assets.put(owner, Asset(reference, "preview", name, {"voice": voice}))
        return wav

    def _kept(self, owner: str, name: str) -> bytes | None:
        asset = self._assets.find_named(owner, "preview", name)
        if asset is None:
            return None
        try:
            return self._store.read(owner, asset.reference)
        except NotFound:  # the files were emptied, the database was not
            return None
