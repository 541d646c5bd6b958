"""A long speech becomes parts."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from talkinghead.av.sound import Sound, read_sound
from talkinghead.renders.parts.split_recording import SpeechSegment, frames_of_speech, split_speech
from talkinghead.speech.assembling import AssembledSpeech, SpokenSentence, assembled
from talkinghead.speech.text.sentence_times import TimedSentence
from talkinghead.speech.text.timed_words import TimedWord

RATE = 8_000
CAP = 721
SPEECH = Path(__file__).parents[1] / "data" / "speech" / "jfk.flac"


def voice(text: str) -> Sound:
    """Something to hear for a text, always the same: 0.06 s a letter, without peaks to limit."""
    noise = np.random.default_rng(list(text.encode()))
    count = round(0.06 * len(text) * RATE)
    return Sound(noise.uniform(-0.17, 0.17, count).astype(np.float32), RATE)


def spoken(count: int = 80) -> list[SpokenSentence]:
    lengths = np.random.default_rng(1).integers(20, 110, count)
    texts = [f"Sentence {number} {'la' * (length // 2)}." for number, length in enumerate(lengths)]
    return [SpokenSentence(text, voice(text)) for text in texts]


def segments_of(sentences: list[SpokenSentence]) -> tuple[SpeechSegment, ...]:
    speech = assembled(sentences)
    return split_speech(speech.sound, CAP, sentences=speech.sentences)


@cache
def whole_speech(count: int = 80) -> AssembledSpeech:
    """The speech of `spoken`, which most tests cut."""
    return assembled(spoken(count))


@cache
def whole_parts(count: int = 80) -> tuple[SpeechSegment, ...]:
    """Its parts."""
    speech = whole_speech(count)
    return split_speech(speech.sound, CAP, sentences=speech.sentences)


def in_a_row(parts: tuple[SpeechSegment, ...], whole: int) -> bool:
    starts = [part.start_frame for part in parts]
    ends = [part.start_frame + part.frames for part in parts]
    return starts == [0, *ends[:-1]] and ends[-1] == whole


def test_parts_have_all_frames_of_the_whole_and_none_twice() -> None:
    parts = whole_parts()
    assert len(parts) > 8
    assert in_a_row(parts, frames_of_speech(whole_speech().sound))


def test_no_part_is_longer_than_the_model_takes_with_its_silence() -> None:
    for part in whole_parts():
        assert part.frames <= CAP
        assert len(part.sound.samples) * 25 / RATE <= CAP
        assert part.frames * RATE // 25 <= len(part.sound.samples)


def test_no_part_is_tiny() -> None:
    parts = whole_parts()
    assert min(part.frames for part in parts) > CAP / 4


def test_every_part_ends_in_silence() -> None:
    for part in whole_parts():
        assert np.abs(part.sound.samples[-RATE // 5 :]).max() == 0


def test_every_sentence_is_whole_in_one_part() -> None:
    said = [text for part in whole_parts() for text in part.sentences]
    assert said == [each.text for each in spoken()]


def test_a_speech_that_fits_stays_whole() -> None:
    speech = assembled(spoken(4))
    sound = speech.sound
    (part,) = split_speech(sound, CAP, sentences=speech.sentences)
    assert part.start_frame == 0
    assert part.frames == frames_of_speech(sound)
    assert np.array_equal(part.sound.samples[: len(sound.samples)], sound.samples)


def test_the_same_speech_gives_the_same_parts() -> None:
    first, second = whole_parts(), segments_of(spoken())
    assert [part.fingerprint for part in first] == [part.fingerprint for part in second]


def changed_frames(after: list[SpokenSentence]) -> float:
    """The share of the frames after an edit that stand in parts that were not there before."""
    known = {part.fingerprint for part in whole_parts()}
    parts = segments_of(after)
    new = sum(part.frames for part in parts if part.fingerprint not in known)
    return new / sum(part.frames for part in parts)


def edited(sentences: list[SpokenSentence], number: int) -> list[SpokenSentence]:
    text = f"Now something else is said as number {number}, longer by a little."
    return [*sentences[:number], SpokenSentence(text, voice(text)), *sentences[number + 1 :]]


def test_an_edit_changes_only_what_is_near_it() -> None:
    sentences = spoken()
    shares = [changed_frames(edited(sentences, number)) for number in range(0, len(sentences), 16)]
    assert np.mean(shares) < 0.15
    assert max(shares) < 0.35


@pytest.mark.parametrize("number", range(2, 60, 9))
def test_cut_as_it_was_before_an_edit_pays_only_for_its_part(number: int) -> None:
    before = whole_parts(60)
    speech = assembled(edited(spoken(60), number))
    after = split_speech(speech.sound, CAP, sentences=speech.sentences, earlier=before)
    known = {part.fingerprint for part in before}
    new = [part for part in after if part.fingerprint not in known]
    assert sum(part.frames for part in new) <= CAP + 100
    assert in_a_row(after, frames_of_speech(speech.sound))
    assert max(part.frames for part in after) <= CAP
    text = speech.sentences[number].text
    assert sum(text in part.sentences for part in new) == 1


def test_a_sentence_more_or_less_changes_only_what_is_near_it() -> None:
    sentences = spoken()
    more = [*sentences[:30], SpokenSentence("One more of these.", voice("more")), *sentences[30:]]
    assert changed_frames(more) < 0.3
    assert changed_frames(sentences[:50] + sentences[51:]) < 0.3


def test_a_long_pause_is_the_best_place_to_cut() -> None:
    sentences = spoken(10)
    sentences[5] = replace(sentences[5], pause_after=1.5)
    speech = assembled(sentences)
    longest = frames_of_speech(speech.sound) * 3 // 4
    first, _ = split_speech(speech.sound, longest, sentences=speech.sentences)
    assert len(first.sentences) == 6


def test_a_sentence_longer_than_a_part_is_cut_after_a_clause() -> None:
    words = [
        TimedWord("word," if number == 30 else "word", number * 0.5, number * 0.5 + 0.42)
        for number in range(80)
    ]
    sound = Sound(np.full(40 * RATE, 0.1, np.float32), RATE)
    whole = [TimedSentence("All in one.", 0.0, 39.92)]
    parts = split_speech(sound, CAP, sentences=whole, words=words)
    assert [part.start_frame for part in parts] == [0, 386]  # between 15.42 and 15.5 s


def test_cuts_never_lie_within_a_word() -> None:
    words = [TimedWord("word", number * 0.4, number * 0.4 + 0.33) for number in range(300)]
    sound = Sound(np.full(120 * RATE, 0.1, np.float32), RATE)
    for part in split_speech(sound, 300, words=words)[1:]:
        at = part.start_frame / 25
        assert not any(word.start < at < word.end for word in words)


def test_a_recording_is_cut_in_its_silences() -> None:
    sound = read_sound(SPEECH)
    parts = split_speech(sound, 160)
    assert in_a_row(parts, frames_of_speech(sound))
    loud = np.sqrt(np.mean(sound.samples**2))
    for part in parts[1:]:
        at = part.start_frame * sound.rate // 25
        around = sound.samples[at - sound.rate // 50 : at + sound.rate // 50]
        assert np.sqrt(np.mean(around**2)) < loud / 5


def test_a_hum_without_any_pause_is_split_all_the_same() -> None:
    hum = (0.3 * np.sin(np.arange(100 * RATE) * 0.1)).astype(np.float32)
    parts = split_speech(Sound(hum, RATE), CAP)
    assert in_a_row(parts, 2500)
    assert max(part.frames for part in parts) <= CAP


def test_a_cap_that_holds_no_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="too short for"):
        split_speech(voice("some words"), 50)
