"""Sound in and out of files."""

import io
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from talkinghead.av.sound import Sound, read_sound, sound_bytes, write_sound
from talkinghead.core.errors import InvalidRecording

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


def recorded(
    *tracks: Sequence[NDArray[np.float32]], kind: str = "wav", codec: str = "pcm_s16le", rate: int
) -> bytes:
    """A file of one or several tracks, each of one or two channels of samples."""
    file = io.BytesIO()
    with av.open(file, "w", format=kind) as output:
        for channels in tracks:
            layout = "stereo" if len(channels) == 2 else "mono"
            output.add_stream(codec, rate=rate, layout=layout, options={"strict": "-2"})
        for stream, channels in zip(output.streams.audio, tracks, strict=True):
            frame = av.AudioFrame.from_ndarray(
                np.stack(channels), format="fltp", layout=stream.layout.name
            )
            frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
            output.mux(stream.encode(frame))
            output.mux(stream.encode(None))
    return file.getvalue()


def pitch(sound: Sound) -> float:
    return float(np.abs(np.fft.rfft(sound.samples)).argmax() / sound.seconds)


WAVE = tone().samples
SILENT = np.zeros_like(WAVE)


@pytest.mark.parametrize("other", [-WAVE, -0.9 * WAVE])
def test_a_channel_that_is_the_other_inverted_does_not_silence_it(
    other: NDArray[np.float32],
) -> None:
    heard = read_sound(recorded([WAVE, other], rate=24_000))
    assert heard.peak == pytest.approx(0.5, abs=0.01)
    assert pitch(heard) == pytest.approx(440, abs=1)


@pytest.mark.parametrize(("other", "peak"), [(WAVE, 0.5), (SILENT, 0.25), (0.5 * WAVE, 0.375)])
def test_other_channels_are_averaged(other: NDArray[np.float32], peak: float) -> None:
    assert read_sound(recorded([WAVE, other], rate=24_000)).peak == pytest.approx(peak, abs=0.01)


@pytest.mark.parametrize("first", [SILENT, 0.005 * WAVE])
def test_the_track_with_sound_is_heard_where_the_first_is_silent(
    first: NDArray[np.float32],
) -> None:
    file = recorded([first], [WAVE], [0.1 * WAVE], kind="matroska", codec="flac", rate=24_000)
    assert read_sound(file).peak == pytest.approx(0.5, abs=0.01)


def test_the_first_track_is_heard_where_several_have_sound() -> None:
    file = recorded([0.2 * WAVE], [WAVE], kind="matroska", codec="flac", rate=24_000)
    assert read_sound(file).peak == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize(("codec", "channels"), [("libopus", 1), ("vorbis", 2)])
def test_a_chained_ogg_is_read_to_its_end(codec: str, channels: int) -> None:
    one = recorded([WAVE] * channels, kind="ogg", codec=codec, rate=24_000)
    faster = tone(2.0, 48_000).samples
    other = recorded([faster, faster], kind="ogg", codec=codec, rate=48_000)
    heard = read_sound(one + other + one)
    assert heard.seconds == pytest.approx(4.0, abs=0.05)
    assert pitch(heard) == pytest.approx(440, abs=1)


def test_a_chained_ogg_that_is_cut_keeps_what_came_before() -> None:
    long, short = tone(3.0).samples, WAVE
    one, other = (
        recorded([each], kind="ogg", codec="libopus", rate=24_000) for each in (short, long)
    )
    assert 1.9 < read_sound(one + other[: len(other) * 3 // 4]).seconds < 4.0
    assert read_sound(one + other[:100]).seconds == pytest.approx(1.0, abs=0.05)


def test_a_constant_offset_is_removed() -> None:
    heard = read_sound(recorded([0.5 * WAVE + np.float32(0.3)], rate=24_000))
    assert abs(float(heard.samples.mean())) < 0.001
    assert heard.peak == pytest.approx(0.25, abs=0.01)


def test_an_offset_alone_is_silence() -> None:
    with pytest.raises(InvalidRecording, match="silent"):
        read_sound(recorded([SILENT + np.float32(0.3)], rate=24_000))
