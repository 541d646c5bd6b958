"""Divides a video into segments, one request each, with the inputs for it alone.

Cutting a speech reads all of it; where it was cut is remembered, so that a page may ask again at
each of its runs.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from threading import Lock
from typing import Any, Protocol

from talkinghead.catalogue import FRAMES_PER_SECOND, LongVideoPart, ModelInput, SpeechLength

REMEMBERED = 64  # speeches in one process


class SaidAt(Protocol):
    """A word or a sentence with its time in seconds."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


@dataclass(frozen=True)
class Said:
    """The sentences and words of a recording with their times, if they are known."""

    sentences: Sequence[SaidAt] = ()
    words: Sequence[SaidAt] = ()


@dataclass(frozen=True)
class SoundSegment:
    """A segment of a recording, without its sound.

    Attributes:
        start_frame, frames: of the whole video, at 25 a second.
        seconds: of sound that the model hears, with the silence after it.
        quiet_end: of them those at its end that are quiet.
        content: a hash of that sound, independent of its place in the recording.
        sentences: what is said in it, where that is known.
    """

    start_frame: int
    frames: int
    seconds: Decimal
    quiet_end: Decimal
    content: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """The part of a video that one request makes.

    Attributes:
        input: the model's inputs for it; the recording of a segment is not stored yet.
        speech: what the model is given to say.
        start, seconds: of the whole video; guesses for a script.
        sentences: what is said in it, where that is known.
        frames: of the whole video, or None if the segment's own sound determines them.
        fingerprint: what would come out the same again, or None where that cannot be known yet.
    """

    input: ModelInput
    speech: SpeechLength
    start: Decimal
    seconds: Decimal
    sentences: tuple[str, ...] = ()
    frames: int | None = None
    fingerprint: str | None = None


def whole(input: ModelInput, speech: SpeechLength, sentences: tuple[str, ...] = ()) -> Segment:
    """Return a single segment: the whole video."""
    return Segment(input, speech, Decimal(0), speech.seconds, sentences)


def even_segments(input: ModelInput, speech: SpeechLength) -> list[Segment]:
    """Return equal segments, as many as there will be: for a price before there is a speech to
    cut."""
    longest = _longest(input, speech)
    count = int((speech.seconds / longest).to_integral_value(rounding=ROUND_CEILING))
    one = SpeechLength(speech.seconds / count, speech.source)
    followed = _followed(input, one)
    return [Segment(followed, one, one.seconds * number, one.seconds) for number in range(count)]


def script_segments(input: ModelInput, speech: SpeechLength) -> list[Segment]:
    """Return the segments of a script that the model speaks itself, cut between sentences."""
    from talkinghead.renders.parts.split_script import split_script
    from talkinghead.speech.text.script import estimate_seconds

    field, segments, start = input.script_field or "", list[Segment](), Decimal(0)
    for sentences in split_script(input.script or "", _longest(input, speech)):
        text = " ".join(sentences)
        length = SpeechLength(estimate_seconds(text), "script")
        alone = _followed(input, length, **{field: text})
        same = fingerprint(alone)
        segments.append(Segment(alone, length, start, length.seconds, sentences, None, same))
        start += length.seconds
    return segments


def recording_segments(input: ModelInput, sound_segments: Sequence[SoundSegment]) -> list[Segment]:
    """Return the segments of a recording that was cut."""
    segments = []
    for sound_segment in sound_segments:
        seconds = Decimal(sound_segment.frames) / FRAMES_PER_SECOND
        alone = _followed(input, SpeechLength(seconds, "recording"))
        segments.append(
            Segment(
                input=alone,
                speech=SpeechLength(sound_segment.seconds, "recording", sound_segment.quiet_end),
                start=Decimal(sound_segment.start_frame) / FRAMES_PER_SECOND,
                seconds=seconds,
                sentences=sound_segment.sentences,
                frames=sound_segment.frames,
                fingerprint=fingerprint(alone, sound_segment.content),
            )
        )
    return segments


def fingerprint(input: ModelInput, sound: str | None = None) -> str:
    """Return the identity of a segment: a hash of endpoint, arguments and content."""
    arguments: dict[str, Any] = dict(input.arguments())
    if input.recording_field and sound is not None:
        arguments[input.recording_field] = sound
    content = json.dumps([input.endpoint_id, arguments], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


class RecordingCutter:
    """Cuts recordings for models with a limited length, and caches the cuts; one per studio."""

    def __init__(self) -> None:
        self._lock = Lock()  # pages ask from threads of their own
        self._known: OrderedDict[tuple[object, ...], tuple[SoundSegment, ...]] = OrderedDict()

    def sound_segments(
        self,
        reference: str,
        cut: Callable[[], Sequence[SoundSegment]],
        longest_frames: int,
        said: Said,
        earlier: Sequence[LongVideoPart],
    ) -> tuple[SoundSegment, ...]:
        """Return the segments of a recording.

        Args:
            reference: of the recording; its name is its content.
            cut: cuts it.
            longest_frames: the model's cap.
            said: what is said when.
            earlier: where it was cut before it was edited.
        """
        before = tuple(part.sentences for part in earlier)
        key = (reference, longest_frames, before, _digest(said))
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = tuple(cut())
            with self._lock:
                self._known[key] = known
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
        return known


def _digest(said: Said) -> str:
    rows = [[each.text, each.start, each.end] for each in (*said.sentences, *said.words)]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _longest(input: ModelInput, speech: SpeechLength) -> Decimal:
    """Return the seconds of speech that one request takes; an estimate leaves a margin for a slower
    voice."""
    longest = (input.longest_seconds or speech.seconds) - input.quiet_end
    return longest / input.guess_margin if speech.approximate else longest


def _followed(input: ModelInput, speech: SpeechLength, **changes: object) -> ModelInput:
    """Return the inputs for so much speech; validated only once they are complete, when they are
    ordered."""
    return input.model_copy(update={**input.following(speech), **changes})


def longest_frames(input: ModelInput) -> int:
    """Return the maximum of frames that one request makes."""
    assert input.longest_seconds is not None  # noqa: S101  only such a model's speech is cut
    return int((input.longest_seconds - input.quiet_end) * FRAMES_PER_SECOND)


def numbered(title: str, number: int, count: int) -> str:
    """Return the title of a part in the ledger."""
    return f"{title}, part {number} of {count}"
