"""Corrected text keeps its times."""

from itertools import pairwise

import pytest

from talkinghead.speech.alignment.realign import realigned
from talkinghead.speech.text.timed_words import TimedWord
from tests.captions.caption_samples import JAPANESE, spoken

TEXT = "we meet at three thirty in the new office tomorrow"
SAID = tuple(TimedWord(text, at / 2, at / 2 + 0.4) for at, text in enumerate(TEXT.split(" ")))


def times(words: tuple[TimedWord, ...]) -> dict[str, tuple[float, float]]:
    return {word.text: (word.start, word.end) for word in words}


def test_words_that_stay_keep_their_times_exactly() -> None:
    found = times(realigned(SAID, "We meet at 3:30 in the NEW office, tomorrow!"))
    assert found["We"] == (0.0, 0.4)
    assert found["office,"] == (4.0, 4.4)
    assert found["tomorrow!"] == (4.5, 4.9)


def test_what_replaces_words_takes_their_time() -> None:
    assert times(realigned(SAID, "we meet at 3:30 in the new office"))["3:30"] == (1.5, 2.4)


def test_emoji_are_shown_with_the_word_before() -> None:
    assert times(realigned(SAID, "we meet 🎉 at three"))["meet 🎉"] == (0.5, 0.9)


@pytest.mark.parametrize(
    "text",
    ["Hey you we meet", "we all will really meet at three", "something else entirely", "x",
     "we meet at three thirty in the new office tomorrow and then we go home again"],
)  # fmt: skip
def test_times_stay_in_order_and_within_the_speech(text: str) -> None:
    found = realigned(SAID, text)
    assert [word.text for word in found] == text.split()
    assert all(word.start < word.end for word in found)
    assert all(before.end <= after.start + 1e-9 for before, after in pairwise(found))
    assert found[-1].end <= SAID[-1].end + 1e-9


def test_japanese_phrases_keep_the_times_of_their_letters() -> None:
    said = spoken(JAPANESE)
    found = realigned(said, JAPANESE.replace("新しい", "すごい"))
    assert found[-1].end == pytest.approx(said[-1].end)
    assert found[-1].start == pytest.approx(said[-1].start, abs=0.05)


def test_nothing_said_or_nothing_shown_is_nothing() -> None:
    assert realigned([], "text") == realigned(SAID, " ") == ()
