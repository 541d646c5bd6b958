"""Recordings and their edits; in a module of their own, so that a page can import them without the
codecs."""

import re
from dataclasses import dataclass

from talkinghead.core.measures import SpeechLength

_ENDING = re.compile(r"\.[A-Za-z]\w{1,4}$")


@dataclass(frozen=True)
class Recording:
    """A stored recording, uploaded or made by editing another.

    Attributes:
        reference: the sound as WAV.
        name: the person's file name.
        seconds: its length.
    """

    reference: str
    name: str
    seconds: float

    @property
    def title(self) -> str:
        """The name without the ending of its file."""
        return _ENDING.sub("", self.name) or "Recording"


@dataclass(frozen=True)
class RecordingPreview:
    """An edited recording to listen to, which is not stored.

    Attributes:
        mp3: its sound.
        length: measured, as it will be once the recording is edited for good.
    """

    mp3: bytes
    length: SpeechLength


@dataclass(frozen=True)
class RecordingEdit:
    """The edits of a recording.

    Attributes:
        start: seconds left out at the beginning.
        end: where it ends, in seconds of the whole recording; None for its own end.
        cut_silence: shorten each pause of half a second or more to 0.2 s.
        level: bring the loudness to -16 LUFS.
    """

    start: float = 0.0
    end: float | None = None
    cut_silence: bool = False
    level: bool = True

    def kept_seconds(self, seconds: float) -> float:
        """Return how many seconds are kept of a recording of this length, before pauses are cut."""
        return (seconds if self.end is None else min(self.end, seconds)) - max(self.start, 0.0)
