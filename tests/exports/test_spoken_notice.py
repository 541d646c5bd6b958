"""The spoken notice of sound alone."""

import numpy as np

from talkinghead.av.sound import Sound
from talkinghead.exports.label.spoken_notice import EVERY_SECONDS, notice_times, with_notice
from talkinghead.speech.text.timed_words import TimedWord

RATE = 8000


def steady(seconds: int) -> tuple[TimedWord, ...]:
    """A word a second, with half a second of silence after each."""
    return tuple(TimedWord("word", float(at), at + 0.5) for at in range(seconds))


def test_a_short_speech_begins_with_it_and_is_whole() -> None:
    speech = Sound(np.full(2 * RATE, 0.5, np.float32), RATE)
    notice = Sound(np.full(12_000, 0.25, np.float32), 12_000)  # one second, at another rate
    made = with_notice(speech, notice, steady(2))
    assert made.rate == RATE
    assert abs(float(np.median(made.samples[: RATE - 100])) - 0.25) < 0.01
    np.testing.assert_array_equal(made.samples[-2 * RATE :], speech.samples)
    assert 3.2 < made.seconds < 3.8


def test_in_a_long_one_it_is_repeated_between_words_but_not_just_before_the_end() -> None:
    times = list(notice_times(300.0, steady(300)))
    assert times == [EVERY_SECONDS + 0.75, 2 * EVERY_SECONDS + 0.75]  # each within a gap
    assert list(notice_times(130.0, steady(130))) == []
    speech = Sound(np.full(300 * 100, 0.5, np.float32), 100)
    made = with_notice(speech, Sound(np.full(100, 0.25, np.float32), 100), steady(300))
    quiet = np.abs(made.samples - 0.25) < 0.01
    assert int(quiet.sum()) == 300  # three times a second of it
    np.testing.assert_array_equal(made.samples[made.samples == 0.5], speech.samples)
