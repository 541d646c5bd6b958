"""Benchmark: how the draft engine draws the faces of a folder of pictures.

Run as `python bench/faces.py FOLDER` from the root; each picture says one sentence. `--variants`
adds each picture grey, tinted, small, mirrored and with a shorter chin; `--size 256` is a small
size; `--sheets FOLDER` writes a strip of frames of each picture to look at. Except for the folds,
everything is measured on the finished file, with the face's points found in it again. The last line
is one JSON object:

pictures, drawn          how many there are, and in how many a face was found that can speak
folds                    pictures where the map below the lower lip folds on any frame
lid_delta_l_p95          closed lids against the skin under the eye, CIELAB L
seal_gap_p95             teeth or darkness between the lips at m, b, p; of the eye distance
jumps_per_second         changes of the opening of more than .35 in one frame; 1 is a loud "father"
open_in_silence          share of silent frames with the mouth open
mouth_psnr_db_median     the mouth in the file against the mouth as drawn
chroma_error             hues inside the mouth against the nearest of the picture's own, CIELAB a, b
fps_512                  frames a second drawn and encoded (of the given size)
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
from PIL import Image as Pictures
from PIL import ImageOps

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead.av.faces import find_faces, follow_face  # noqa: E402
from talkinghead.av.video_writer import VideoWriter  # noqa: E402
from talkinghead.catalogue.base import FRAMES_PER_SECOND, Geometry  # noqa: E402
from talkinghead.core.errors import InvalidPortrait  # noqa: E402
from talkinghead.draft import face_reading  # noqa: E402
from talkinghead.draft.frames import draw_frames  # noqa: E402
from talkinghead.draft.image_sampling import Floats, Image  # noqa: E402
from talkinghead.draft.motion import Expression, blinks, loudness  # noqa: E402
from talkinghead.draft.mouth.folds import folds  # noqa: E402
from talkinghead.draft.mouth.visemes import mouth_curves  # noqa: E402
from talkinghead.draft.portrait_fit import FittedPortrait, fit_portrait  # noqa: E402
from talkinghead.speech.local_voice.synthesis import say  # noqa: E402
from talkinghead.speech.text.utterance import Speech  # noqa: E402

SENTENCE = (
    "Good morning, everybody. My name is Emma, and I help small teams make better videos. "
    "How far would you go?"
)
WIDE = 0.2  # of the eye distance: how far lips part for a loud "father", the unit of an opening
JUMP = 0.35
OPEN = 0.15
QUIET = 10 ** (-35 / 20)  # of the loud parts
LEAST_SILENCE = 0.16  # seconds; the stop of a "t" is no silence
SHORTER_CHIN = 0.72
STRIP = 320  # px of each picture in a strip


@dataclass(frozen=True, eq=False)
class Clip:
    """One picture's finished video.

    Attributes:
        portrait: the picture.
        drawn, seen: the frames as drawn and as decoded from the file.
        landmarks: (frames, 468, 3), found in the decoded frames.
        fps: frames a second drawn and encoded.
    """

    portrait: FittedPortrait
    drawn: list[Image]
    seen: list[Image]
    landmarks: Floats
    fps: float

    @property
    def opening(self) -> Floats:
        """How far the lips have parted since the first frame, at rest; 1 as in a loud "father"."""
        lips, eyes = self.landmarks[:, [0, 17], :2], self.landmarks[:, [33, 263], :2]
        height = np.linalg.norm(lips[:, 1] - lips[:, 0], axis=1)
        height = height / np.linalg.norm(eyes[:, 1] - eyes[:, 0], axis=1)
        return np.asarray((height - height[0]) / WIDE)


def pictures(folder: Path, *, variants: bool) -> Iterator[tuple[str, Pictures.Image]]:
    """Yield the name and the upright RGB picture of each file, and its variants."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in (".jpg", ".jpeg", ".png", ".webp"):
            continue
        picture = ImageOps.exif_transpose(Pictures.open(path)).convert("RGB")
        yield path.stem, picture
        if variants:
            for name, changed in varied(picture):
                yield f"{path.stem}-{name}", changed


def varied(picture: Pictures.Image) -> Iterator[tuple[str, Pictures.Image]]:
    """Yield the picture grey, tinted, small, mirrored and with a shorter chin."""
    yield "grey", ImageOps.grayscale(picture).convert("RGB")
    tint = np.array([1.05, 0.88, 0.62])
    yield "tinted", Pictures.fromarray((np.asarray(picture) * tint).clip(0, 255).astype(np.uint8))
    small = picture.copy()
    small.thumbnail((300, 300))
    yield "small", small
    yield "mirrored", ImageOps.mirror(picture)
    if faces := find_faces(np.asarray(picture)):
        yield "chin", Pictures.fromarray(shorter_chin(np.asarray(picture), faces[0].landmarks))


def shorter_chin(image: Image, landmarks: Floats) -> Image:
    """Return the picture with the chin drawn up towards the mouth."""
    height, width = image.shape[:2]
    lip, chin = float(landmarks[17, 1]), float(landmarks[152, 1])
    below = chin + 1.5 * (chin - lip)
    rows = np.interp(
        np.arange(height),
        [0, lip, lip + SHORTER_CHIN * (chin - lip), below, height],
        [0, lip, chin, below, height],
    )
    half = abs(float(landmarks[454, 0] - landmarks[234, 0]))
    beside = np.exp(-(((np.arange(width) - landmarks[152, 0]) / half) ** 4))
    y = np.arange(height)[:, None] + (rows - np.arange(height))[:, None] * beside[None]
    x = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width))
    return cv2.remap(image, np.ascontiguousarray(x), y.astype(np.float32), cv2.INTER_LINEAR)  # type: ignore[return-value]  # OpenCV keeps the type


def filmed(portrait: FittedPortrait, speech: Speech) -> Clip:
    """Draw and encode the speech, and find the face's points in the finished file."""
    height, width = portrait.image.shape[:2]
    with tempfile.TemporaryDirectory() as folder:
        out, drawn, started = Path(folder) / "video.mp4", [], time.perf_counter()
        with VideoWriter(out, width, height, FRAMES_PER_SECOND, speech.sound) as writer:
            for frame in draw_frames(portrait, speech, FRAMES_PER_SECOND, Expression()):
                writer.write(frame)
                drawn.append(frame)
        seconds = time.perf_counter() - started
        with av.open(str(out)) as file:
            seen = [face_reading.shown(frame) for frame in file.decode(video=0)]
    points, found = portrait.landmarks, []
    for frame in seen:
        _, points = follow_face(frame, points)
        found.append(points)
    return Clip(portrait, drawn, seen, np.array(found), len(drawn) / seconds)


def silent_frames(speech: Speech, count: int) -> Floats:
    """Return the numbers of the frames in silences."""
    quiet = loudness(speech.sound, count, FRAMES_PER_SECOND) < QUIET
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet, [0]]).astype(int)))
    runs = edges.reshape(-1, 2)
    long = [np.arange(*run) for run in runs if np.diff(run)[0] >= LEAST_SILENCE * FRAMES_PER_SECOND]
    return np.concatenate([*long, np.empty(0, int)]).astype(int)


def frames_of(speech: Speech, symbols: str, count: int) -> list[int]:
    """Return the frame in the middle of each of these phonemes."""
    return [
        min(int((each.start + each.end) / 2 * FRAMES_PER_SECOND), count - 1)
        for each in speech.phonemes
        if each.symbol in symbols
    ]


def blink_frames(count: int) -> list[int]:
    """Return the frames with wholly closed eyes, of those with open eyes before."""
    closed = np.flatnonzero(blinks(count, FRAMES_PER_SECOND, 0) > 0.98)
    return [int(frame) for frame in closed if frame >= 4]


def measured(clip: Clip, speech: Speech) -> dict[str, list[float]]:
    """Return the measures of one clip, each a list of values to put together."""
    count, opening = len(clip.seen), clip.opening
    # A closure takes any of the frames around its middle, as it does for who looks.
    gaps = {
        frame: face_reading.lip_gap(clip.seen[frame], clip.landmarks[frame])
        for middle in frames_of(speech, "mbp", count)
        for frame in range(max(middle - 1, 0), min(middle + 2, count))
    }
    seals = [
        min(gaps[each] for each in range(middle - 1, middle + 2) if each in gaps)
        for middle in frames_of(speech, "mbp", count)
    ]
    silent = silent_frames(speech, count)
    widest = np.argsort(opening)[-max(count // 12, 1) :]
    hues = face_reading.own_hues(clip.portrait.image, clip.portrait.landmarks)
    return {
        "folds": [float(folds(clip.portrait, mouth_curves(speech, FRAMES_PER_SECOND)))],
        "lids": [
            delta
            for frame in blink_frames(count)
            for delta in face_reading.lid_differences(clip.seen[frame], clip.landmarks[frame - 4])
        ],
        "seals": seals,
        "jumps": [float((np.abs(np.diff(opening)) > JUMP).sum() / (count / FRAMES_PER_SECOND))],
        "silent": (opening[silent] > OPEN).astype(float).tolist(),
        "psnr": [
            face_reading.mouth_psnr(*each)
            for each in zip(clip.drawn, clip.seen, clip.landmarks, strict=True)
        ],
        "chroma": [
            face_reading.hue_error(clip.seen[frame], clip.landmarks[frame], hues)
            for frame in widest
        ],
        "fps": [clip.fps],
    }


def summed(values: dict[str, list[float]]) -> dict[str, float]:
    """Return the figures of one picture or of all."""
    return {
        "folds": sum(values["folds"]),
        "lid_delta_l_p95": float(np.percentile(values["lids"], 95)),
        "seal_gap_p95": float(np.percentile(values["seals"], 95)),
        "jumps_per_second": float(np.mean(values["jumps"])),
        "open_in_silence": float(np.mean(values["silent"])),
        "mouth_psnr_db_median": float(np.median(values["psnr"])),
        "chroma_error": float(np.mean(values["chroma"])),
        "fps_512": float(np.median(values["fps"])),
    }


def strip(clip: Clip, speech: Speech) -> Image:
    """Return six frames side by side: the photo, at rest, m, the widest, "oo", and a blink."""
    count = len(clip.seen)
    x0, y0, x1, y1 = clip.portrait.box
    reach = 0.72 * max(x1 - x0, y1 - y0)
    x, y = int((x0 + x1) / 2), int((y0 + y1) / 2 + 0.08 * (y1 - y0))
    frames = [
        clip.portrait.image,
        clip.seen[0],
        clip.seen[frames_of(speech, "b", count)[0]],
        clip.seen[int(clip.opening.argmax())],
        clip.seen[frames_of(speech, "u", count)[-1]],
        clip.seen[blink_frames(count)[0]],
    ]
    rows = slice(max(int(y - reach), 0), int(y + reach))
    columns = slice(max(int(x - reach), 0), int(x + reach))
    shown = [cv2.resize(frame[rows, columns], (STRIP, STRIP)) for frame in frames]
    return np.concatenate(shown, axis=1).astype(np.uint8)


def main() -> None:
    """Draw and measure every picture."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("folder", type=Path)
    asked.add_argument("--variants", action="store_true")
    asked.add_argument("--size", type=int, default=512)
    asked.add_argument("--sheets", type=Path)
    options = asked.parse_args()
    cv2.setNumThreads(2)
    speech, count, drawn = say(SENTENCE, "af_heart"), 0, 0
    together: dict[str, list[float]] = {}
    for name, picture in pictures(options.folder, variants=options.variants):
        count += 1
        try:
            portrait = fit_portrait(picture, Geometry(options.size, options.size))
        except InvalidPortrait as refusal:
            print(f"{name:32} {refusal}")
            continue
        clip = filmed(portrait, speech)
        drawn += 1
        values = measured(clip, speech)
        together = {key: together.get(key, []) + each for key, each in values.items()}
        print(f"{name:32} " + " ".join(f"{each:8.3f}" for each in summed(values).values()))
        if options.sheets:
            options.sheets.mkdir(parents=True, exist_ok=True)
            Pictures.fromarray(strip(clip, speech)).save(options.sheets / f"{name}.jpg", quality=90)
    figures = summed(together) if together else {}
    rounded = {name: round(each, 4) for name, each in figures.items()}
    print(json.dumps({"pictures": count, "drawn": drawn} | rounded))


if __name__ == "__main__":
    main()
