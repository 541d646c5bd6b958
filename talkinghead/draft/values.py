"""The inputs of a draft, and the facts of one that is rendered."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from talkinghead.core.measures import FRAMES_PER_SECOND
from talkinghead.draft.motion import Expression
from talkinghead.speech.text.timed_words import TimedWord


@dataclass(frozen=True)
class DraftOrder:
    """The inputs of a draft.

    Attributes:
        portrait: the picture's file.
        script: the words to speak; with a recording, what is said in it, where that is known.
        recording: the sound's file, or None where a local voice speaks the script.
        voice: a local voice's id, or the name of a bought one; the nearest local voice is used.
        width, height: pixels, 64 to 1920; an odd one is made even.
        fps: frames a second.
        seed: the same seed gives the same movements.
        liveliness, gaze, blinks: see `Expression`.
        level: bring the recording's loudness to -16 LUFS; the studio has done so before.
        longest_seconds: what a draft may take; None for no limit. An estimate was held to it
            before, so what comes out may be somewhat longer.
    """

    portrait: Path
    script: str | None = None
    recording: Path | None = None
    voice: str = "af_heart"
    width: int = 512
    height: int = 512
    fps: int = FRAMES_PER_SECOND
    seed: int = 0
    liveliness: str = "natural"
    gaze: str = "natural"
    blinks: bool = True
    level: bool = False
    longest_seconds: float | None = None

    @property
    def expression(self) -> Expression:
        """How the face behaves."""
        return Expression(self.seed, self.liveliness, self.gaze, self.blinks)


@dataclass(frozen=True)
class FaceFound:
    """The detected face of the speaker.

    Attributes:
        box: x0, y0, x1, y1 in the video's pixels.
        score: how sure the detector is of it, 0..1.
    """

    box: tuple[float, float, float, float]
    score: float


@dataclass(frozen=True)
class DraftReport:
    """The facts of a rendered draft.

    Attributes:
        seconds: the speech's length.
        frames: pictures in the video.
        width, height, fps: as rendered.
        render_seconds: how long it took.
        peak_rss_mb: the most memory this process held; 0 if the system does not report it.
        voice: the local voice that speaks, or None for a recording.
        face: where it is.
        words: when each word is said; none for a recording.
    """

    seconds: float
    frames: int
    width: int
    height: int
    fps: int
    render_seconds: float
    peak_rss_mb: float
    voice: str | None
    face: FaceFound
    words: tuple[TimedWord, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return JSON values with rounded numbers, without the words."""
        facts = asdict(self)
        del facts["words"]
        facts |= {name: round(facts[name], 3) for name in ("seconds", "render_seconds")}
        facts["peak_rss_mb"] = round(self.peak_rss_mb, 1)
        box = [round(side, 1) for side in self.face.box]
        facts["face"] = {"box": box, "score": round(self.face.score, 3)}
        return facts
