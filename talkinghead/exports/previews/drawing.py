"""Previews of exports: the same frame of a video with each style of captions, downscaled."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from av import VideoFrame
from PIL import Image

from talkinghead.av.face_path import NO_FACE, FacePath
from talkinghead.av.faces import find_faces
from talkinghead.av.frames import (
    ColourSystem,
    Picture,
    colour_system,
    opened_video,
    picture_of,
)
from talkinghead.av.overlays.overlay import OverlayFrame, OverlayStep, place_all
from talkinghead.av.reshape import Reshape, Reshaper
from talkinghead.captions.cues import Cue
from talkinghead.captions.painting.burner import Captions
from talkinghead.captions.styles import CaptionStyle
from talkinghead.core.errors import RenderFailed
from talkinghead.exports.label.overlay import LabelStep

_LIPS = (0, 17, 37, 267, 61, 291, 84, 314)
_BROW_TO_CHIN = (10, 152, 234, 454)
_SIDE = 400  # px of the longer side: a third of a drawer on a sharp screen
_QUALITY = 86
_LATE = 0.6  # of a cue: a word in the middle of it is being said


@dataclass(frozen=True)
class StylePreview:
    """One style to preview.

    Attributes:
        style: how they look.
        cues: made for this style and the result's size.
    """

    style: CaptionStyle
    cues: Sequence[Cue]


def draw_previews(
    source: Path,
    previews: Mapping[str, StylePreview],
    *,
    at: float,
    reshape: Reshape | None = None,
    label: LabelStep | None = None,
) -> dict[str, bytes]:
    """Return one frame per style, and under "" the frame without captions.

    Args:
        source: any video.
        previews: by a name.
        at: seconds, where the frame is taken; the cue closest to it is drawn.
        reshape: the shape that is wanted; None keeps it.
        label: what is drawn on each of them, whenever the export shows it; None draws none.

    Returns:
        JPEG by the same names.

    Raises:
        RenderFailed: the video is damaged.
    """
    frame = _frame_at(source, at)
    picture = picture_of(frame, at)
    colours, path = colour_system(frame), _face(frame, at)
    if reshape:
        reshaper = Reshaper(reshape, picture.width, picture.height, path, colours)
        picture, path = next(reshaper(iter([picture]))), reshaper.mapped(path)
    frame_facts = OverlayFrame(picture.width, picture.height, at, colours, path, picture)
    always: list[OverlayStep] = [label.always()] if label else []
    drawn = {"": _jpeg(_overlaid(picture, always, frame_facts), colours)}
    for name, preview in previews.items():
        steps = [*always, *([Captions(preview.cues, preview.style)] if preview.cues else [])]
        shown = replace(picture, seconds=_moment(preview.cues, at))
        drawn[name] = _jpeg(_overlaid(shown, steps, frame_facts), colours)
    return drawn


def _frame_at(source: Path, at: float) -> VideoFrame:
    """Return the frame shown at this time, or the first one where the video is shorter."""
    with opened_video(source) as file:
        stream = file.streams.video[0]
        base = float(stream.time_base or 1)
        start = stream.start_time or 0
        file.seek(start + int(at / base), stream=stream)
        frame = next((f for f in file.decode(stream) if ((f.pts or 0) - start) * base >= at), None)
        if frame is None:  # beyond the last one
            file.seek(start)
            frame = next(file.decode(stream), None)
        if frame is None:
            raise RenderFailed("There is no picture in this video. Render it again.")
    return frame


def _overlaid(picture: Picture, steps: Sequence[OverlayStep], frame: OverlayFrame) -> Picture:
    """Return a copy of the frame with the overlays on it."""
    pictures: Iterator[Picture] = iter([replace(picture, planes=picture.planes.copy())])
    for overlay in place_all(steps, frame):
        pictures = overlay(pictures)
    return next(pictures)


def _moment(cues: Sequence[Cue], at: float) -> float:
    """Return when the cue closest to this time is half said."""
    if not cues:
        return at
    nearest = min(cues, key=lambda cue: abs((cue.start + cue.end) / 2 - at))
    return nearest.start + _LATE * (nearest.words[-1].end - nearest.start)


def _face(frame: VideoFrame, at: float) -> FacePath:
    """Return the face in this one frame."""
    image = frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)
    found = find_faces(image)
    if not found:
        return NO_FACE
    points = found[0].landmarks[:, :2] / np.array([image.shape[1], image.shape[0]])
    boxes = [points[list(which)] for which in (_BROW_TO_CHIN, _LIPS)]
    face, mouth = (np.concatenate([box.min(axis=0), box.max(axis=0)])[None] for box in boxes)
    return FacePath(np.array([at]), np.asarray(face), np.asarray(mouth))


def _jpeg(picture: Picture, colours: ColourSystem) -> bytes:
    """Return a small JPEG with the colours that a player would show."""
    height, width = picture.height, picture.width
    scale = min(_SIDE / max(width, height), 1.0)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    planes = [cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in picture.parts]
    offset, mixed = colours.matrix[:, 3] * 255, np.linalg.inv(colours.matrix[:, :3])
    values = np.stack(planes, axis=2).astype(np.float32) - offset
    rgb = np.clip(values @ mixed.T, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
