"""Renders a draft: portrait and speech in, lip-synced MP4 out, on this machine and free.

Frames are drawn one by one and go straight to the encoder, so that the memory does not grow with
the video's length. The same order gives the same video.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import cv2

from talkinghead.av.faces import LEAST_HUMAN
from talkinghead.av.loudness import levelled
from talkinghead.av.sound import read_sound
from talkinghead.av.video_writer import VideoWriter
from talkinghead.catalogue.draft import Gaze, Liveliness
from talkinghead.core.errors import (
    InvalidParameters,
    InvalidPortrait,
    InvalidRecording,
    InvalidScript,
    StorageFailed,
)
from talkinghead.core.measures import Geometry
from talkinghead.core.workers.memory import peak_memory_mb
from talkinghead.draft.frames import draw_frames
from talkinghead.draft.motion import Expression
from talkinghead.draft.mouth.visemes import frame_count
from talkinghead.draft.pieces import Pieces, Spoken
from talkinghead.draft.portrait_fit import FittedPortrait, fit_portrait
from talkinghead.draft.values import DraftOrder, DraftReport, FaceFound
from talkinghead.portraits.picture_file import read_portrait
from talkinghead.speech.alignment.recording_alignment import hear
from talkinghead.speech.local_voice.local_voices import nearest_voice
from talkinghead.speech.local_voice.synthesis import say
from talkinghead.speech.text.script import check_script, estimate_seconds
from talkinghead.speech.text.utterance import Speech

LEAST_SIDE, LARGEST_SIDE = 64, 1920
_BETWEEN_LINES = 0.5  # seconds
_FACE_FOUND = 0.03  # fractions of the whole work, by the time they usually take
_SPOKEN, _HEARD = 0.65, 0.3
_DRAWN = 0.99
_LONGER = 1.5  # times that a speech may be longer than its estimate

OnProgress = Callable[[float, str | None], None]
"""Takes the fraction done, 0..1, and a line a person can read, or None."""


def render_draft(
    order: DraftOrder,
    out: Path,
    on_progress: OnProgress,
    on_finished: Callable[[], None] = lambda: None,
) -> DraftReport:
    """Render a draft, a long one in pieces; what is finished of it already is not made again.

    Args:
        order: what to render.
        out: the MP4; it appears only when it is complete.
        on_progress: called with the completed fraction, which never decreases.
        on_finished: called whenever a piece is finished; the process may be ended then, and the
            same order goes on from there.

    Raises:
        InvalidPortrait, InvalidScript, InvalidRecording, InvalidParameters: the order cannot be
            fulfilled; nothing was written.
        StorageFailed: the video cannot be written there.
        RenderFailed: the encoder refused.
    """
    started = time.monotonic()
    geometry = _geometry(order)
    portrait = _fitted(order.portrait, geometry)
    unsure = ", which may not be a human one" if portrait.score < LEAST_HUMAN else ""
    on_progress(_FACE_FOUND, f"Found the face{unsure}")
    pieces = Pieces(out, geometry.fps, _identity(order), on_finished)
    speech, voice = pieces.speech() or _made_speech(order, pieces, on_progress)
    _check_length(speech, order)
    frames = _draw(portrait, speech, order.expression, pieces, out, on_progress)
    on_progress(1.0, "The video is ready")
    return DraftReport(
        seconds=speech.sound.seconds,
        frames=frames,
        width=geometry.width,
        height=geometry.height,
        fps=geometry.fps,
        render_seconds=time.monotonic() - started,
        peak_rss_mb=peak_memory_mb(),
        voice=voice,
        face=FaceFound(portrait.box, portrait.score),
        words=tuple(speech.words) if voice else (),
    )


def _geometry(order: DraftOrder) -> Geometry:
    for name, side in (("width", order.width), ("height", order.height)):
        if not LEAST_SIDE <= side <= LARGEST_SIDE:
            raise InvalidParameters(
                f"The {name} must be {LEAST_SIDE} to {LARGEST_SIDE} pixels, not {side}.", field=name
            )
    if not 1 <= order.fps <= 60:
        raise InvalidParameters("Frames a second must be 1 to 60.", field="fps")
    for name, value, known in (
        ("liveliness", order.liveliness, get_args(Liveliness)),
        ("gaze", order.gaze, get_args(Gaze)),
    ):
        if value not in known:
            raise InvalidParameters(f"The {name} must be one of: {', '.join(known)}.", field=name)
    return Geometry(order.width - order.width % 2, order.height - order.height % 2, order.fps)


def _fitted(path: Path, geometry: Geometry) -> FittedPortrait:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidPortrait(
            "The portrait can't be opened. Check that the file exists and choose it again."
        ) from error
    return fit_portrait(read_portrait(data, path.name), geometry)


def _speech(order: DraftOrder, pieces: Pieces, on_progress: OnProgress) -> Spoken:
    """Return the speech, and the id of the local voice that speaks it, or None for a recording."""
    if order.script is None and order.recording is None:
        raise InvalidParameters("Add a script or a recording.", field="script")
    if order.recording is not None:
        sound = read_sound(order.recording)
        sound = levelled(sound) if order.level else sound
        on_progress(_FACE_FOUND, f"Analyzing {sound.seconds:.0f} seconds of recording")
        speech = hear(sound, order.script)
        on_progress(_HEARD, None)
        return speech, None
    script = check_script(order.script or "")
    voice = nearest_voice(order.voice)
    instead = "" if order.voice in (voice.id, voice.name) else f", the nearest to {order.voice}"
    on_progress(_FACE_FOUND, f"Speaking the script with the voice {voice.name}{instead}")
    span = _SPOKEN - _FACE_FOUND
    long = pieces.is_needed(frame_count(float(estimate_seconds(script)), order.fps))
    speech = say(
        script,
        voice.id,
        lambda done: on_progress(_FACE_FOUND + span * done, None),
        pieces.breaths() if long else None,
    )
    return replace(speech, sound=levelled(speech.sound)), voice.id


def _identity(order: DraftOrder) -> str:
    """Return what makes a draft the same as another: the order, and the content of its files."""
    digest = hashlib.sha256(repr(order).encode())
    for path in filter(None, (order.portrait, order.recording)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _made_speech(order: DraftOrder, pieces: Pieces, on_progress: OnProgress) -> Spoken:
    spoken = _speech(order, pieces, on_progress)
    _check_length(spoken[0], order)
    if pieces.is_needed(frame_count(spoken[0].sound.seconds, order.fps)):
        pieces.keep_speech(spoken)
    return spoken


def _check_length(speech: Speech, order: DraftOrder) -> None:
    """Refuse a speech that came out much longer than what was estimated, and allowed.

    Raises:
        InvalidScript, InvalidRecording: it is too long.
    """
    longest = order.longest_seconds
    if longest is None or speech.sound.seconds <= _LONGER * longest:
        return
    text = (
        f"This takes {speech.sound.seconds:.0f} seconds to say, and drafts can be up to "
        f"{longest:.0f} seconds here. Shorten it and try again."
    )
    raise InvalidRecording(text) if order.recording else InvalidScript(text)


def _draw(
    portrait: FittedPortrait,
    speech: Speech,
    expression: Expression,
    pieces: Pieces,
    out: Path,
    on_progress: OnProgress,
) -> int:
    """Draw every frame into the file; returns their number."""
    cv2.setNumThreads(2)  # the encoder needs the machine too
    fps = pieces.fps
    count = frame_count(speech.sound.seconds, fps)
    progress = _DrawingProgress(count, on_progress)
    if pieces.is_needed(count):
        first = pieces.finished_frames(count)
        drawn = draw_frames(portrait, speech, fps, expression, first) if first < count else ()
        height, width = portrait.image.shape[:2]
        for number in pieces.write(drawn, first, (width, height)):
            progress.drawn(number)
        pieces.join(speech.sound, count)
        return count
    with _writer(out, portrait, fps, speech) as writer:
        for number, frame in enumerate(draw_frames(portrait, speech, fps, expression), 1):
            writer.write(frame)
            progress.drawn(number)
    pieces.delete()
    return count


def _writer(out: Path, portrait: FittedPortrait, fps: int, speech: Speech) -> VideoWriter:
    height, width = portrait.image.shape[:2]
    try:
        return VideoWriter(out, width, height, fps, speech.sound)
    except OSError as error:
        raise StorageFailed(
            "The video can't be saved there. Choose an existing folder that you can write to."
        ) from error


class _DrawingProgress:
    """Reports the number of frames drawn, at intervals."""

    def __init__(self, count: int, on_progress: OnProgress) -> None:
        self._count, self._on_progress = count, on_progress
        self._begin: float | None = None
        self._said = -_BETWEEN_LINES

    def drawn(self, frames: int) -> None:
        now = time.monotonic()
        if now - self._said < _BETWEEN_LINES:
            return
        self._said = now
        fraction = _SPOKEN + (_DRAWN - _SPOKEN) * frames / self._count
        self._on_progress(fraction, f"Drawing frame {frames} of {self._count}")
