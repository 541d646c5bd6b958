"""Rendered parts become one video: their pictures one after another, the whole speech under them.

    part 1 ├──── copied ────┤fade│
    part 2                       ├──── copied ────┤fade│
    part 3                                             ├──── copied ────┤
    speech ├───────────────────── encoded once ─────────────────────────┤

Pictures are copied as they are: nothing bought is encoded a second time, and a minute takes about a
second. Only the last frames of each part are re-encoded: they fade into the next part's first
picture and end where that part begins, so that no frame moves. Parts of different kinds are encoded
whole.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path

import av
from av.container import OutputContainer

from talkinghead.av.sound_track import SoundTrack, opened_sound
from talkinghead.av.video import VideoFacts, probe
from talkinghead.av.video_writer import unfinished_path
from talkinghead.core.errors import RenderCancelled, RenderFailed
from talkinghead.core.measures import FRAMES_PER_SECOND
from talkinghead.core.money import show_seconds
from talkinghead.renders.parts.crossfade import pictures
from talkinghead.renders.parts.parameter_sets import ParameterSets, read_parameter_sets
from talkinghead.renders.parts.part_encoder import PROFILES, TailEncoder, WholeEncoder
from talkinghead.renders.parts.part_video import (
    AnyPacket,
    PacketIndex,
    PartVideo,
    opened_part,
    read_index,
)

CROSSFADE_FRAMES = 4
"""0.16 s: no cut is seen, and the mouth is closed meanwhile."""
MOST_HELD_FRAMES = 12
"""A part may be so much shorter than asked; a picture that stood still for longer would be seen."""

_TIME_BASE = Fraction(1, FRAMES_PER_SECOND)
_OPTIONS = {"movflags": "+faststart"}
_REPORT_EVERY = 50  # frames


def join_parts(
    parts: Sequence[PartVideo],
    sound: Path,
    out: Path,
    *,
    crossfade_frames: int = CROSSFADE_FRAMES,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> VideoFacts:
    """Join parts under the whole speech; frame n of the result belongs to second n / 25 of it.

    Memory does not grow with the length. The file appears only when it is complete.

    Args:
        parts: in order; each gives exactly its `frames`, the last one held where it is shorter.
        sound: the whole speech, in any format.
        out: the MP4 to write.
        crossfade_frames: at the end of each part, that fade into the next one; 0 cuts hard.
        on_progress: called with the completed fraction, 0 to 1.
        is_cancelled: polled while joining; True aborts without leaving a file.

    Raises:
        RenderFailed: a part is damaged or much too short, or the disk is full.
        InvalidRecording: the speech cannot be read.
        RenderCancelled: `is_cancelled` returned True.
    """
    indices = [read_index(part.path) for part in parts]
    _check_lengths(parts, indices)
    progress = _Progress(sum(part.frames for part in parts), on_progress, is_cancelled)
    unfinished = unfinished_path(out)
    try:
        _write(unfinished, parts, indices, sound, crossfade_frames, progress)
        facts = probe(unfinished)
        if (facts.frames, facts.has_sound) != (progress.frames, True):
            raise RenderFailed("The parts couldn't be joined. Try again (free).")
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return facts


def _write(
    path: Path,
    parts: Sequence[PartVideo],
    indices: Sequence[PacketIndex],
    sound: Path,
    fade: int,
    progress: "_Progress",
) -> None:
    sets = _common_sets(indices)
    with ExitStack() as stack:
        speech = stack.enter_context(opened_sound(sound))
        first = stack.enter_context(opened_part(parts[0].path)).streams.video[0]
        file = stack.enter_context(_created(path))
        if sets is None:
            packets = _encoded(parts, WholeEncoder(file, first.codec_context), fade)
        else:
            tails = TailEncoder(first.codec_context, PROFILES[sets.head[1]], sets.free_number())
            stream = file.add_stream_from_template(first, opaque=True)
            stream.codec_context.extradata = sets.with_sets(*tails.sets)
            packets = _timed(_copied(parts, indices, tails, fade), indices)
        track = SoundTrack(speech, file)
        for packet in packets:
            packet.stream = file.streams.video[0]
            file.mux(packet)
            progress.step()
            track.write_until(progress.seconds)
        track.finish()


class _Progress:
    """Counts written frames, reports them, and raises on cancellation."""

    def __init__(
        self,
        frames: int,
        on_progress: Callable[[float], None] | None,
        is_cancelled: Callable[[], bool] | None,
    ) -> None:
        self.frames = frames
        self._done = 0
        self._report = on_progress or (lambda fraction: None)
        self._is_cancelled = is_cancelled or (lambda: False)

    @property
    def seconds(self) -> float:
        """Length of the video written so far."""
        return self._done / FRAMES_PER_SECOND

    def step(self) -> None:
        """Count one written frame."""
        self._done += 1
        if self._done % _REPORT_EVERY == 0 or self._done == self.frames:
            self._report(self._done / self.frames)
            if self._is_cancelled():
                raise RenderCancelled("Joining was canceled. The parts are kept.")


@contextmanager
def _created(path: Path) -> Iterator[OutputContainer]:
    try:
        with av.open(str(path), "w", options=_OPTIONS) as file:
            yield file
    except (av.FFmpegError, OSError) as error:
        raise RenderFailed(
            "The joined video couldn't be saved: the disk is full or a part is damaged. Free up "
            "some space and try again; the parts are kept."
        ) from error


def _check_lengths(parts: Sequence[PartVideo], indices: Sequence[PacketIndex]) -> None:
    for number, (part, index) in enumerate(zip(parts, indices, strict=True), 1):
        missing = part.frames - index.frames
        if missing > MOST_HELD_FRAMES:
            raise RenderFailed(
                f"Part {number} of the video came back {show_seconds(missing / FRAMES_PER_SECOND)} "
                "too short. Render that part again."
            )


def _common_sets(indices: Sequence[PacketIndex]) -> ParameterSets | None:
    """Return the parameter sets of all parts; None if they cannot be copied to one track."""
    first = indices[0]
    alike = all(
        each.is_regular and (each.size, each.extradata) == (first.size, first.extradata)
        for each in indices
    )
    sets = read_parameter_sets(first.extradata) if alike else None
    return sets if sets and sets.head[1] in PROFILES else None


def _copied(
    parts: Sequence[PartVideo], indices: Sequence[PacketIndex], tails: TailEncoder, fade: int
) -> Iterator[tuple[AnyPacket, int]]:
    """Every packet with the number of the frame that it shows."""
    start = 0
    for (part, following), index in zip(_neighbours(parts), indices, strict=True):
        faded = min(fade, part.frames) if following else 0
        kept = index.whole_packets(part.frames - faded)
        with opened_part(part.path) as container:
            stored = (each for each in container.demux(video=0) if each.size)
            for frame, packet in zip(index.order[:kept], stored, strict=False):
                yield packet, start + int(frame)
        if kept < part.frames:
            frames = pictures(part, following, first=kept, fade=faded, size=index.size)
            for number, packet in enumerate(tails.encode(frames), start + kept):
                yield packet, number
        start += part.frames


def _timed(
    packets: Iterator[tuple[AnyPacket, int]], indices: Sequence[PacketIndex]
) -> Iterator[AnyPacket]:
    """The packets with the times at which they are decoded and shown."""
    delay = max(index.delay for index in indices)
    for number, (packet, frame) in enumerate(packets):
        packet.time_base, packet.duration = _TIME_BASE, 1
        packet.dts, packet.pts = number - delay, frame
        yield packet


def _encoded(parts: Sequence[PartVideo], encoder: WholeEncoder, fade: int) -> Iterator[AnyPacket]:
    """Yield the packets of all frames, re-encoded in the size of the first part."""
    number = 0
    for part, following in _neighbours(parts):
        faded = min(fade, part.frames) if following else 0
        for frame in pictures(part, following, first=0, fade=faded, size=encoder.size):
            yield from encoder.encode(frame, number)
            number += 1
    yield from encoder.encode(None, number)


def _neighbours(parts: Sequence[PartVideo]) -> Iterator[tuple[PartVideo, PartVideo | None]]:
    """Each part with the one that follows."""
    return zip_longest(parts, parts[1:])
