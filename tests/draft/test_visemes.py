"""Phonemes become the mouth that a person would make."""

import numpy as np
import pytest

from talkinghead.av.sound import Sound
from talkinghead.draft.mouth.visemes import MouthCurves, frame_count, mouth_curves
from talkinghead.speech.local_voice.phonemes import LETTERS, PAUSE
from talkinghead.speech.text.utterance import Speech, TimedPhoneme

RATE = 16_000
LENGTH = 0.12  # seconds of each phoneme


def speech(symbols: str, loud: float = 0.3, length: float = LENGTH) -> Speech:
    count = round(len(symbols) * length * RATE)
    samples = loud * np.random.default_rng(0).uniform(-1, 1, count)
    phonemes = tuple(
        TimedPhoneme(symbol, place * length, (place + 1) * length)
        for place, symbol in enumerate(symbols)
    )
    return Speech(Sound(samples.astype(np.float32), RATE), phonemes, ())


def curves(symbols: str) -> MouthCurves:
    return mouth_curves(speech(symbols), 25)


def middle(symbols: str, place: int) -> int:
    """The frame in the middle of a phoneme."""
    assert place < len(symbols)
    return round((place + 0.5) * LENGTH * 25)


@pytest.mark.parametrize(("seconds", "frames"), [(1.0, 25), (1.01, 26), (2 / 25, 2), (0.001, 1)])
def test_the_last_frame_begun_counts_whole(seconds: float, frames: int) -> None:
    assert frame_count(seconds, 25) == frames


def test_there_is_a_shape_for_every_frame() -> None:
    made = mouth_curves(speech("_h" + "ə" * 9), 25)
    assert len(made) == frame_count(11 * LENGTH, 25)
    assert all(len(curve) == len(made) for curve in vars(made).values())


@pytest.mark.parametrize("letter", sorted(LETTERS | {PAUSE}))
def test_every_letter_of_the_alphabet_stays_in_range(letter: str) -> None:
    made = curves("ɑ" + letter + "i")
    assert -1 <= made.width.min() <= made.width.max() <= 1
    for curve in (made.open, made.closed, made.teeth, made.tongue, made.tuck):
        assert 0 <= curve.min() <= curve.max() <= 1.05


@pytest.mark.parametrize("letter", "mbp")
def test_lips_meet_on_m_b_p(letter: str) -> None:
    symbols = f"ɑ{letter}ɑ"
    at = middle(symbols, 1)
    assert curves(symbols).closed[at - 1 : at + 2].max() > 0.98
    assert curves(symbols).open[at - 1 : at + 2].min() == 0


def test_even_the_shortest_b_closes_the_lips_on_some_frame() -> None:
    for start in np.arange(0.30, 0.40, 0.007):
        phonemes = (
            TimedPhoneme("ɑ", 0, start),
            TimedPhoneme("b", start, start + 0.02),
            TimedPhoneme("ɑ", start + 0.02, 0.8),
        )
        made = mouth_curves(Speech(speech("ɑɑ", length=0.4).sound, phonemes, ()), 25)
        assert made.closed.max() > 0.98


def test_father_opens_wider_than_see() -> None:
    symbols = "ɑɑ_ii"
    made = curves(symbols)
    assert made.open[middle(symbols, 1)] > 1.8 * made.open[middle(symbols, 3)]


def test_lips_round_for_oo_and_spread_for_ee() -> None:
    symbols = "uu_ii"
    made = curves(symbols)
    assert made.width[middle(symbols, 0)] < -0.8
    assert made.width[middle(symbols, 4)] > 0.5


def test_a_t_between_rounded_vowels_stays_rounded() -> None:
    assert curves("utu").width[middle("utu", 1)] < -0.8


def test_f_tucks_the_lower_lip_under_the_teeth() -> None:
    made = curves("ɑfɑ")
    assert made.tuck[middle("ɑfɑ", 1)] > 0.6
    assert made.tuck[0] < 0.2


def test_a_diphthong_moves_from_open_to_rounded() -> None:
    made = mouth_curves(speech("W", length=0.5), 25)
    assert made.open[3] > made.open[10]
    assert made.width[10] < -0.7 < made.width[1]


def test_the_mouth_rests_in_a_pause() -> None:
    assert curves("ɑ___ɑ").open[middle("ɑ___ɑ", 2)] < 0.02


def test_the_mouth_shuts_when_the_sound_ends_also_within_a_vowel() -> None:
    given = speech("ɑɑɑɑɑɑɑɑɑɑ")
    samples = given.sound.samples.copy()
    samples[round(0.6 * RATE) :] = 0
    made = mouth_curves(Speech(Sound(samples, RATE), given.phonemes, ()), 25)
    assert made.open[10] > 0.4
    assert made.open[round(0.66 * 25) :].max() < 0.05


def test_lips_are_no_longer_round_when_the_sound_has_ended() -> None:
    spoken = speech("uu", length=0.6)
    samples = spoken.sound.samples.copy()
    samples[len(samples) // 2 :] = 0
    made = mouth_curves(Speech(Sound(samples, RATE), spoken.phonemes, ()), 25)
    assert made.width[8] < -0.9
    assert made.width[20:27].min() > -0.1


@pytest.mark.parametrize("symbols", ["mɑmɑmɑ", "ɑtɑkɑpɑ", "bWɡimɑl", "ɑ_ɑ_bɑ"])
def test_no_opening_snaps_from_one_frame_to_the_next(symbols: str) -> None:
    assert np.abs(np.diff(curves(symbols).open)).max() <= 0.35


def test_a_calm_mouth_opens_less() -> None:
    assert mouth_curves(speech("ɑɑɑɑ"), 25, 0.8).open.max() < 0.85 * curves("ɑɑɑɑ").open.max()


def test_loud_speech_opens_wider_than_soft() -> None:
    louder = speech("ɑɑɑɑɑɑ")
    samples = louder.sound.samples.copy()
    samples[: len(samples) // 2] *= 0.2
    made = mouth_curves(Speech(Sound(samples, RATE), louder.phonemes, ()), 25)
    assert made.open[4] < 0.8 * made.open[13]


def test_silence_moves_nothing() -> None:
    quiet = Speech(Sound(np.zeros(RATE, np.float32), RATE), (TimedPhoneme(PAUSE, 0, 1),), ())
    assert mouth_curves(quiet, 25).open.max() == 0
