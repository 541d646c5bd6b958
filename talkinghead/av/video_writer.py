"""Writes frames and sound to an MP4 for every browser: H.264, AAC, index at the front.

Encoding runs in a thread of its own, so that the next frames are drawn meanwhile; a short queue
between the two keeps the memory independent of the video's length.
"""

import queue
from fractions import Fraction
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self, cast

import av
import cv2
import numpy as np
from av import AudioStream, VideoStream
from numpy.typing import NDArray

from talkinghead.av.sound import Sound
from talkinghead.core.errors import RenderFailed

# Without `mbtree` what moves, the mouth, is kept as well as what stands still: +2 to 3 dB there.
# Less psychovisual noise and more bits for colour add 1 dB. A talking head has no cuts to look
# ahead for: without that, all of it takes no more time than the plain preset.
_QUALITY = {
    "crf": "17.5",
    "preset": "veryfast",
    "x264-params": (
        "mbtree=0:aq-strength=0.6:psy-rd=0.4,0:chroma-qp-offset=-4:"
        "rc-lookahead=0:b-adapt=0:scenecut=0:weightp=0:me=dia"
    ),
}
_ENCODER_THREADS = 2
_QUEUED_FRAMES = 6
_SOUND_RATE = 48_000
_SOUND_BITS = 128_000  # a second

# OpenCV converts with the BT.601 matrix to limited range. Untagged, a player guesses by the height.
_MATRIX_BT601, _LIMITED_RANGE, _BT709 = 6, 1, 1
_CHROMA = np.array(
    [[-0.148223, -0.290993, 0.439216, 128], [0.439216, -0.367788, -0.071427, 128]], np.float32
)
"""BT.601: the two chroma values from R, G, B and 1."""

Frame = NDArray[np.uint8]
"""RGB, (height, width, 3)."""


def yuv420(frame: Frame) -> NDArray[np.uint8]:
    """Return the planes of a frame for the encoder, (1.5 height, width).

    OpenCV takes the chroma of every second pixel, which frays lips and teeth; here it is the mean
    of the four.
    """
    height, width = frame.shape[:2]
    planes = cv2.cvtColor(frame, cv2.COLOR_RGB2YUV_I420).astype(np.uint8, copy=False)
    half = cv2.resize(frame, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    blue, red = cv2.split(cv2.transform(half, _CHROMA))
    planes[height:] = np.concatenate([blue.ravel(), red.ravel()]).reshape(-1, width)
    return planes


def unfinished_path(path: Path) -> Path:
    """Return the path of a video while it is being written; what a crash left there is
    overwritten."""
    return path.with_name(f".{path.stem}.unfinished{path.suffix}")


class VideoWriter:
    """Writes one video; use as a context manager.

    The file appears under its own name only when all of it is written. After an error, or when the
    block is left by an exception, nothing is left behind.

    Args:
        path: where the video goes; its folder must exist.
        width: pixels, even.
        height: pixels, even.
        fps: frames a second.
        sound: what is heard, or None for a silent video.

    Raises:
        OSError: the folder cannot be written to.
        RenderFailed: the encoder refused.
    """

    def __init__(
        self, path: Path, width: int, height: int, fps: int = 25, sound: Sound | None = None
    ) -> None:
        if width % 2 or height % 2:
            raise ValueError(f"H.264 needs an even size, not {width}x{height}.")
        self._path = path
        self._unfinished = unfinished_path(path)
        self._unfinished.touch()
        self._size = (width, height)
        self._fps = fps
        self._sound = sound
        self._failure: Exception | None = None
        self._frames: queue.Queue[Frame | None] = queue.Queue(_QUEUED_FRAMES)
        self._thread = Thread(target=self._run, name="video-writer", daemon=True)
        self._thread.start()

    def write(self, frame: Frame) -> None:
        """Queue the next frame, RGB uint8 (height, width, 3); do not modify it afterwards."""
        if frame.shape != (self._size[1], self._size[0], 3):
            raise ValueError(f"A frame of {frame.shape} in a video of {self._size}.")
        self._raise_failure()
        self._frames.put(frame)

    def close(self) -> None:
        """Finish the file and rename it to its final path."""
        self._stop()
        try:
            self._raise_failure()
            self._unfinished.replace(self._path)
        finally:
            self._unfinished.unlink(missing_ok=True)

    def discard(self) -> None:
        """Stop writing and delete the unfinished file."""
        self._stop()
        self._unfinished.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
        else:
            self.discard()

    def _stop(self) -> None:
        if self._thread.is_alive():
            self._frames.put(None)
        self._thread.join()

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise RenderFailed(
                "The video couldn't be saved, most likely because the disk is full. Free up some "
                "space and try again."
            ) from self._failure

    def _run(self) -> None:
        try:
            self._encode()
        except Exception as error:  # noqa: BLE001 - a thread's outermost loop; raised by write or close
            self._failure = error
            while self._frames.get() is not None:  # never let the drawing side wait for ever
                pass

    def _encode(self) -> None:
        with av.open(str(self._unfinished), "w", options={"movflags": "+faststart"}) as file:
            pictures = self._add_pictures(file)
            speech = SoundTrackWriter(file, self._sound) if self._sound is not None else None
            count = 0
            while (frame := self._frames.get()) is not None:
                picture = av.VideoFrame.from_ndarray(yuv420(frame), format="yuv420p")
                picture.pts = count
                file.mux(pictures.encode(picture))
                count += 1
                if speech is not None:  # side by side, or the muxer would hold all the pictures
                    speech.write_until(count / self._fps)
            file.mux(pictures.encode(None))
            if speech is not None:
                speech.finish()

    def _add_pictures(self, file: Any) -> VideoStream:
        stream = cast(VideoStream, file.add_stream("libx264", rate=self._fps, options=_QUALITY))
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, self._fps)
        context = stream.codec_context
        context.thread_count = _ENCODER_THREADS
        context.colorspace, context.color_range = _MATRIX_BT601, _LIMITED_RANGE
        context.color_primaries = context.color_trc = _BT709
        return stream


class SoundTrackWriter:
    """The sound track of a video, encoded in step with the frames.

    Args:
        file: the video, opened for writing.
        sound: what is heard.
    """

    def __init__(self, file: Any, sound: Sound) -> None:
        self._file = file
        self._sound = sound
        self._written = 0
        self._stream = cast(AudioStream, file.add_stream("aac", rate=_SOUND_RATE, layout="mono"))
        self._stream.bit_rate = _SOUND_BITS

    def write_until(self, seconds: float) -> None:
        """Encode the sound up to a time."""
        end = min(round(seconds * self._sound.rate), len(self._sound.samples))
        if end <= self._written:
            return
        samples = np.ascontiguousarray(self._sound.samples[None, self._written : end], np.float32)
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
        frame.sample_rate = self._sound.rate
        frame.pts = self._written
        frame.time_base = Fraction(1, self._sound.rate)
        self._written = end
        self._file.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Encode the rest."""
        self.write_until(self._sound.seconds)
        self._file.mux(self._stream.encode(None))
