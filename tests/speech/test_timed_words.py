"""Word times from a voice's answer, checked against its sound."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from talkinghead.av.sound import Sound, read_sound
from talkinghead.speech.text.timed_words import (
    TimedWord,
    check_times,
    read_times,
    word_values,
    words_of,
)

JFK = Path(__file__).parents[1] / "data" / "speech" / "jfk.flac"
TEXT = "Hello big world."
STARTS = [at / 10 for at in range(len(TEXT))]
ENDS = [at / 10 + 0.1 for at in range(len(TEXT))]
WORDS = [("Hello", 0.0, 0.5), ("big", 0.6, 0.9), ("world.", 1.0, 1.6)]


def columns(first: int = 0, last: int | None = None, late: float = 0.0) -> dict[str, Any]:
    return {
        "characters": list(TEXT[first:last]),
        "character_start_times_seconds": [at - late for at in STARTS[first:last]],
        "character_end_times_seconds": [at - late for at in ENDS[first:last]],
    }


@pytest.mark.parametrize(
    "answer",
    [
        columns(),
        {"audio": {"url": "https://…"}, "timestamps": [columns()]},
        {"alignment": columns(), "normalized_alignment": columns()},
        [columns(0, 6), columns(6, None)],
        [columns(0, 6), columns(6, None, late=0.6)],  # each chunk from zero
        {"characters": list(TEXT), "characterStartTimesSeconds": STARTS,
         "characterEndTimesSeconds": ENDS},
        {"timestamps": [{"word": w, "start": s, "end": e} for w, s, e in WORDS]},
        [{"text": w, "start_time": s * 1000, "end_time": e * 1000} for w, s, e in WORDS],
        [{"char": c, "start": s, "end": e} for c, s, e in zip(TEXT, STARTS, ENDS, strict=True)],
    ],
)  # fmt: skip
def test_every_likely_shape_is_understood(answer: Any) -> None:
    found = read_times(answer, seconds=1.6)
    assert [word.text for word in found] == [word for word, _, _ in WORDS]
    assert [(w.start, w.end) for w in found] == [pytest.approx((s, e)) for _, s, e in WORDS]


@pytest.mark.parametrize(
    "answer",
    [None, [], {}, "text", 3, {"audio": {"url": "x", "start": 1}}, {"characters": ["a"]},
     {"characters": ["a", "b"], "starts": [0.0], "ends": [1.0]},
     [{"word": "a", "start": "0", "end": None}]],
)  # fmt: skip
def test_an_answer_without_times_gives_none(answer: Any) -> None:
    assert read_times(answer, seconds=2.0) == ()


def test_words_keep_their_times_to_a_millisecond_as_json() -> None:
    words = [TimedWord("Hello", 0.00049, 0.5), TimedWord("🎉 big", 0.6004, 0.9996)]
    for word, kept in zip(words, words_of(json.loads(json.dumps(word_values(words)))), strict=True):
        assert kept.text == word.text
        assert kept.start == pytest.approx(word.start, abs=0.001)


def speech() -> tuple[Sound, list[TimedWord]]:
    """Four bursts of noise, and the words they stand for."""
    samples = np.zeros(4 * 16_000, np.float32)
    words = []
    for start, end in ((0.3, 0.9), (1.0, 1.5), (2.2, 2.6), (2.8, 3.6)):
        first, last = round(start * 16_000), round(end * 16_000)
        samples[first:last] = np.random.default_rng(1).normal(0, 0.1, last - first)
        words.append(TimedWord("word", start, end))
    return Sound(samples, 16_000), words


def moved(words: list[TimedWord], by: float) -> list[TimedWord]:
    return [TimedWord(word.text, word.start + by, word.end + by) for word in words]


def test_right_times_fit() -> None:
    sound, words = speech()
    check = check_times(words, sound)
    assert check.fits
    assert check.shift == 0


def test_times_of_another_sound_do_not_fit() -> None:
    sound, words = speech()
    assert not check_times(moved(words, 3.0), sound).fits  # past the end
    assert not check_times(words[:1], sound).fits  # most of what is heard has no words
    assert not check_times([TimedWord("a", 1.6, 2.1)], sound).fits  # nothing is heard there
    assert not check_times(words[::-1], sound).fits
    assert not check_times([], sound).fits


def test_times_that_are_all_late_are_noticed() -> None:
    sound, words = speech()
    assert check_times(moved(words, 0.3), sound).shift == pytest.approx(-0.3, abs=0.02)


def test_a_real_recording_is_covered_by_its_words() -> None:
    sound = read_sound(JFK)
    whole = [TimedWord("…", 0.3, 2.2), TimedWord("…", 3.2, 4.5), TimedWord("…", 5.3, 10.6)]
    assert check_times(whole, sound).fits
