"""Benchmark: an export of one minute at 1080×1920, beside decoding and encoding it alone.

Run as `python bench/export.py` from the root; `--seconds 6` for a quick look. The clip
"lady-agnew-walk" is made first, the same each time: a draft of a sample portrait under a camera
that never rests. The last line is one JSON object:

export_ratio   seconds of an export in its own process (start, finding the face, captions, label)
               over those of decoding and encoding alone, at the same settings, in this run
export_rtf     seconds of work for a second of video
plain_rtf      the same, of decoding and encoding alone
resize_rtf     the same, of an export cropped to 1:1 at 1080×1080, where the face is known already
cpu_ratio      as export_ratio, of processor seconds, which other work on the machine changes less
peak_rss_mb    of the export's process
psnr_db        of its brightness against the clip, outside the overlays
plain_psnr_db  the same of decoding and encoding alone
label_contrast the least contrast of the label's letters, on white, black and noise in all shapes
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import av
import cv2
import numpy as np
from av import AudioFrame, VideoFrame
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead.av.frame_streams import ENCODER_THREADS, QUALITY  # noqa: E402  from the root
from talkinghead.av.frames import ColourSystem  # noqa: E402
from talkinghead.av.overlays.overlay import OverlayFrame, place_all  # noqa: E402
from talkinghead.av.sound import Sound, read_sound  # noqa: E402
from talkinghead.av.video_writer import VideoWriter  # noqa: E402
from talkinghead.captions.cues import make_cues  # noqa: E402
from talkinghead.captions.json_values import cue_values, path_of  # noqa: E402
from talkinghead.captions.styles import rules_for, style  # noqa: E402
from talkinghead.catalogue.export import ExportLabel  # noqa: E402
from talkinghead.draft.pipeline import render_draft  # noqa: E402
from talkinghead.draft.values import DraftOrder  # noqa: E402
from talkinghead.exports.label.wordings import label_text  # noqa: E402
from talkinghead.exports.renderer import WORKER  # noqa: E402
from talkinghead.exports.worker import overlays_of  # noqa: E402
from talkinghead.speech.text.timed_words import TimedWord  # noqa: E402
from tests.exports.label_contrast import least_contrast  # noqa: E402

PORTRAIT = ROOT / "components" / "portraits" / "samples" / "lady-agnew.jpg"
SCRIPT = (
    "Good morning everyone, and thank you for joining us today. You choose a portrait, you write "
    "a few words, and a moment later somebody says them for you."
)
CLIP, STRETCH = "lady-agnew-walk", 10.0  # seconds that it repeats
WIDTH, HEIGHT, RATE = 1080, 1920, 25
DRAFTED = (540, 960)
STYLE = "highlight"
COMPARED_EVERY = 10  # frames
MARGIN = 16  # px around the overlays that are not compared: the encoder smears their edges


@dataclass(frozen=True)
class Clip:
    """The clip, and when its words are said."""

    path: Path
    seconds: float
    words: tuple[TimedWord, ...]


@dataclass(frozen=True)
class Taken:
    """Seconds of the clock and of the processor."""

    wall: float
    cpu: float


def make_clip(folder: Path, seconds: float) -> Clip:
    """Make the clip "lady-agnew-walk": the same moving stretch again and again."""
    draft, stretch, out = (folder / f"{name}.mp4" for name in ("draft", "stretch", CLIP))
    order = DraftOrder(PORTRAIT, SCRIPT, None, "af_heart", *DRAFTED, seed=1)
    said = render_draft(order, draft, lambda fraction, line: None)
    length = min(seconds, STRETCH)
    with av.open(str(draft)) as file:
        faces = [_rgb(frame) for frame in file.decode(video=0)]
    with VideoWriter(stretch, WIDTH, HEIGHT, RATE) as writer:
        for number in range(round(length * RATE)):
            writer.write(_walked(faces[number % len(faces)], number))
    sound, repeats = read_sound(draft), round(seconds / length)
    samples = np.resize(sound.samples, round(length * sound.rate))
    _repeat(stretch, Sound(np.tile(samples, repeats), sound.rate), out, repeats)
    spoken = [word for word in said.words if word.end < length]
    words = [_later(word, turn * length) for turn in range(repeats) for word in spoken]
    return Clip(out, repeats * length, tuple(words))


def _repeat(stretch: Path, sound: Sound, out: Path, repeats: int) -> None:
    """Write a stretch so many times without encoding its frames again, with sound."""
    with av.open(str(out), "w") as target:
        video: av.VideoStream | None = None
        heard = target.add_stream("aac", rate=sound.rate)
        heard.layout = "mono"
        for turn in range(repeats):
            with av.open(str(stretch)) as file:
                source = file.streams.video[0]
                video = video or target.add_stream_from_template(source)
                shift = turn * (source.duration or 0)
                for packet in (each for each in file.demux(source) if each.size):
                    packet.stream = video
                    packet.pts, packet.dts = (packet.pts or 0) + shift, (packet.dts or 0) + shift
                    target.mux(packet)
        frame = AudioFrame.from_ndarray(sound.samples[None], format="fltp", layout="mono")
        frame.rate = sound.rate
        target.mux(heard.encode(frame))
        target.mux(heard.encode(None))


def _walked(face: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
    """Return a frame as a camera sees it that sways and breathes."""
    zoom = WIDTH / DRAFTED[0] * (1.08 + 0.05 * np.sin(number / 40))
    sway = np.array([0.03 * np.sin(number / 17), 0.02 * np.sin(number / 29)])
    left, top = sway * np.array(DRAFTED) - np.array(DRAFTED) / 2
    matrix = np.array([[zoom, 0, WIDTH / 2 + left * zoom], [0, zoom, HEIGHT / 2 + top * zoom]])
    size = (WIDTH, HEIGHT)
    moved = cv2.warpAffine(face, matrix, size, None, cv2.INTER_CUBIC, cv2.BORDER_REFLECT)
    return np.asarray(moved, np.uint8)


def _rgb(frame: VideoFrame) -> NDArray[np.uint8]:
    return frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)


def _later(word: TimedWord, seconds: float) -> TimedWord:
    return TimedWord(word.text, word.start + seconds, word.end + seconds)


def plain(source: Path, out: Path) -> None:
    """Decode and encode a video and copy its sound: nothing else."""
    with av.open(str(source)) as file, av.open(str(out), "w") as target:
        video, sound = file.streams.video[0], file.streams.audio[0]
        video.thread_type, video.codec_context.thread_count = "AUTO", ENCODER_THREADS
        stream = target.add_stream("libx264", rate=video.average_rate, options=QUALITY)
        stream.width, stream.height, stream.pix_fmt = video.width, video.height, "yuv420p"
        stream.codec_context.thread_count = ENCODER_THREADS
        copied = target.add_stream_from_template(sound)
        for packet in file.demux(video, sound):
            if packet.stream is sound and packet.size:
                packet.stream = copied
                target.mux(packet)
            elif packet.stream is video:
                for frame in cast("list[VideoFrame]", packet.decode()):
                    frame.pict_type = 0  # the encoder chooses
                    target.mux(stream.encode(frame))
        target.mux(stream.encode(None))


def order_of(clip: Clip, out: Path, **changes: Any) -> dict[str, Any]:
    """Return the order to the worker: captions and the label."""
    cues = make_cues(clip.words, rules_for(style(STYLE), WIDTH, HEIGHT))
    label = ExportLabel(text=label_text("generated", "en"))
    order = {
        "video": str(clip.path), "out": str(out), "face": None, "style": STYLE,
        "cues": cue_values(cues), "shape": None, "fit": "crop", "colour": (18, 19, 24),
        "size": None, "label": label.model_dump(mode="json"),
    }  # fmt: skip
    return {**order, **changes}


def export(order: dict[str, Any]) -> float:
    """Run the worker as the studio does; returns its peak of memory in MB."""
    process = subprocess.Popen(WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdin is not None
    process.stdin.write(json.dumps(order).encode() + b"\n")
    process.stdin.flush()  # and stays open: the worker ends where nobody waits
    assert process.stdout is not None
    peak, events = 0.0, []
    for event in process.stdout:  # several a second
        events.append(event)
        # Not by `getrusage`: that counts what this process had when it started the other one.
        peak = max(peak, _peak_mb(process.pid))
    assert process.wait() == 0, events[-1:]
    return peak


def _peak_mb(pid: int) -> float:
    """Return the peak of a process so far; 0 once it has ended."""
    with suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        found = [each.split()[1] for each in status.splitlines() if each.startswith("VmHWM")]
        return int(found[0]) / 1024 if found else 0.0
    return 0.0


def taken(work: Callable[[], object]) -> Taken:
    """Return what some work takes, in this process and its children."""
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return Taken(time.perf_counter() - wall, _cpu() - cpu)


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def outside(order: dict[str, Any], clip: Clip) -> NDArray[np.bool_]:
    """Return which pixels no overlay ever touches."""
    face = json.loads(Path(order["out"]).with_suffix(".face.json").read_bytes())
    frame = OverlayFrame(WIDTH, HEIGHT, clip.seconds, ColourSystem(), path_of(face))
    kept = np.ones((HEIGHT, WIDTH), bool)
    for overlay in place_all(overlays_of(order), frame):
        for area in (each.area for each in overlay.areas):
            # Captions look for an even ground on the first frame, within the height of a block.
            reach = MARGIN + (round(area.height) if area.width > WIDTH / 2 else 0)
            top, left = max(int(area.top) - reach, 0), max(int(area.left) - MARGIN, 0)
            kept[top : int(area.bottom) + reach, left : int(area.right) + MARGIN] = False
    return kept


def psnr(one: Path, other: Path, kept: NDArray[np.bool_]) -> float:
    """Return the PSNR of the brightness of two videos in dB."""
    errors = [
        float(np.mean((a[kept].astype(np.float32) - b[kept].astype(np.float32)) ** 2))
        for a, b in zip(_brightness(one), _brightness(other), strict=True)
    ]
    return float(10 * np.log10(255**2 / max(float(np.mean(errors)), 1e-9)))


def _brightness(path: Path) -> Iterator[NDArray[np.uint8]]:
    with av.open(str(path)) as file:
        for number, frame in enumerate(file.decode(video=0)):
            if number % COMPARED_EVERY == 0:
                yield frame.to_ndarray().astype(np.uint8, copy=False)[:HEIGHT]


def measure(folder: Path, seconds: float, rounds: int) -> dict[str, float]:
    """Measure everything, the best of so many rounds."""
    clip = make_clip(folder, seconds)
    plain_out, out = folder / "plain.mp4", folder / "out.mp4"
    order = order_of(clip, out)
    plains, exports = [], []
    peaks: list[float] = []
    for _ in range(rounds):
        plains.append(taken(lambda: plain(clip.path, plain_out)))
        exports.append(taken(lambda: peaks.append(export(order))))
    face = str(out.with_suffix(".face.json"))
    square = order_of(clip, folder / "square.mp4", shape="1:1", size=(1080, 1080), face=face)
    resized = taken(lambda: export(square))
    kept = outside(order, clip)
    alone, whole = min(each.wall for each in plains), min(each.wall for each in exports)
    return {
        "export_ratio": whole / alone,
        "export_rtf": whole / clip.seconds,
        "plain_rtf": alone / clip.seconds,
        "resize_rtf": resized.wall / clip.seconds,
        "cpu_ratio": min(each.cpu for each in exports) / min(each.cpu for each in plains),
        "peak_rss_mb": max(peaks),
        "psnr_db": psnr(clip.path, out, kept),
        "plain_psnr_db": psnr(clip.path, plain_out, kept),
        "label_contrast": least_contrast(),
    }


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the clip")
    parser.add_argument("--rounds", type=int, default=1, help="the best of them counts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), arguments.seconds, arguments.rounds)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
