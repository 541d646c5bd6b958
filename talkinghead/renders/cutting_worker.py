"""Tasks that cut recordings for long videos, for `talkinghead.decoding_worker`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from talkinghead.av.length import length_of
from talkinghead.av.measured import length_facts
from talkinghead.av.sound import Sound, read_sound, write_sound
from talkinghead.renders.parts.split_recording import SpeechSegment, split_speech
from talkinghead.speech.text.sentence_times import TimedSentence
from talkinghead.speech.text.timed_words import TimedWord

Order = Mapping[str, Any]


def _cut(order: Order, folder: Path) -> dict[str, Any]:
    """Cut a recording: {"file", "longest_frames", "sentences", "words", "earlier", "kept"} → its
    segments without their sounds, and the WAVs of those whose places are in "kept"."""
    segments = _segments(order)
    for place in order["kept"]:
        write_sound(segments[place].sound, folder / f"{place}.wav")
    return {"segments": [_facts(each) for each in segments]}


TASKS: Mapping[str, Callable[[Order, Path], dict[str, Any]]] = {"render.cut": _cut}


def _segments(order: Order) -> list[SpeechSegment]:
    sound = read_sound(Path(order["file"]), keep_offset=True)
    nothing = Sound(np.zeros(0, np.float32), sound.rate)
    return list(
        split_speech(
            sound,
            order["longest_frames"],
            sentences=[TimedSentence(*each) for each in order["sentences"]],
            words=[TimedWord(*each) for each in order["words"]],
            earlier=[
                SpeechSegment(0, frames, nothing, tuple(sentences))
                for frames, sentences in order["earlier"]
            ],
        )
    )


def _facts(segment: SpeechSegment) -> dict[str, Any]:
    return {
        "start_frame": segment.start_frame,
        "frames": segment.frames,
        "content": segment.fingerprint,
        "sentences": list(segment.sentences),
        **length_facts(length_of(segment.sound)),
    }
