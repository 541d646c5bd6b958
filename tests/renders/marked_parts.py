"""Part videos whose every frame says its own number, as a strip of black and white cells."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from talkinghead.av.sound import Sound, write_sound
from talkinghead.renders.parts.part_video import PartVideo

CELL, BITS = 8, 16
SIZE = (160, 96)
RATE = 24_000


def marked_video(
    path: Path,
    frames: int,
    first: int = 0,
    *,
    size: tuple[int, int] = SIZE,
    fps: int = 25,
    options: dict[str, str] | None = None,
) -> Path:
    """A video of a moving pattern with its frames numbered from `first`."""
    width, height = size
    pattern = np.random.default_rng(first).integers(60, 190, (height, width)).astype(np.uint8)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=fps, options=options or {"crf": "26"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = Fraction(1, fps)
        stream.codec_context.thread_count = 1
        for number in range(frames):
            planes = np.full((height * 3 // 2, width), 128, np.uint8)
            planes[:height] = np.roll(pattern, number, axis=1)
            planes[:CELL, : CELL * BITS] = _strip(first + number)
            frame = VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts = number
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def marked_part(folder: Path, number: int, frames: int, have: int, **how: object) -> PartVideo:
    """A part of `frames` frames in a file that has `have`, numbered from 1000 times its number."""
    path = marked_video(folder / f"part{number}.mp4", have, 1000 * number, **how)  # type: ignore[arg-type]  # passed through
    return PartVideo(path, frames)


def marks_of(path: Path) -> list[int]:
    """The number that each frame of a video says."""
    with av.open(str(path)) as file:
        return [
            _read(frame.to_ndarray(format="gray").astype(np.uint8))
            for frame in file.decode(video=0)
        ]


def speech_of(folder: Path, frames: int) -> Path:
    """A sound of so many frames that clicks at each second and hums between."""
    count = frames * RATE // 25
    hum = 0.2 * np.sin(np.arange(count) * 0.05)
    hum[::RATE] = 0.95
    path = folder / "speech.wav"
    write_sound(Sound(hum.astype(np.float32), RATE), path)
    return path


def _strip(number: int) -> NDArray[np.uint8]:
    bits = [number >> place & 1 for place in reversed(range(BITS))]
    return np.repeat(np.where(np.array(bits, bool), 235, 16).astype(np.uint8), CELL)


def _read(luma: NDArray[np.uint8]) -> int:
    cells = luma[2 : CELL - 2, : CELL * BITS].reshape(CELL - 4, BITS, CELL)[:, :, 2:-2]
    return int("".join(str(int(level > 128)) for level in cells.mean(axis=(0, 2))), 2)
