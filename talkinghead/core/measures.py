"""The length of a speech and the shape of a video.

They stand here, and not with the models, for the processes that decode and encode: these know no
model, and start sooner without them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

FRAMES_PER_SECOND = 25
QUIET_END_SECONDS = Decimal("0.4")
"""Silence that is sent after the last syllable; without it models clip it."""
UPLOAD_RATE = 48_000  # samples a second of every recording that is sent


@dataclass(frozen=True)
class SpeechLength:
    """The length of a speech.

    Attributes:
        seconds: the length of the sound, or the guess for a script.
        source: what it is now, a script or a recording.
        quiet_end: the seconds at its end that are quiet; None where nobody has measured that.
    """

    seconds: Decimal
    source: Literal["script", "recording"]
    quiet_end: Decimal | None = None

    @property
    def approximate(self) -> bool:
        """Whether the length is estimated: a script's length is known only once it is spoken."""
        return self.source == "script"

    @property
    def with_quiet_end(self) -> Decimal:
        """Seconds with the silence that is sent after it, as far as it is measured."""
        if self.quiet_end is None:
            return self.seconds
        return self.seconds + max(QUIET_END_SECONDS - self.quiet_end, Decimal(0))


@dataclass(frozen=True)
class Geometry:
    """The shape of a video: size in px and frames per second."""

    width: int
    height: int
    fps: int = FRAMES_PER_SECOND

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / self.height
