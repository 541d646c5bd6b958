"""The measured lengths of recordings, stored with their metadata."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from talkinghead.av.measured import measure
from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.errors import NotFound
from talkinghead.core.measures import SpeechLength
from talkinghead.core.store import Store
from talkinghead.core.workers.decoding import decoding_turn


class RecordingLengths:
    """The lengths of one workspace's recordings.

    Args:
        workspace: its id.
        assets: what is known of its files.
        store: where they are.
    """

    def __init__(self, workspace: str, assets: AssetRepository, store: Store) -> None:
        self._workspace = workspace
        self._assets = assets
        self._store = store

    def find(self, reference: str) -> SpeechLength:
        """Return the measured length of a recording; one stored without it is measured now.

        Raises:
            NotFound: its sound is not here any more.
            InvalidRecording: its sound cannot be read.
        """
        try:
            asset = self._assets.find(self._workspace, reference, "recording")
        except NotFound:  # a sound of ours, such as a part's
            return self._measured(reference)
        if (known := _read(asset.facts)) is not None:
            return known
        length = self._measured(reference)
        self._assets.put(self._workspace, with_length(asset, length))
        return length

    def _measured(self, reference: str) -> SpeechLength:
        with decoding_turn(self._workspace) as turn:
            return measure(turn, turn.stored(self._store, self._workspace, reference))


def with_length(asset: Asset, length: SpeechLength) -> Asset:
    """Return the recording with its measured length among its facts."""
    facts = {"measured": str(length.seconds), "quiet_end": str(length.quiet_end)}
    return replace(asset, facts={"seconds": float(length.seconds), **asset.facts, **facts})


def _read(facts: Mapping[str, Any]) -> SpeechLength | None:
    if "quiet_end" not in facts:
        return None
    seconds, quiet_end = Decimal(facts["measured"]), Decimal(facts["quiet_end"])
    return SpeechLength(seconds, "recording", quiet_end)
