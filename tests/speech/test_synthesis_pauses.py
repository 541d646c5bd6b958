"""Pauses that a script asks for, and sentences spoken apart from one another."""

import numpy as np
import pytest

from talkinghead.core.errors import InvalidScript
from talkinghead.speech.local_voice.synthesis import PAUSE_SECONDS, say, say_each, utterances

pytestmark = pytest.mark.usefixtures("uncached_voice")


def test_a_pause_mark_sets_the_pause_and_is_not_said() -> None:
    first, second, third = utterances("One. [pause 0.8] Two [pause 2] three.")
    assert [each.pause_after for each in (first, second, third)] == [0.8, 2.0, PAUSE_SECONDS]
    assert [word.text for word in second.words] == ["Two"]


def test_a_script_of_nothing_but_pauses_cannot_be_said() -> None:
    with pytest.raises(InvalidScript):
        say("[pause 1] [pause]", "af_heart")


def test_the_pause_is_heard() -> None:
    speech = say("One. [pause 1.2] Two.", "af_heart")
    first, second = speech.words
    assert 1.2 <= second.start - first.end < 1.6


def test_a_sentence_sounds_the_same_whatever_is_said_beside_it() -> None:
    kept = "This one stays as it is."
    first = say_each(["Something short.", kept], "af_heart")[1]
    second = say_each(["Something else, and longer.", "你好。", kept], "af_heart")
    assert second[1] is None
    assert first is not None
    assert second[2] is not None
    assert np.array_equal(first.sound.samples, second[2].sound.samples)
    assert [word.text for word in first.words] == kept.split()
