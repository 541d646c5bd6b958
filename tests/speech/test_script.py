"""The words of a script. Refused scripts are tested in test_bad_inputs."""

from decimal import Decimal

import pytest

from talkinghead.speech.text.script import estimate_seconds, script_words

# Seconds that the local voices take on average, as measured when the guess was fitted.
MEASURED = {
    "Hello there.": 1.7,
    "Meet the new Aurora desk lamp. It adjusts to your day, from the first coffee to the last page,"
    " and it uses less power than ever. Order today and get free shipping!": 11.0,
    "In 2026 we sold 1,250,000 units at $19.99 each, up 12% from last year. The meeting starts at "
    "3:30 on May 4.": 13.7,
    "The administration's extraordinary characterization of international telecommunications "
    "infrastructure requires considerable qualification.": 9.8,
    "The CEO of IBM spoke to the BBC about AI, APIs and the USA.": 6.4,
    "Visit www.example.com or mail info@example.com for more.": 5.4,
    "Welcome back\n\nToday we talk about three things\nfirst, sleep\nsecond, food\nthird, "
    "walking": 6.5,
    "Shall I compare thee to a summer's day? Thou art more lovely and more temperate: rough winds "
    "do shake the darling buds of May, and summer's lease hath all too short a date.": 11.3,
}  # fmt: skip


@pytest.mark.parametrize("script", MEASURED)
def test_the_guess_is_within_fifteen_percent_of_real_voices(script: str) -> None:
    assert float(estimate_seconds(script)) == pytest.approx(MEASURED[script], rel=0.15)


def test_a_longer_script_takes_longer() -> None:
    assert estimate_seconds("one two three four") < estimate_seconds("one two three four five six")


def test_a_faster_pace_takes_less_time() -> None:
    script = "The quick brown fox jumps over the lazy dog. " * 10
    ratio = estimate_seconds(script) / estimate_seconds(script, pace=2.0)
    assert float(ratio) == pytest.approx(2.0, abs=0.01)


def test_nothing_to_say_takes_no_time() -> None:
    assert estimate_seconds("") == Decimal("0.0")


def test_emoji_take_time_as_they_are_read_aloud() -> None:
    assert 1 < estimate_seconds("🎉🚀") < 5


@pytest.mark.parametrize("script", ["你好，世界。今天天气很好。", "שלום לכולם, מה שלומכם היום?"])
def test_other_languages_take_time_too(script: str) -> None:
    assert 2 < estimate_seconds(script) < 8


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("", 0),
        ("one", 1),
        ("Don't stop - it's state-of-the-art.", 4),
        ("... !", 0),
        ("$19.99 is 20% off", 4),
        ("你好 world", 3),
        ("🎉", 0),
    ],
)
def test_words_are_counted_as_a_person_counts_them(script: str, words: int) -> None:
    assert script_words(script) == words
