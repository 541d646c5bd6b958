"""Encodes an export: another shape and overlays, with one decode and one encode.

    decode ── shape ── label ── captions ── encode ─┐
    sound ─────────────── copied as it is ──────────┴─ file

Each step takes pictures and gives pictures, so any number of them costs one encoding. A new
overlay, such as a logo, is one more `OverlayStep`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import OutputContainer

from talkinghead.av.face_path import NO_FACE, FacePath, read_face_path
from talkinghead.av.frame_streams import CANNOT_WRITE, PictureEncoder, VideoInput
from talkinghead.av.frames import Picture, PictureFilter, opened_video
from talkinghead.av.overlays.overlay import OverlayFrame, OverlayStep, place_all
from talkinghead.av.reshape import Reshape, Reshaper
from talkinghead.av.video import VideoFacts, probe
from talkinghead.av.video_writer import unfinished_path
from talkinghead.core.errors import RenderCancelled, RenderFailed

_REPORT_EVERY = 25  # pictures
_FACE_SHARE = 0.3  # of the whole work, where the face has to be found first

_Filters = tuple[list[PictureFilter], tuple[int, int]]


def export_video(
    source: Path,
    out: Path,
    *,
    reshape: Reshape | None = None,
    overlays: Sequence[OverlayStep] = (),
    path: FacePath | None = None,
    on_path: Callable[[FacePath], None] | None = None,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> VideoFacts:
    """Write a video again in another shape, with overlays, or both; frame by frame.

    Args:
        source: any video.
        out: the MP4 to write; it appears only when it is complete.
        reshape: the shape that is wanted; None keeps it.
        overlays: what is drawn on it; each keeps off those before it.
        path: where the face is in `source`; detected first if it is needed and not given.
        on_path: called with the face path, once detected.
        on_progress: called with the completed fraction, 0 to 1.
        is_cancelled: polled while encoding; True aborts without leaving a file.

    Raises:
        RenderFailed: the source is damaged, or the disk is full.
        RenderCancelled: `is_cancelled` returned True.
    """
    report_progress = on_progress or (lambda fraction: None)
    share = 0.0
    if path is None and _needs_face(reshape, overlays):
        share = _FACE_SHARE
        path = read_face_path(
            source,
            on_progress=lambda done: report_progress(done * share),
            is_cancelled=is_cancelled,
        )
        if on_path:
            on_path(path)
    unfinished = unfinished_path(out)
    try:
        _encode(
            source,
            unfinished,
            lambda stream: _filters(stream, reshape, overlays, NO_FACE if path is None else path),
            lambda done: report_progress(share + done * (1 - share)),
            is_cancelled,
        )
        facts = probe(unfinished)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    report_progress(1.0)
    return facts


def _needs_face(reshape: Reshape | None, overlays: Sequence[OverlayStep]) -> bool:
    is_crop = reshape is not None and reshape.fit == "crop"
    return is_crop or any(each.needs_face for each in overlays)


def _encode(
    source: Path,
    target: Path,
    filters_for: Callable[[VideoInput], _Filters],
    report_progress: Callable[[float], None],
    is_cancelled: Callable[[], bool] | None,
) -> None:
    """Decode, filter and encode a video frame by frame; its sound is copied."""
    with opened_video(source) as file:
        stream = VideoInput(file)
        filters, size = filters_for(stream)
        pictures: Iterator[Picture] = stream.pictures()
        for each in filters:
            pictures = each(pictures)
        watched = _watched(pictures, stream, report_progress, is_cancelled)
        with _created(target) as container:
            PictureEncoder(container, stream, size).write(watched)


def _filters(
    stream: VideoInput, reshape: Reshape | None, overlays: Sequence[OverlayStep], path: FacePath
) -> _Filters:
    """Return the filters in their order, and the width and height of the result."""
    found: list[PictureFilter] = []
    size, first = stream.size, stream.first
    if reshape:
        reshaper = Reshaper(reshape, *size, path, stream.colours)
        size, path = reshaper.size, reshaper.mapped(path)
        first = next(reshaper(iter([first])))
        found.append(reshaper)
    frame = OverlayFrame(*size, stream.seconds, stream.colours, path, first)
    found += place_all(overlays, frame)
    return found, size


def _watched(
    pictures: Iterator[Picture],
    source: VideoInput,
    report_progress: Callable[[float], None],
    is_cancelled: Callable[[], bool] | None,
) -> Iterator[Picture]:
    """Yield the same frames; reports progress and stops on request."""
    for number, picture in enumerate(pictures):
        if number % _REPORT_EVERY == 0:
            if is_cancelled and is_cancelled():
                raise RenderCancelled("Canceled. The video hasn't changed.")
            report_progress(min(number / source.frames, 1.0) if source.frames else 0.0)
        yield picture


@contextmanager
def _created(path: Path) -> Iterator[OutputContainer]:
    try:
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as file:
            yield file
    except (av.FFmpegError, OSError) as error:
        raise RenderFailed(CANNOT_WRITE) from error
