"""A speech of five minutes on a model that makes 28.8 seconds: split, rendered, joined, edited.

Run as `python bench/long.py` from the root; the last line is one JSON object:

parts                    how many the speech became
max_drift_ms             how far any click is heard outside the frame that flashes for it, in the
                         finished file; 0 while sound and picture agree to the frame
max_join_step            the steepest step of the sound at a join over the steepest beside it
edit_price_ratio         the price of rendering after one sentence was edited, over the whole price
                         (…_stateless: without knowing where it was cut before)
join_rtf                 seconds of joining for a second of 720p video, process start included
encoded_rtf              the same where parts differ and every frame is encoded anew
peak_rss_mb              of the joining process
peak_rss_one_minute_mb   likewise for one minute of the same

Whoever renders the parts is behind `Renderer`: here they are drawn with marks on this machine.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead.media.assembling import (  # noqa: E402 - found from the root, uninstalled
    AssembledSpeech,
    SpokenSentence,
    assembled,
)
from talkinghead.media.joining import CROSSFADE_FRAMES, join_parts  # noqa: E402
from talkinghead.media.part_video import PartVideo  # noqa: E402
from talkinghead.media.parts import Part, split_speech  # noqa: E402
from talkinghead.media.sound import Sound, read_sound, write_sound  # noqa: E402
from talkinghead.models import InfinitalkInput, SpeechLength  # noqa: E402
from talkinghead.models.infinitalk import MOST_FRAMES  # noqa: E402

PORTRAIT = ROOT / "components" / "samples" / "mona-lisa.jpg"
RATE = 44_100
SECONDS = 300
SIZE = (1280, 720)
FPS = 25
ROUNDS = 2  # the better one counts: other work on the machine only ever slows one down

# The marks that the fal server of the tests draws: white, black, 16 bits of the frame's number and
# their parity; and a square that flashes while the sound clicks.
CELL, BITS, FLASH = 8, 16, 32
CLICK = 0.6  # of the loudest sample; AAC takes some of it away
FAST = {"preset": "ultrafast", "crf": "28", "g": "50"}
OTHER = {"preset": "veryfast", "crf": "30"}


class Renderer(Protocol):
    """Makes the video of a part."""

    def render(self, part: Part) -> Path:
        """The finished file."""
        ...


class MarkedStill:
    """The portrait, with the number of each frame and a flash at each click."""

    def __init__(self, folder: Path, options: dict[str, str] = FAST) -> None:
        self._folder = folder
        self._options = options
        picture = ImageOps.fit(Image.open(PORTRAIT).convert("RGB"), SIZE)
        frame = av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
        self._still = frame.reformat(format="yuv420p").to_ndarray().astype(np.uint8)

    def render(self, part: Part) -> Path:
        """A file with two frames more than the part has, as models send."""
        path = self._folder / f"{part.fingerprint}-{self._options['preset']}.mp4"
        frames = part.frames + 2
        clicks = {int(at * FPS) for at in click_times(part.sound)}
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as file:
            stream = file.add_stream("libx264", rate=FPS, options=self._options)
            stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
            stream.time_base = Fraction(1, FPS)
            for number in range(frames):
                draw_marks(self._still[: SIZE[1]], number, number in clicks)
                frame = av.VideoFrame.from_ndarray(self._still, format="yuv420p")
                frame.pts = number
                file.mux(stream.encode(frame))
            file.mux(stream.encode(None))
        return path


def draw_marks(luma: NDArray[np.uint8], frame: int, flash: bool) -> None:
    """The marks of a frame, drawn into its brightness, (height, width)."""
    bits = [frame >> place & 1 for place in reversed(range(BITS))]
    cells = np.array([1, 0, *bits, sum(bits) % 2], dtype=bool)
    luma[:CELL, : CELL * len(cells)] = np.repeat(np.where(cells, 235, 16), CELL)
    luma[:FLASH, -FLASH:] = 235 if flash else 16


def read_marks(luma: NDArray[np.uint8]) -> tuple[int | None, bool]:
    """The number of a frame, or None within a crossfade, and whether it flashes."""
    strip = luma[2 : CELL - 2, : (BITS + 3) * CELL].reshape(CELL - 4, BITS + 3, CELL)
    cells = [bool(level > 126) for level in strip[:, :, 2:-2].mean(axis=(0, 2))]
    number = int("".join(str(int(cell)) for cell in cells[2:-1]), 2)
    known = cells[0] and not cells[1] and sum(cells[2:-1]) % 2 == cells[-1]
    return number if known else None, bool(luma[4 : FLASH - 4, 4 - FLASH : -4].mean() > 126)


def click_times(sound: Sound) -> list[float]:
    """When the sound clicks, in seconds: what comes near the loudest sample."""
    loud = np.flatnonzero(np.abs(sound.samples) >= CLICK * sound.peak)
    first = np.concatenate([[True], np.diff(loud) > sound.rate // 5]) if len(loud) else loud
    return [float(at) / sound.rate for at in loud[first]]


def voice(text: str) -> Sound:
    """Something to hear for a sentence, always the same, with a click somewhere in it."""
    random = np.random.default_rng(list(text.encode()))
    count = round(0.065 * len(text) * RATE)
    samples = 0.1 * np.sin(np.arange(count) * random.uniform(0.02, 0.06))
    at = random.integers(RATE // 10, count - RATE // 10)
    samples[at : at + 60] = 1.0
    return Sound(samples.astype(np.float32), RATE)


def script() -> list[str]:
    """Sentences of all lengths that take five minutes."""
    random, texts, seconds = np.random.default_rng(4), list[str](), 0.0
    while seconds < SECONDS:
        texts.append(f"Sentence {len(texts)} {'and so on ' * random.integers(2, 10)}.")
        seconds += 0.065 * len(texts[-1]) + 0.4
    return texts


def speech_of(texts: Sequence[str]) -> AssembledSpeech:
    """The script as it is said."""
    return assembled([SpokenSentence(text, voice(text)) for text in texts])


def price(parts: Sequence[Part]) -> Decimal:
    """What InfiniTalk asks for these parts."""
    inputs = (InfinitalkInput.provisional(num_frames=part.frames) for part in parts)
    lengths = (SpeechLength(Decimal(str(part.seconds)), "recording") for part in parts)
    pairs = zip(inputs, lengths, strict=True)
    return sum((each.estimate(length).dollars for each, length in pairs), Decimal(0))


def edit_price_ratio(texts: list[str], parts: Sequence[Part], *, kept: bool) -> float:
    """The mean over edits of one sentence at ten places; `kept` cuts where it was cut before."""
    known = {part.fingerprint for part in parts}
    ratios = []
    for number in range(3, len(texts), len(texts) // 10):
        edited = [*texts[:number], "This is said in its place instead.", *texts[number + 1 :]]
        speech = speech_of(edited)
        now = split_speech(
            speech.sound, MOST_FRAMES, sentences=speech.sentences, earlier=parts if kept else ()
        )
        ratios.append(price([p for p in now if p.fingerprint not in known]) / price(now))
    return float(sum(ratios) / len(ratios))


def joined(parts: Sequence[PartVideo], sound: Path, out: Path) -> dict[str, float]:
    """Join in a process of its own: its seconds, start included, and its peak of memory in MB."""
    order = {
        "parts": [[str(p.path), p.frames] for p in parts],
        "sound": str(sound),
        "out": str(out),
    }
    started = time.perf_counter()
    command = [sys.executable, __file__, "--join"]
    done = subprocess.run(
        command, input=json.dumps(order), check=True, capture_output=True, text=True
    )
    return {"seconds": time.perf_counter() - started, "peak": float(done.stdout)}


def join_here() -> None:
    """The other process: one join, then its peak of memory on stdout."""
    order = json.loads(sys.stdin.read())
    parts = [PartVideo(Path(path), frames) for path, frames in order["parts"]]
    join_parts(parts, Path(order["sound"]), Path(order["out"]))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def max_drift_ms(video: Path, parts: Sequence[PartVideo]) -> float:
    """Between the flashes that are seen and the clicks that are heard; every frame is checked."""
    wanted = [number for part in parts for number in range(part.frames)]
    starts = list(accumulate(part.frames for part in parts))[:-1]
    fading = {start - 1 - k for start in starts for k in range(CROSSFADE_FRAMES)}
    flashes, last = list[int](), False
    with av.open(str(video)) as file:
        for frame, picture in enumerate(file.decode(video=0)):
            number, flash = read_marks(picture.to_ndarray(format="gray").astype(np.uint8))
            assert number == wanted[frame] or frame in fading, f"frame {frame} shows {number}"
            if flash and not last:
                flashes.append(frame)
            last = flash
    assert frame + 1 == len(wanted), "frames are missing"
    heard = click_times(read_sound(video, RATE))
    assert len(heard) == len(flashes), f"{len(heard)} clicks, {len(flashes)} flashes"
    early = [at - frame / FPS for at, frame in zip(heard, flashes, strict=True)]
    return 1000 * max(max(-each, each - 1 / FPS, 0.0) for each in early)


def max_join_step(video: Path, parts: Sequence[PartVideo]) -> float:
    """The steepest step within 20 ms of a join, over the steepest in the second around it."""
    sound = read_sound(video, RATE)
    steps = np.abs(np.diff(sound.samples))
    near, far = RATE // 50, RATE // 2
    joins = [start * RATE // FPS for start in accumulate(part.frames for part in parts)][:-1]
    return max(
        float(steps[at - near : at + near].max() / steps[at - far : at + far].max()) for at in joins
    )


def measured(folder: Path) -> dict[str, Any]:
    """Everything."""
    texts = script()
    speech = speech_of(texts)
    parts = split_speech(speech.sound, MOST_FRAMES, sentences=speech.sentences)
    sound, out = folder / "speech.wav", folder / "out.mp4"
    write_sound(speech.sound, sound)
    renderer: Renderer = MarkedStill(folder)
    videos = [PartVideo(renderer.render(part), part.frames) for part in parts]
    runs = [joined(videos, sound, out) for _ in range(ROUNDS)]
    few = next(n for n in range(len(parts)) if parts[n].start_frame > 60 * FPS)
    minute = folder / "minute.wav"
    write_sound(Sound(speech.sound.samples[: 60 * RATE], RATE), minute)
    short = joined(videos[:few], minute, folder / "minute.mp4")
    other = PartVideo(MarkedStill(folder, OTHER).render(parts[few - 1]), parts[few - 1].frames)
    encoded = joined([*videos[: few - 1], other], minute, folder / "encoded.mp4")
    return {
        "parts": len(parts),
        "max_drift_ms": max_drift_ms(out, videos),
        "max_join_step": max_join_step(out, videos),
        "edit_price_ratio": edit_price_ratio(texts, parts, kept=True),
        "edit_price_ratio_stateless": edit_price_ratio(texts, parts, kept=False),
        "join_rtf": min(run["seconds"] for run in runs) / speech.sound.seconds,
        "encoded_rtf": encoded["seconds"] / (sum(v.frames for v in videos[:few]) / FPS),
        "peak_rss_mb": max(run["peak"] for run in runs),
        "peak_rss_one_minute_mb": short["peak"],
    }


def main() -> None:
    """Measure everything and print it."""
    if sys.argv[1:] == ["--join"]:
        join_here()
        return
    with tempfile.TemporaryDirectory() as folder:
        result = measured(Path(folder))
    print(json.dumps({name: round(float(value), 3) for name, value in result.items()}))


if __name__ == "__main__":
    main()
