"""What a finished video is, by reading it back."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from talkinghead.av.sound import Sound
from talkinghead.av.video import VideoFacts, probe, thumbnail
from talkinghead.av.video_writer import VideoWriter
from talkinghead.core.errors import RenderFailed


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """Two seconds that turn from red to blue."""
    path = tmp_path / "video.mp4"
    sound = Sound(np.full(32_000, 0.1, np.float32), 16_000)
    with VideoWriter(path, 128, 96, 25, sound) as writer:
        for colour in ((255, 0, 0), (0, 0, 255)):
            for _ in range(25):
                writer.write(np.full((96, 128, 3), colour, np.uint8))
    return path


def test_the_facts_are_those_of_the_file(video: Path) -> None:
    facts = probe(video)
    assert facts.seconds == pytest.approx(2.0, abs=0.01)
    assert facts == VideoFacts(facts.seconds, 128, 96, 25.0, 50, True, "h264")


def test_a_silent_video_of_one_frame_has_facts_and_a_thumbnail(tmp_path: Path) -> None:
    path = tmp_path / "one.mp4"
    with VideoWriter(path, 64, 64, 25) as writer:
        writer.write(np.zeros((64, 64, 3), np.uint8))
    assert (probe(path).frames, probe(path).has_sound) == (1, False)
    assert thumbnail(path).startswith(b"\xff\xd8")


def test_the_thumbnail_is_a_small_jpeg_from_the_first_half(video: Path) -> None:
    picture = Image.open(io.BytesIO(thumbnail(video, width=64)))
    red, _, blue = picture.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    assert (picture.format, picture.size) == ("JPEG", (64, 48))
    assert red > blue


@pytest.mark.parametrize("keep", [0, 100, 0.5])
def test_a_cut_video_is_refused(video: Path, keep: float) -> None:
    data = video.read_bytes()
    video.write_bytes(data[: int(keep if keep >= 1 else keep * len(data))])
    with pytest.raises(RenderFailed, match="can't be played"):
        probe(video)


@pytest.mark.parametrize("look", [probe, thumbnail])
def test_a_file_that_is_no_video_is_refused(tmp_path: Path, look: object) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(b"<html>Bad gateway</html>")
    with pytest.raises(RenderFailed, match="can't be played") as refused:
        look(path)  # type: ignore[operator]
    assert "video.mp4" not in str(refused.value)


def test_a_sound_file_is_no_video(tmp_path: Path) -> None:
    from talkinghead.av.sound import write_sound

    path = tmp_path / "voice.m4a"
    write_sound(Sound(np.full(32_000, 0.1, np.float32), 16_000), path)
    with pytest.raises(RenderFailed):
        probe(path)
