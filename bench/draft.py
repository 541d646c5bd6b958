"""Benchmark: speed and memory of the draft engine, and its lip sync.

Run as `python bench/draft.py` from the root; the last line is one JSON object:

fps_512, fps_720p        frames a second drawn and encoded
fps_encode_only_512      the same frames encoded with no drawing at all: the limit
fps_plain_encoder_512    likewise by x264's preset alone (veryfast, crf 20, unfiltered chroma)
ratio, ratio_plain       fps_512 over each of the two
script_to_video_rtf      seconds of work for a second of video, process start included
peak_rss_mb              of that process
lag_frames, correlation  the lips found again in the finished file, against what a recogniser hears
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import av
import cv2
from PIL import Image as Pictures

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead.av.sound import read_sound  # noqa: E402
from talkinghead.av.video_writer import VideoWriter  # noqa: E402
from talkinghead.catalogue.base import FRAMES_PER_SECOND, Geometry  # noqa: E402
from talkinghead.draft.frames import draw_frames  # noqa: E402 - found from the root, uninstalled
from talkinghead.draft.image_sampling import Image  # noqa: E402
from talkinghead.draft.motion import Expression  # noqa: E402
from talkinghead.draft.mouth.lip_reading import best_lag, read_lips  # noqa: E402
from talkinghead.draft.mouth.visemes import mouth_curves  # noqa: E402
from talkinghead.draft.portrait_fit import fit_portrait  # noqa: E402
from talkinghead.speech.alignment.recording_alignment import hear  # noqa: E402
from talkinghead.speech.local_voice.synthesis import say  # noqa: E402
from talkinghead.speech.text.utterance import Speech  # noqa: E402

PORTRAIT = ROOT / "components" / "portraits" / "samples" / "mona-lisa.jpg"
SCRIPT = (
    "Good morning everyone, and thank you for joining us today. My name is Lisa, and I am going to "
    "show you how our new platform helps small teams make better videos. You choose a portrait, "
    "you write a few words, and a moment later somebody says them for you."
)
ROUNDS = 5  # the best of them counts: other work on the machine only ever slows one down
FRAMES = 250


def drawn(geometry: Geometry, speech: Speech) -> Iterable[Image]:
    """Yield the frames of a draft."""
    portrait = fit_portrait(Pictures.open(PORTRAIT).convert("RGB"), geometry)
    yield from islice(draw_frames(portrait, speech, FRAMES_PER_SECOND, Expression()), FRAMES)


def frames_per_second(frames: Iterable[Image], geometry: Geometry, speech: Speech) -> float:
    """Return the frames per second, written to a finished file."""
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        out = Path(folder) / "video.mp4"
        with VideoWriter(
            out, geometry.width, geometry.height, geometry.fps, speech.sound
        ) as writer:
            for frame in frames:
                writer.write(frame)
                count += 1
        return count / (time.perf_counter() - started)


def plain_frames_per_second(frames: list[Image], geometry: Geometry) -> float:
    """Return the frames per second of x264's preset alone, in the frames' own thread."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, av.open(f"{folder}/video.mp4", "w") as file:
        stream = file.add_stream("libx264", geometry.fps, {"crf": "20", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = geometry.width, geometry.height, "yuv420p"
        stream.codec_context.thread_count = 2
        for frame in frames:
            planes = cv2.cvtColor(frame, cv2.COLOR_RGB2YUV_I420).astype("uint8", copy=False)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")))
        file.mux(stream.encode(None))
    return len(frames) / (time.perf_counter() - started)


def speeds(speech: Speech) -> dict[str, float]:
    """Measure the three speeds in turn."""
    square, wide = Geometry(512, 512), Geometry(1280, 720)
    kept = list(drawn(square, speech))
    plain = "fps_plain_encoder_512"
    best = dict.fromkeys(("fps_512", "fps_encode_only_512", plain, "fps_720p"), 0.0)
    for _ in range(ROUNDS):
        best[plain] = max(best[plain], plain_frames_per_second(kept, square))
        for name, frames, geometry in (
            ("fps_512", drawn(square, speech), square),
            ("fps_encode_only_512", kept, square),
            ("fps_720p", drawn(wide, speech), wide),
        ):
            best[name] = max(best[name], frames_per_second(frames, geometry, speech))
    return best


def from_the_shell(out: Path) -> tuple[float, float]:
    """Return the seconds of work per second of video, and the process's peak memory in MB."""
    order = ["draft", "--portrait", str(PORTRAIT), "--script", SCRIPT, "--out", str(out)]
    best, memory = float("inf"), 0.0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "talkinghead", *order],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        took = time.perf_counter() - started
        report = json.loads(done.stdout)
        best, memory = min(best, took / report["seconds"]), max(memory, report["peak_rss_mb"])
    return best, memory


def agreement(video: Path) -> tuple[int, float]:
    """Return the lag in frames and the correlation between the lips and the sound."""
    seen = read_lips(video).opening
    heard = mouth_curves(hear(read_sound(video), SCRIPT), FRAMES_PER_SECOND).open
    count = min(len(seen), len(heard))
    return best_lag(seen[:count], heard[:count])


def main() -> None:
    """Measure everything and print it."""
    cv2.setNumThreads(2)
    speech = say(SCRIPT, "af_heart")  # also joins the voice model's parts, once in an installation
    result = speeds(speech)
    result["ratio"] = result["fps_512"] / result["fps_encode_only_512"]
    result["ratio_plain"] = result["fps_512"] / result["fps_plain_encoder_512"]
    with tempfile.TemporaryDirectory() as folder:
        video = Path(folder) / "video.mp4"
        result["script_to_video_rtf"], result["peak_rss_mb"] = from_the_shell(video)
        result["lag_frames"], result["correlation"] = agreement(video)
    print(json.dumps({name: round(float(value), 3) for name, value in result.items()}))


if __name__ == "__main__":
    main()
