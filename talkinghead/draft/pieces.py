"""A long draft in pieces, so that it can be set aside between two of them and taken up again.

Whatever is finished stays in a folder beside the video: what is spoken of the script, the whole
speech, and the frames of each piece as a silent video. A process that ends in between loses the
piece it was at. At last the pieces are put together without encoding their frames again.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np

from talkinghead.av.sound import Sound
from talkinghead.av.video_writer import SoundTrackWriter, VideoWriter, unfinished_path
from talkinghead.draft.image_sampling import Image
from talkinghead.draft.kept_breaths import KeptBreaths
from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.utterance import Speech, TimedPhoneme

PIECE_SECONDS = 20
CONTENT = "content"  # the file that names what the pieces are of
Spoken = tuple[Speech, str | None]
"""A speech, and the local voice that says it."""


class Pieces:
    """The pieces of one draft.

    Args:
        out: the finished video.
        fps: frames a second; an attribute, too.
        content: the identity of what is drawn; pieces of anything else are deleted.
        on_finished: called whenever something is finished that stays; the process may be ended
            then.
    """

    def __init__(self, out: Path, fps: int, content: str, on_finished: Callable[[], None]) -> None:
        self._out = out
        self.fps = fps
        self._length = PIECE_SECONDS * fps
        self._on_finished = on_finished
        self._folder = pieces_folder(out)
        self._content = content
        known = self._folder / CONTENT
        if self._folder.exists() and not (known.exists() and known.read_text() == content):
            shutil.rmtree(self._folder)

    def is_needed(self, frames: int) -> bool:
        """Whether a video of so many frames is made in pieces."""
        return frames > self._length

    def breaths(self) -> KeptBreaths:
        """Return what is spoken of the script, which grows as the rest of it is spoken."""
        self._begin()
        return KeptBreaths(self._folder, self._on_finished)

    def speech(self) -> Spoken | None:
        """Return the speech if it was made before."""
        facts, samples = self._folder / "speech.json", self._folder / "speech.npy"
        if not facts.exists():
            return None
        known = json.loads(facts.read_bytes())
        speech = Speech(
            Sound(np.load(samples), known["rate"]),
            tuple(TimedPhoneme(**each) for each in known["phonemes"]),
            tuple(TimedWord(**each) for each in known["words"]),
            known["language"],
        )
        return speech, known["voice"]

    def keep_speech(self, spoken: Spoken) -> None:
        """Keep a speech that takes long to make."""
        speech, voice = spoken
        self._begin()
        np.save(self._folder / "speech.npy", speech.sound.samples)
        known = {
            "rate": speech.sound.rate,
            "phonemes": [asdict(each) for each in speech.phonemes],
            "words": [asdict(each) for each in speech.words],
            "language": speech.language,
            "voice": voice,
        }
        part = self._folder / "speech.part"
        part.write_text(json.dumps(known), encoding="utf-8")
        part.replace(self._folder / "speech.json")
        self._on_finished()

    def finished_frames(self, frames: int) -> int:
        """Return the number of frames in the pieces that are finished."""
        done = 0
        while done < frames and self._piece(done).exists():
            done += self._length
        return min(done, frames)

    def write(self, frames: Iterable[Image], first: int, size: tuple[int, int]) -> Iterator[int]:
        """Write frames into pieces; yields the number of each once it is written.

        Args:
            frames: from `first` on.
            first: the number of finished frames.
            size: width and height in px.
        """
        left = iter(frames)
        while (frame := next(left, None)) is not None:
            with VideoWriter(self._piece(first), *size, self.fps) as writer:
                for place, each in enumerate(_with_first(frame, left, self._length), 1):
                    writer.write(each)
                    yield first + place
            first += self._length
            self._on_finished()

    def join(self, sound: Sound, frames: int) -> None:
        """Put the finished pieces together with the sound, into the video."""
        unfinished = unfinished_path(self._out)
        with av.open(str(unfinished), "w", options={"movflags": "+faststart"}) as file:
            starts = range(0, frames, self._length)
            with av.open(str(self._piece(0)), "r") as first:
                pictures = file.add_stream_from_template(first.streams.video[0])
            track = SoundTrackWriter(file, sound)
            for start in starts:
                with av.open(str(self._piece(start)), "r") as piece:
                    stream = piece.streams.video[0]
                    assert stream.time_base is not None  # noqa: S101  of a file of ours
                    shift = round(Fraction(start, self.fps) / stream.time_base)
                    for packet in piece.demux(stream):
                        if packet.dts is None or packet.pts is None:
                            continue
                        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                        packet.stream = pictures
                        seconds = float(packet.pts * stream.time_base)
                        file.mux(packet)
                        track.write_until(seconds)
            track.finish()
        unfinished.replace(self._out)
        self.delete()

    def delete(self) -> None:
        """Delete what is kept of a draft that is finished."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _begin(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / CONTENT).write_text(self._content)

    def _piece(self, first: int) -> Path:
        return self._folder / f"{first}.mp4"


def pieces_folder(out: Path) -> Path:
    """Return the folder of a video's pieces."""
    return out.with_name(f".{out.stem}.pieces")


def _with_first(frame: Image, others: Iterator[Image], most: int) -> Iterator[Image]:
    yield frame
    yield from islice(others, most - 1)
