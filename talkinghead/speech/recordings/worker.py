"""Tasks on sounds, for `talkinghead.decoding_worker`: nothing else opens a recording."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from talkinghead.av.length import length_of
from talkinghead.av.measured import length_facts
from talkinghead.av.resampling import samples_at
from talkinghead.av.sound import Sound, read_sound, write_sound
from talkinghead.speech.recordings.editing import edit_recording, loudness_columns, read_part
from talkinghead.speech.recordings.values import RecordingEdit

LISTENING_RATE = 24_000  # samples a second of what a page plays: all that speech needs

Order = Mapping[str, Any]


def _read(order: Order, folder: Path) -> dict[str, Any]:
    """Read the sound of any file: {"file", "seconds"?} → its WAV and its length."""
    sound = read_sound(Path(order["file"]))
    if (seconds := order.get("seconds")) is not None:
        sound = Sound(sound.samples[: math.floor(seconds * sound.rate)], sound.rate)
    return _written(sound, folder)


def _edit(order: Order, folder: Path) -> dict[str, Any]:
    """Edit a recording: {"file", "edit"} → the WAV of what is left, and its length."""
    return _written(_edited(order), folder)


def _preview(order: Order, folder: Path) -> dict[str, Any]:
    """Edit a recording for a page's player: {"file", "edit"} → an MP3, and the length."""
    sound = _edited(order)
    path = folder / "preview.mp3"
    write_sound(_to_listen(sound), path)
    return {"file": path.name, **length_facts(length_of(sound))}


def _measure(order: Order, folder: Path) -> dict[str, Any]:
    """Measure a recording: {"file"} → its length."""
    return length_facts(length_of(read_sound(Path(order["file"]))))


def _listen(order: Order, folder: Path) -> dict[str, Any]:
    """Encode a recording for a page's player: {"file"} → an MP3."""
    path = folder / "listen.mp3"
    write_sound(read_sound(Path(order["file"]), LISTENING_RATE), path)
    return {"file": path.name}


def _loudness(order: Order, folder: Path) -> dict[str, Any]:
    """Measure a recording's loudness over time: {"file", "columns"}."""
    peaks, means = loudness_columns(read_sound(Path(order["file"])), order["columns"])
    return {"peaks": peaks.round(5).tolist(), "means": means.round(5).tolist()}


TASKS: Mapping[str, Callable[[Order, Path], dict[str, Any]]] = {
    "recording.read": _read,
    "recording.edit": _edit,
    "recording.preview": _preview,
    "recording.measure": _measure,
    "recording.listen": _listen,
    "recording.loudness": _loudness,
}


def _edited(order: Order) -> Sound:
    edit = RecordingEdit(**order["edit"])
    kept = read_part(Path(order["file"]), edit.start, edit.end)
    return edit_recording(kept, replace(edit, start=0.0, end=None))


def _to_listen(sound: Sound) -> Sound:
    rate = min(LISTENING_RATE, sound.rate)
    return Sound(samples_at(sound, rate), rate)


def _written(sound: Sound, folder: Path) -> dict[str, Any]:
    path = folder / "sound.wav"
    write_sound(sound, path)
    return {"file": path.name, **length_facts(length_of(sound))}
