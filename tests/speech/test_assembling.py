"""Sentences become one speech."""

import numpy as np
import pytest

from talkinghead.av.sound import Sound
from talkinghead.speech.assembling import SpokenSentence, assembled
from talkinghead.speech.text.timed_words import TimedWord


def said(text: str, seconds: float, rate: int = 44_100) -> SpokenSentence:
    tone = 0.3 * np.sin(np.arange(round(seconds * rate)) * 0.2)
    silence = np.zeros(rate // 2)
    return SpokenSentence(
        text, Sound(np.concatenate([silence, tone, silence]).astype(np.float32), rate)
    )


def test_every_sentence_begins_on_a_frame() -> None:
    times = assembled([said("a", 1.013), said("b", 0.777), said("c", 2.1)]).sentences
    starts = [each.start * 25 for each in times]
    assert starts == pytest.approx([round(start) for start in starts], abs=1e-6)


def test_pauses_are_as_asked_to_a_frame() -> None:
    first, second = said("a", 1.0), said("b", 1.0)
    speech = assembled([SpokenSentence("a", first.sound, pause_after=2.0), second])
    sound, times = speech.sound, speech.sentences
    assert 2.0 <= times[1].start - times[0].end < 2.04
    assert sound.seconds * 25 == round(sound.seconds * 25)


def test_a_sentence_sounds_the_same_anywhere_in_a_script() -> None:
    speeches = [
        assembled([said("a", 1.0), said("b", 1.3)]),
        assembled([said("other", 1.717), said("b", 1.3)]),
    ]
    first, second = (
        each.sound.samples[round(each.sentences[1].start * 44_100) :] for each in speeches
    )
    assert np.array_equal(first, second)


def test_words_move_with_their_sentence() -> None:
    first, second = said("a", 1.0), said("b", 1.0)
    word = TimedWord("b", 0.5, 1.5)  # all that is heard, after half a second of silence
    speech = assembled([first, SpokenSentence("b", second.sound, words=[word])])
    (found,) = speech.words
    assert found.start == pytest.approx(speech.sentences[1].start + 0.04, abs=0.002)
    assert found.end == pytest.approx(speech.sentences[1].end - 0.04, abs=0.002)


def test_rates_must_agree() -> None:
    with pytest.raises(ValueError, match="one sample rate"):
        assembled([said("a", 1.0), said("b", 1.0, rate=24_000)])
