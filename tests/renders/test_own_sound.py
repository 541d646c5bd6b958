"""What parts say by themselves becomes one speech, to the frame."""

import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from talkinghead.av.sound import read_sound
from talkinghead.renders.parts.joining import join_parts
from talkinghead.renders.parts.own_sound import PAUSE_SECONDS, RATE, own_speech


def speaking(path: Path, frames: int, said_seconds: float) -> Path:
    """A grey video of so many frames that hums for so long, and is silent after it."""
    hum = np.zeros(frames * RATE // 25, np.float32)
    until = round(said_seconds * RATE)
    hum[:until] = 0.3 * np.sin(np.arange(until) * 0.03)
    with av.open(str(path), "w") as file:
        video = file.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        video.time_base = Fraction(1, 25)
        audio = file.add_stream("aac", rate=RATE, layout="mono")
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90, np.uint8), format="rgb24")
            frame.pts = number
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
        sound = av.AudioFrame.from_ndarray(hum[None], format="fltp", layout="mono")
        sound.rate = RATE
        file.mux(audio.encode(sound))
        file.mux(audio.encode(None))
    return path


@pytest.fixture
def videos(tmp_path: Path) -> list[Path]:
    return [speaking(tmp_path / "a.mp4", 75, 1.5), speaking(tmp_path / "b.mp4", 60, 2.0)]


def test_silence_after_the_last_word_is_left_out(videos: list[Path], tmp_path: Path) -> None:
    parts = own_speech(videos, tmp_path / "speech.wav")
    wanted = [round((said + PAUSE_SECONDS) * 25) for said in (1.5, 2.0)]
    assert [part.frames for part in parts] == pytest.approx(wanted, abs=1)


def test_the_speech_is_as_long_as_the_pictures_to_the_sample(
    videos: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "speech.wav"
    parts = own_speech(videos, out)
    with wave.open(str(out)) as file:
        assert file.getnframes() * 25 == sum(part.frames for part in parts) * RATE


def test_the_joined_video_speaks_where_its_parts_did(videos: list[Path], tmp_path: Path) -> None:
    sound, out = tmp_path / "speech.wav", tmp_path / "out.mp4"
    parts = own_speech(videos, sound)
    facts = join_parts(parts, sound, out)
    assert facts.frames == sum(part.frames for part in parts)
    heard = np.abs(read_sound(out, RATE).samples)
    second = parts[0].frames / 25
    assert heard[round((second + 0.1) * RATE) :][: RATE // 10].max() > 0.2
    assert heard[round((second - 0.15) * RATE) :][: RATE // 20].max() < 0.02
