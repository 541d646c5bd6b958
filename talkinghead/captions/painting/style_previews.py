"""Previews of caption styles: the same frame of a video with each style, downscaled."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from talkinghead.av.reshape import Reshape, Reshaper
from talkinghead.captions.cues import Cue
from talkinghead.captions.painting.burner import CaptionBurner
from talkinghead.captions.styles import CaptionStyle
from talkinghead.core.errors import RenderFailed

_LIPS = (0, 17, 37, 267, 61, 291, 84, 314)
_BROW_TO_CHIN = (10, 152, 234, 454)
_SIDE = 400  # px of the longer side: a third of a drawer on a sharp screen
_QUALITY = 86
_LATE = 0.6  # of a cue: a word in the middle of it is being said


@dataclass(frozen=True)
class StylePreview:
    """One style to preview.

    Attributes:
        style: how they preview.
        cues: made for this style and the result's size.
    """

    style: CaptionStyle
    cues: Sequence[Cue]


def draw_previews(
    source: Path, previews: Mapping[str, StylePreview], *, at: float, reshape: Reshape | None = None
) -> dict[str, bytes]:
    """Return one frame per style, and under "" the frame without captions.

    Args:
        source: any video.
        previews: by a name.
        at: seconds, where the frame is taken; the cue closest to it is drawn.
        reshape: the shape that is wanted; None keeps it.

    Returns:
        JPEG by the same names.

    Raises:
        RenderFailed: the video is damaged.
    """
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
    picture = picture_of(frame, at)
    colours, path = colour_system(frame), _face(frame, at)
    if reshape:
        reshaper = Reshaper(reshape, picture.width, picture.height, path, colours)
        picture, path = next(reshaper(iter([picture]))), reshaper.mapped(path)
    drawn = {"": _jpeg(picture, colours)}
    for name, preview in previews.items():
        drawn[name] = _jpeg(_captioned(picture, preview, colours, path, at), colours)
    return drawn


def _captioned(
    picture: Picture, preview: StylePreview, colours: ColourSystem, path: FacePath, at: float
) -> Picture:
    """Return the frame with the cue closest to this time."""
    if not preview.cues:
        return picture
    nearest = min(preview.cues, key=lambda cue: abs((cue.start + cue.end) / 2 - at))
    seconds = nearest.start + _LATE * (nearest.words[-1].end - nearest.start)
    burner = CaptionBurner(
        preview.cues, preview.style, picture.width, picture.height, colours, path
    )
    return next(burner(iter([Picture(picture.planes.copy(), seconds)])))


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
