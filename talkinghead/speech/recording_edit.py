"""What is done with a recording; apart, so that a page can name it without the codecs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordingEdit:
    """What to do with a recording.

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
