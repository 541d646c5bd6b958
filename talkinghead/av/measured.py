"""What a worker process measured of a sound, as JSON and back; nothing here loads the codecs."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from talkinghead.core.errors import InvalidRecording
from talkinghead.core.measures import SpeechLength
from talkinghead.core.workers.decoding import DecodingTurn

SHORTEST_SECONDS = 0.3
"""Under this there is no syllable to lip-sync."""


def measure(turn: DecodingTurn, file: Path) -> SpeechLength:
    """Return the measured length of a sound file.

    Raises:
        InvalidRecording: its sound cannot be read.
    """
    return read_length(turn.run("recording.measure", InvalidRecording, file=file))


def length_facts(length: SpeechLength) -> dict[str, Any]:
    """Return a measured length as JSON."""
    return {"seconds": str(length.seconds), "quiet_end": str(length.quiet_end)}


def read_length(facts: Mapping[str, Any]) -> SpeechLength:
    """Return the length of its JSON."""
    return SpeechLength(Decimal(facts["seconds"]), "recording", Decimal(facts["quiet_end"]))
