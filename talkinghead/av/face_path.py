"""The position of the face and its mouth throughout a video."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from talkinghead.av.faces import PRESENCE_GATE, find_faces, follow_face
from talkinghead.av.frames import opened_video
from talkinghead.core.errors import RenderCancelled

Floats = NDArray[np.float64]

SAMPLE_SECONDS = 0.2
"""How often the face is looked for; a head moves little in between."""

_LOOKED_AT = 640  # px of the longer side
_SEARCH_SECONDS = 2.0  # after a search in vain: it is slow
_LIPS = (0, 17, 37, 267, 61, 291, 84, 314)
_BROW_TO_CHIN = (10, 152, 234, 454)
_DECODER_THREADS = 2


@dataclass(frozen=True, eq=False)
class FacePath:
    """The position of a face over time, as fractions of the video's width and height.

    Attributes:
        seconds: when it was looked for, shape (n,); empty where no face was found at all.
        boxes: left, top, right, bottom of the face from forehead to chin, shape (n, 4).
        mouths: the same of the lips, shape (n, 4).
    """

    seconds: Floats
    boxes: Floats
    mouths: Floats

    def __len__(self) -> int:
        return len(self.seconds)

    def mapped(self, places: Callable[[Floats, Floats], Floats]) -> "FacePath":
        """Return the path in another frame; `places` maps seconds (n,) and boxes (n, 4)."""
        return replace(
            self,
            boxes=places(self.seconds, self.boxes),
            mouths=places(self.seconds, self.mouths),
        )


NO_FACE = FacePath(np.zeros(0), np.zeros((0, 4)), np.zeros((0, 4)))


def read_face_path(
    video: Path,
    *,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> FacePath:
    """Track the largest face of a video; takes about a tenth of the video's length.

    Args:
        video: any video.
        on_progress: called with the completed fraction, 0 to 1.
        is_cancelled: polled at each frame that is looked at.

    Raises:
        RenderFailed: the video is damaged.
        RenderCancelled: `is_cancelled` returned True.
    """
    rows: list[list[float]] = []
    tracker = _Tracker()
    for seconds, share, frame in _samples(video):
        if is_cancelled and is_cancelled():
            raise RenderCancelled("Canceled. The video hasn't changed.")
        if on_progress:
            on_progress(share)
        image = _small(frame)
        landmarks = tracker.landmarks(image, seconds)
        if landmarks is not None:
            size = np.array([image.shape[1], image.shape[0]])
            points = landmarks[:, :2] / size
            rows.append([seconds, *_box(points[list(_BROW_TO_CHIN)]), *_box(points[list(_LIPS)])])
    if not rows:
        return NO_FACE
    table = np.array(rows, np.float64)
    return FacePath(table[:, 0], table[:, 1:5], table[:, 5:])


class _Tracker:
    """Follows the largest face from frame to frame and searches for it again once it is lost."""

    def __init__(self) -> None:
        self._last: NDArray[np.floating] | None = None
        self._searched = -_SEARCH_SECONDS  # when the last search without a result was

    def landmarks(self, image: NDArray[np.uint8], seconds: float) -> NDArray[np.floating] | None:
        """Return the face's landmarks in pixels, or None if there is no face."""
        presence, landmarks = 0.0, self._last
        if landmarks is not None:
            # The second look catches up with a face that moved by a fifth of its width.
            _, landmarks = follow_face(image, landmarks)
            presence, landmarks = follow_face(image, landmarks)
        if presence < PRESENCE_GATE and seconds - self._searched >= _SEARCH_SECONDS:
            found = find_faces(image)
            presence, landmarks = (found[0].presence, found[0].landmarks) if found else (0.0, None)
            if not found:
                self._searched = seconds
        self._last = landmarks if presence >= PRESENCE_GATE else None
        return self._last


def _samples(video: Path) -> Iterator[tuple[float, float, VideoFrame]]:
    """Yield frames every SAMPLE_SECONDS, each with its time and the share of the video before
    it."""
    with opened_video(video) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = _DECODER_THREADS
        # What no other frame is decoded from is not looked at: a third of the time, and a face
        # moves little until the next one.
        stream.codec_context.skip_frame = "NONREF"
        base = float(stream.time_base or 1)
        start, length = stream.start_time or 0, float((stream.duration or 0) * base)
        following = 0.0
        for frame in container.decode(stream):
            seconds = ((frame.pts or 0) - start) * base
            if seconds + 1e-6 < following:
                continue
            following += SAMPLE_SECONDS
            yield seconds, min(seconds / length, 1.0) if length else 0.0, frame


def _small(frame: VideoFrame) -> NDArray[np.uint8]:
    scale = min(1.0, _LOOKED_AT / max(frame.width, frame.height))
    width, height = (max(round(side * scale) // 2 * 2, 2) for side in (frame.width, frame.height))
    return frame.to_ndarray(format="rgb24", width=width, height=height).astype(np.uint8, copy=False)


def _box(points: NDArray[np.floating]) -> list[float]:
    return [*map(float, points.min(axis=0)), *map(float, points.max(axis=0))]
