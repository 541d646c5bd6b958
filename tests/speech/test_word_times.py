"""Word times from the best source."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from talkinghead.av.sound import Sound, read_sound
from talkinghead.speech.alignment.word_spread import spread
from talkinghead.speech.alignment.word_times import shown_text, word_times
from talkinghead.speech.local_voice.synthesis import say
from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.utterance import Speech

SCRIPT = (
    "Good morning everyone, and thank you for joining us. My name is Lisa. You choose a portrait."
)
JFK = Path(__file__).parents[1] / "data" / "speech" / "jfk.flac"


@cache
def speech() -> Speech:
    return say(SCRIPT, "af_heart")


def late(words: tuple[TimedWord, ...], known: tuple[TimedWord, ...]) -> list[float]:
    return [a.start - b.start for a, b in zip(words, known, strict=True)]


def test_the_local_voice_is_believed_and_the_script_is_shown() -> None:
    found = word_times(speech().sound, f"🔥 {SCRIPT} 🎉", spoken=speech().words)
    assert found.source == "engine"
    assert found.words[0].text == "🔥 Good"
    assert found.words[-1].text == "portrait. 🎉"
    assert late(found.words, speech().words) == [0] * len(speech().words)


def test_what_a_voice_sends_along_is_used_where_it_fits() -> None:
    answer = {"timestamps": [vars(word) for word in speech().words]}
    found = word_times(speech().sound, SCRIPT, answer=answer)
    assert found.source == "voice"
    assert max(map(abs, late(found.words, speech().words))) < 0.01


def test_times_that_are_all_shifted_are_put_right() -> None:
    answer = [{"word": w.text, "start": w.start + 0.3, "end": w.end + 0.3} for w in speech().words]
    found = word_times(speech().sound, SCRIPT, answer=answer)
    assert found.source == "voice"
    assert float(np.median(np.abs(late(found.words, speech().words)))) < 0.08


def test_times_of_another_speech_are_not_used_and_the_sound_is_heard() -> None:
    answer = [{"word": w.text, "start": w.start * 4, "end": w.end * 4} for w in speech().words]
    found = word_times(speech().sound, SCRIPT, answer=answer)
    assert found.source == "aligned"
    errors = np.abs(late(found.words, speech().words))
    assert np.median(errors) < 0.06
    assert np.percentile(errors, 95) < 0.15


def test_a_language_that_nobody_hears_is_spread_over_the_speech() -> None:
    found = word_times(speech().sound, "皆さん、おはようございます。私の名前はリサです。")
    assert found.source == "spread"
    assert (
        "".join(word.text for word in found.words)
        == "皆さん、おはようございます。私の名前はリサです。"
    )


@pytest.mark.parametrize("script", [SCRIPT, "One.", "A, b, c, d, e, f, g, h, i, j. " * 9])
def test_guessed_times_are_in_order_and_within_the_sound(script: str) -> None:
    words = spread(script, speech().sound)
    assert all(word.start <= word.end for word in words)
    assert all(a.end <= b.start + 1e-6 for a, b in pairwise(words))
    assert words[0].start >= 0
    assert words[-1].end <= speech().sound.seconds + 1e-6


def test_guessed_times_are_near_the_truth() -> None:
    errors = np.abs(late(spread(SCRIPT, speech().sound), speech().words))
    assert np.median(errors) < 0.25


def test_a_real_recording_keeps_its_sentence() -> None:
    text = (
        "And so, my fellow Americans, ask not what your country can do for you, "
        "ask what you can do for your country."
    )
    found = word_times(read_sound(JFK), text)
    assert found.source == "aligned"
    assert [word.text for word in found.words] == text.split()


def test_silence_and_an_empty_script_give_what_they_can() -> None:
    silent = Sound(np.zeros(16_000, np.float32), 16_000)
    assert len(word_times(silent, "Two words").words) == 2
    assert spread("", silent) == ()


def test_marks_of_pauses_and_emphasis_are_not_shown() -> None:
    assert shown_text("Wait [pause 0.8] **now** — “yes”").split() == ["Wait", "now", "—", '"yes"']
    assert shown_text("Wait — “yes”") == "Wait — “yes”"
