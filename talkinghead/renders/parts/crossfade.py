"""The frames of a part, its last ones fading into the part that follows."""

from collections.abc import Iterator

import cv2
import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from talkinghead.renders.parts.part_video import PartVideo, frames_of

Planes = NDArray[np.uint8]
"""A frame in 4:2:0, (height * 1.5, width)."""


def pictures(
    part: PartVideo, following: PartVideo | None, *, first: int, fade: int, size: tuple[int, int]
) -> Iterator[VideoFrame]:
    """The frames of a part from `first` to its end, in one size.

    The following part's first picture is held while it fades in: that part has no earlier frame,
    and the speaker is silent there.

    Args:
        part: whose frames.
        following: the part after it; None for the last one.
        first: the number of the first frame wanted.
        fade: how many of the last frames fade.
        size: width and height in pixels, even.
    """
    goal: Planes | None = None
    for number, frame in enumerate(frames_of(part.path, first, part.frames), first):
        step = number - (part.frames - fade) + 1
        if following is None or step <= 0:
            yield _sized(frame, size)
            continue
        if goal is None:
            goal = _planes(next(frames_of(following.path, 0, 1)), size)
        share = step / (fade + 1)
        mixed = cv2.addWeighted(_planes(frame, size), 1 - share, goal, share, 0)
        yield VideoFrame.from_ndarray(mixed.astype(np.uint8, copy=False), format="yuv420p")


def _sized(frame: VideoFrame, size: tuple[int, int]) -> VideoFrame:
    if ((frame.width, frame.height), frame.format.name) == (size, "yuv420p"):
        return frame
    return frame.reformat(*size, format="yuv420p")


def _planes(frame: VideoFrame, size: tuple[int, int]) -> Planes:
    return _sized(frame, size).to_ndarray().astype(np.uint8, copy=False)
