"""Sound in and out of files."""

from pathlib import Path

import numpy as np
import pytest

from talkinghead.av.sound import Sound, read_sound, sound_bytes, write_sound

SPEECH = Path(__file__).parents[1] / "data" / "speech" / "jfk.flac"


def tone(seconds: float = 1.0, rate: int = 24_000, height: float = 0.5) -> Sound:
    time = np.arange(round(seconds * rate)) / rate
    return Sound((height * np.sin(2 * np.pi * 440 * time)).astype(np.float32), rate)


def test_a_recording_becomes_one_channel_at_its_own_rate() -> None:
    sound = read_sound(SPEECH)
    assert sound.rate == 44_100
    assert sound.seconds == pytest.approx(11.0, abs=0.01)
    assert sound.samples.dtype == np.float32
    assert sound.samples.ndim == 1


def test_a_recording_is_resampled_to_the_rate_that_is_wanted() -> None:
    sound = read_sound(SPEECH, rate=16_000)
    assert sound.rate == 16_000
    assert len(sound.samples) == pytest.approx(176_000, abs=200)


def test_a_path_and_its_bytes_give_the_same_sound() -> None:
    assert np.array_equal(read_sound(SPEECH).samples, read_sound(SPEECH.read_bytes()).samples)


@pytest.mark.parametrize("suffix", [".wav", ".m4a", ".mp3", ".flac", ".WAV"])
@pytest.mark.parametrize("rate", [8_000, 22_050, 24_000, 47_000, 48_000])
def test_what_is_written_is_read_again_with_its_length_and_pitch(suffix: str, rate: int) -> None:
    again = read_sound(sound_bytes(tone(rate=rate), suffix))
    spectrum = np.abs(np.fft.rfft(again.samples))
    assert again.seconds == pytest.approx(1.0, abs=0.1)
    assert spectrum.argmax() / again.seconds == pytest.approx(440, abs=2)


def test_a_wav_keeps_every_sample_to_sixteen_bits() -> None:
    again = read_sound(sound_bytes(tone(), ".wav"))
    assert np.abs(again.samples - tone().samples).max() < 1 / 32_000


def test_samples_above_full_scale_are_held_when_written() -> None:
    assert read_sound(sound_bytes(tone(height=1.6), ".wav")).peak <= 1


def test_a_written_file_is_alone_in_its_folder(tmp_path: Path) -> None:
    write_sound(tone(), tmp_path / "voice.m4a")
    assert [file.name for file in tmp_path.iterdir()] == ["voice.m4a"]
