"""How long a recording is, and how much of its end is quiet."""

from decimal import Decimal

import numpy as np
import pytest

from talkinghead.av.length import length_of
from talkinghead.av.sound import Sound, read_sound, sound_bytes


def spoken(loud: float, quiet: float, rate: int = 16_000) -> Sound:
    samples = np.append(np.full(round(loud * rate), 0.5), np.zeros(round(quiet * rate)))
    return Sound(samples.astype(np.float32), rate)


def test_the_end_is_quiet_after_the_last_loud_moment() -> None:
    length = length_of(spoken(1.5, 0.25))
    assert (length.seconds, length.quiet_end) == (Decimal("1.75"), Decimal("0.25"))


def test_hum_below_a_fiftieth_of_the_loudest_moment_is_quiet() -> None:
    sound = spoken(1.0, 0.5)
    sound.samples[-8_000:] = 0.009
    assert length_of(sound).quiet_end == Decimal("0.5")


@pytest.mark.parametrize("seed", range(5))
def test_a_recording_measures_the_same_before_and_after_it_is_kept(seed: int) -> None:
    noise = np.random.default_rng(seed)
    fading = noise.normal(0, 0.2, 30_000) * np.linspace(1, 0, 30_000) ** 3
    sound = Sound(np.clip(fading, -1, 1).astype(np.float32), 44_100)
    assert length_of(read_sound(sound_bytes(sound))) == length_of(sound)
