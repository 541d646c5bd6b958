"""Recordings and their edits; in a module of their own, so that a page can import them without the
codecs."""

from dataclasses import dataclass


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
