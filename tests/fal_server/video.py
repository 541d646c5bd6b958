"""The videos: the portrait, cut to shape, with marks, a bar that grows, and the sound.

One picture is converted once; each frame changes a few rows of it, so that a second of video takes
some milliseconds. The same picture, shape, length and sound are made once. Every answer still gets
a file of its own: its request's id is in a `free` box at the end, which players skip.
"""

import struct
import tempfile
import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from tests.fal_server.marks import CELL, FLASH, FRAMES_PER_SECOND, click_frames, draw_marks
from tests.fal_server.options import Options
from tests.fal_server.sound import RATE, Sound, encode_sound

BAR = 6  # pixels
NARROWEST = 192  # pixels that hold both marks

Size = tuple[int, int]

QUICK_SOUND = "flac"
"""Takes a tenth of the time of AAC, which is most of the time of a small video."""
QUALITY = {"preset": "ultrafast", "crf": "32", "g": "50"}


def _still(picture: Image.Image, width: int, height: int) -> NDArray[np.uint8]:
    """The picture cropped to the middle, as yuv420p: (height * 1.5, width)."""
    fitted = ImageOps.fit(picture.convert("RGB"), (width, height), Image.Resampling.BILINEAR)
    frame = av.VideoFrame.from_ndarray(np.asarray(fitted), format="rgb24")
    planes = frame.reformat(format="yuv420p").to_ndarray().astype(np.uint8)
    for plane in (planes[height : height * 5 // 4], planes[height * 5 // 4 :]):
        half = plane.reshape(height // 2, width // 2)
        half[: CELL // 2, : width // 2] = 128
        half[: FLASH // 2, -FLASH // 2 :] = 128
    return planes


def _fitted(samples: NDArray[np.float32], frames: int) -> NDArray[np.float32]:
    """The sound cut or filled with silence to the length of the pictures."""
    count = frames * RATE // FRAMES_PER_SECOND
    return np.pad(samples[:count], (0, max(0, count - len(samples))))


def _shrunk(size: Size, short_side: int) -> Size:
    """The same shape with so many pixels on its short side, wide enough for the marks."""
    if not short_side:
        return size
    width, height = (side * short_side // min(size) // 2 * 2 for side in size)
    return max(width, NARROWEST), height


class Studio:
    """Makes videos, and remembers the last ones; may be used by several threads."""

    def __init__(self, options: Options | None = None, remembered: int = 64) -> None:
        self._options = options or Options()
        self._remembered = remembered
        self._videos: dict[tuple[str, str, Size, int], bytes] = {}
        self._lock = threading.Lock()

    def make(
        self, picture: tuple[str, Image.Image], sound: Sound, size: Size, frames: int
    ) -> bytes:
        """An MP4 of `frames` frames at 25 a second; `picture` comes with its digest."""
        size = _shrunk(size, self._options.short_side)
        key = (picture[0], sound.digest, size, frames)
        with self._lock:
            if key in self._videos:
                return self._videos[key]
        codec = QUICK_SOUND if self._options.short_side else "aac"
        video = write_video(picture[1], sound, size, frames, codec)
        with self._lock:
            self._videos[key] = video
            while len(self._videos) > self._remembered:
                del self._videos[next(iter(self._videos))]
        return video


def write_video(
    picture: Image.Image, sound: Sound, size: Size, frames: int, sound_codec: str = "aac"
) -> bytes:
    """H.264 and sound in an MP4, readable from its start."""
    samples = _fitted(sound.samples, frames)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "video.mp4")  # a file, since faststart reads its own output again
        _write_file(path, picture, sound=samples, size=size, sound_codec=sound_codec)
        return path.read_bytes()


def _write_file(
    path: Path,
    picture: Image.Image,
    *,
    sound: NDArray[np.float32],
    size: Size,
    sound_codec: str,
) -> None:
    frames = len(sound) * FRAMES_PER_SECOND // RATE
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=FRAMES_PER_SECOND, options=QUALITY)
        video.width, video.height, video.pix_fmt = size[0], size[1], "yuv420p"
        video.time_base = Fraction(1, FRAMES_PER_SECOND)
        video.codec_context.thread_count = 1
        options = {"b": "64k", "aac_coder": "fast"} if sound_codec == "aac" else {}
        audio = container.add_stream(sound_codec, rate=RATE, options=options)
        assert isinstance(audio, av.AudioStream)
        audio.layout = "mono"
        _write_pictures(container, video, _still(picture, *size), click_frames(sound, RATE, frames))
        encode_sound(container, audio, sound)


def _write_pictures(
    container: av.container.OutputContainer,
    stream: av.VideoStream,
    still: NDArray[np.uint8],
    flashes: NDArray[np.bool_],
) -> None:
    height, width = stream.height, still.shape[1]
    for number, flash in enumerate(flashes):
        luma = still[:height]
        draw_marks(luma, number, bool(flash))
        luma[height - BAR :, : width * (number + 1) // len(flashes)] = 235
        frame = av.VideoFrame.from_ndarray(still, format="yuv420p")
        frame.pts = number
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def signed(video: bytes, request_id: str) -> bytes:
    """The video with the request's id in a box at its end."""
    text = f"request_id={request_id}".encode()
    return video + struct.pack(">I", 8 + len(text)) + b"free" + text


def request_id_of(video: bytes) -> str | None:
    """The id of the request that a video was made for."""
    _, mark, request_id = video[-80:].rpartition(b"request_id=")
    return request_id.decode() if mark else None
