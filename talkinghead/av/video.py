"""Reads back a finished video: its facts, and a thumbnail."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
from av import VideoFrame
from av.container import InputContainer
from PIL import Image

from talkinghead.av.sound import CONTAINER_OPTIONS
from talkinghead.core.errors import RenderFailed

THUMBNAIL_AT = 0.3
"""Fraction of the video that the thumbnail shows: by then the person speaks."""
_JPEG_QUALITY = 82
_MISSING = 0.5  # seconds less than its head promises: the file was cut
_DAMAGED = "fal.ai sent a video that can't be played. Render again."


@dataclass(frozen=True)
class VideoFacts:
    """The facts of a video file.

    Attributes:
        seconds: its length.
        width, height: pixels.
        fps: frames a second.
        frames: how many there are.
        has_sound: whether there is a sound track.
        codec: of the pictures, as FFmpeg names it ("h264").
    """

    seconds: float
    width: int
    height: int
    fps: float
    frames: int
    has_sound: bool
    codec: str


def probe(path: Path) -> VideoFacts:
    """Return the facts of a video. Its first and last frames are decoded, so a result means it
    plays.

    Raises:
        RenderFailed: it is damaged, incomplete, or no video.
    """
    with _opened(path) as container:
        stream = container.streams.video[0]
        first, last = _frame_at(container, 0.0), _frame_at(container, 1.0)
        fps = float(stream.average_rate or 0)
        if not fps:
            raise RenderFailed(_DAMAGED)
        seconds = (last.time or 0) - (first.time or 0) + 1 / fps
        promised = float((stream.duration or 0) * (stream.time_base or 0))
        if seconds < promised - _MISSING:
            raise RenderFailed(_DAMAGED)
        return VideoFacts(
            seconds=seconds,
            width=stream.width,
            height=stream.height,
            fps=fps,
            frames=stream.frames or round(seconds * fps),
            has_sound=bool(container.streams.audio),
            codec=stream.codec_context.name,
        )


def thumbnail(path: Path, width: int = 320) -> bytes:
    """Return one frame from the first third as JPEG, of this width in px.

    Raises:
        RenderFailed: the video cannot be played.
    """
    with _opened(path) as container:
        picture = Image.fromarray(_frame_at(container, THUMBNAIL_AT).to_ndarray(format="rgb24"))
    height = max(1, round(picture.height * width / picture.width))
    file = io.BytesIO()
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    small.save(file, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return file.getvalue()


@contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    """Open a file with a video track; FFmpeg's errors become a failed render."""
    try:
        with (
            path.open("rb") as file,
            av.open(file, "r", options=CONTAINER_OPTIONS) as container,
        ):
            if not container.streams.video:
                raise RenderFailed(_DAMAGED)
            yield container
    except (av.FFmpegError, OSError, ValueError) as error:
        raise RenderFailed(_DAMAGED) from error


def _frame_at(container: InputContainer, fraction: float) -> VideoFrame:
    """Return the first frame at or after this fraction of the length, else the last one.

    Raises:
        RenderFailed: there is none.
    """
    stream = container.streams.video[0]
    wanted = (stream.start_time or 0) + int((stream.duration or 0) * fraction)
    container.seek(wanted, stream=stream)  # to the key frame before it
    frame = None
    for frame in container.decode(stream):
        if frame.pts is not None and frame.pts >= wanted:
            break
    if frame is None:
        raise RenderFailed(_DAMAGED)
    return frame
