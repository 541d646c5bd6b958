"""Loudness, against the figures that the standard itself gives."""

import math
from pathlib import Path

import numpy as np
import pytest

from talkinghead.av.loudness import CEILING, TARGET, levelled, loudness
from talkinghead.av.sound import Sound, read_sound

SPEECH = Path(__file__).parents[1] / "data" / "speech" / "jfk.flac"


def sine(decibels: float, rate: int = 48_000, seconds: float = 5.0) -> Sound:
    time = np.arange(round(seconds * rate)) / rate
    samples = 10 ** (decibels / 20) * np.sin(2 * np.pi * 997 * time)
    return Sound(samples.astype(np.float32), rate)


def true_peak(sound: Sound) -> float:
    """The highest point of the wave itself, four times oversampled, in dB."""
    spectrum = np.fft.rfft(sound.samples)
    oversampled = np.fft.irfft(spectrum, 4 * len(sound.samples)) * 4
    return 20 * math.log10(np.abs(oversampled).max())


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_a_full_scale_sine_of_997_hz_in_one_channel_has_minus_3_lufs(rate: int) -> None:
    # ITU-R BS.1770-4, annex 1: "If a 0 dB FS, 997 Hz sine wave is applied ... -3.01 LKFS"
    assert loudness(sine(0, rate)) == pytest.approx(-3.01, abs=0.05)


def test_loudness_falls_with_the_level_decibel_for_decibel() -> None:
    assert loudness(sine(-33)) == pytest.approx(-36.01, abs=0.05)


def test_pauses_do_not_count() -> None:
    spoken = sine(-20)
    paused = Sound(np.concatenate([spoken.samples, np.zeros(480_000, np.float32)]), 48_000)
    assert loudness(paused) == pytest.approx(loudness(spoken), abs=0.3)


def test_silence_has_no_loudness() -> None:
    assert loudness(Sound(np.zeros(48_000, np.float32), 48_000)) == -math.inf


@pytest.mark.parametrize("gain", [1.0, 0.3, 0.05])
def test_speech_is_brought_to_the_usual_loudness_under_the_ceiling(gain: float) -> None:
    speech = read_sound(SPEECH)
    sound = levelled(Sound(speech.samples * np.float32(gain), speech.rate))
    assert loudness(sound) == pytest.approx(TARGET, abs=0.5)
    assert true_peak(sound) < CEILING + 0.5
    assert len(sound.samples) == len(speech.samples)


def test_sharp_peaks_are_held_while_the_rest_keeps_its_loudness() -> None:
    speech = read_sound(SPEECH)
    samples = speech.samples * np.float32(0.1)
    samples[::44_100] = 0.5
    assert true_peak(levelled(Sound(samples, speech.rate))) < CEILING + 0.5


def test_a_whisper_is_not_lifted_with_all_of_its_noise() -> None:
    speech = read_sound(SPEECH)
    whisper = Sound(speech.samples * np.float32(0.01), speech.rate)
    assert loudness(levelled(whisper)) == pytest.approx(loudness(whisper) + 30, abs=0.1)
