"""A long draft is made in pieces: it can be ended after each, and goes on from there."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from talkinghead.av.sound import Sound, read_sound
from talkinghead.av.video import probe
from talkinghead.draft import kept_breaths
from talkinghead.draft.image_sampling import Image
from talkinghead.draft.pieces import PIECE_SECONDS, Pieces, pieces_folder
from talkinghead.speech.local_voice.kokoro import Kokoro, Spoken
from talkinghead.speech.local_voice.synthesis import say
from talkinghead.speech.text.utterance import Speech, TimedPhoneme, TimedWord

FPS, SIZE = 5, (64, 48)
PIECE = PIECE_SECONDS * FPS
FRAMES = 2 * PIECE + 30


class Ended(Exception):
    """The process was ended."""


def frames(first: int, drawn: list[int], end: int = FRAMES) -> Iterator[Image]:
    """Frames that grow lighter; they note that they were drawn."""
    for number in range(first, end):
        drawn.append(number)
        yield np.full((SIZE[1], SIZE[0], 3), number * 255 // FRAMES, np.uint8)


def tone() -> Sound:
    samples = 0.5 * np.sin(np.arange(round(FRAMES / FPS * 8000)) * 0.3)
    return Sound(samples.astype(np.float32), 8000)


def kept(out: Path, content: str = "a", *, ending: bool = False) -> Pieces:
    """The pieces of a draft, whose process may be ended as soon as something is finished."""

    def end() -> None:
        if ending:
            raise Ended

    return Pieces(out, FPS, content, end)


def speech() -> Speech:
    words = (TimedWord("Hello.", 0.2, 0.9),)
    return Speech(tone(), (TimedPhoneme("h", 0.0, 1.0),), words, "en")


def brightness(path: Path) -> list[float]:
    with av.open(str(path), "r") as file:
        return [float(frame.to_ndarray(format="gray").mean()) for frame in file.decode(video=0)]


def test_a_draft_that_is_ended_after_each_piece_is_drawn_once_and_whole(tmp_path: Path) -> None:
    out, drawn = tmp_path / "video.mp4", list[int]()
    with pytest.raises(Ended):
        kept(out, ending=True).keep_speech((speech(), "af_heart"))
    for _ in range(3):
        pieces = kept(out, ending=True)
        first = pieces.finished_frames(FRAMES)
        with pytest.raises(Ended):
            list(pieces.write(frames(first, drawn), first, SIZE))
    pieces = kept(out)
    assert pieces.finished_frames(FRAMES) == FRAMES
    assert drawn == list(range(FRAMES))
    pieces.join(tone(), FRAMES)
    facts = probe(out)
    assert (facts.frames, facts.has_sound) == (FRAMES, True)
    assert read_sound(out).seconds == pytest.approx(FRAMES / FPS, abs=0.1)
    shown = brightness(out)
    assert len(shown) == FRAMES
    assert all(after > before - 1 for before, after in pairwise(shown))
    assert not pieces_folder(out).exists()


def test_a_piece_that_was_not_finished_is_drawn_again(tmp_path: Path) -> None:
    pieces, drawn = kept(tmp_path / "video.mp4"), list[int]()
    pieces.keep_speech((speech(), None))
    written = pieces.write(frames(0, drawn), 0, SIZE)
    assert list(islice(written, PIECE + 5))[-1] == PIECE + 5
    del written  # as the process would end
    assert kept(tmp_path / "video.mp4").finished_frames(FRAMES) == PIECE


def test_the_speech_is_kept_as_it_was_made(tmp_path: Path) -> None:
    kept(tmp_path / "video.mp4").keep_speech((speech(), "af_heart"))
    found = kept(tmp_path / "video.mp4").speech()
    assert found is not None
    again, voice = found
    assert (again.phonemes, again.words, voice) == (speech().phonemes, speech().words, "af_heart")
    assert np.array_equal(again.sound.samples, speech().sound.samples)


def test_pieces_of_something_else_are_not_used(tmp_path: Path) -> None:
    kept(tmp_path / "video.mp4", "a").keep_speech((speech(), None))
    assert kept(tmp_path / "video.mp4", "b").speech() is None
    assert not pieces_folder(tmp_path / "video.mp4").exists()


def test_a_short_draft_is_made_at_once(tmp_path: Path) -> None:
    pieces = kept(tmp_path / "video.mp4")
    assert not pieces.is_needed(PIECE)
    assert pieces.is_needed(PIECE + 1)


def test_a_script_that_is_ended_after_each_breath_is_spoken_once_and_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "One two three. Four five six. Seven eight nine."
    at_once = say(script, "af_heart")
    asked: list[str] = []
    speak = Kokoro.speak

    def counted(self: Kokoro, symbols: Sequence[str]) -> Spoken:
        asked.append("".join(symbols))
        return speak(self, symbols)

    monkeypatch.setattr(Kokoro, "speak", counted)
    monkeypatch.setattr(kept_breaths, "TURN_SECONDS", 0.0)
    for number in (1, 2, 3):
        with pytest.raises(Ended):
            say(script, "af_heart", None, kept(tmp_path / "video.mp4", ending=True).breaths())
        assert len(asked) == number
    again = say(script, "af_heart", None, kept(tmp_path / "video.mp4", ending=True).breaths())
    assert len(asked) == len(set(asked)) == 3
    assert np.array_equal(again.sound.samples, at_once.sound.samples)
    assert (again.phonemes, again.words) == (at_once.phonemes, at_once.words)


def test_a_worker_speaks_for_a_while_before_it_may_be_ended(tmp_path: Path) -> None:
    breaths = kept(tmp_path / "video.mp4", ending=True).breaths()
    breaths.keep("af_heart", "a", Spoken(np.zeros(600, np.float32), np.ones(1, np.int64)))
    assert breaths.read("af_heart", "a") is not None
    assert breaths.read("am_puck", "a") is None


def test_nothing_is_left_of_a_draft_that_is_finished(tmp_path: Path) -> None:
    pieces = kept(tmp_path / "video.mp4")
    pieces.breaths()
    pieces.delete()
    assert not pieces_folder(tmp_path / "video.mp4").exists()
