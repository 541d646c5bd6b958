"""The MP4 that comes out."""

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from talkinghead.av.sound import Sound
from talkinghead.av.video_writer import VideoWriter, yuv420

FPS = 25
ROOT = Path(__file__).parents[2]


def tone(seconds: float, rate: int = 24_000) -> Sound:
    time = np.arange(round(seconds * rate)) / rate
    return Sound((0.5 * np.sin(2 * np.pi * 440 * time)).astype(np.float32), rate)


def frame(value: int, width: int = 64, height: int = 48) -> npt.NDArray[np.uint8]:
    return np.full((height, width, 3), value, np.uint8)


def write(path: Path, count: int, sound: Sound | None) -> Path:
    with VideoWriter(path, 64, 48, FPS, sound) as writer:
        for number in range(count):
            writer.write(frame(number * 4 % 256))
    return path


def test_every_frame_and_all_of_the_sound_arrive(tmp_path: Path) -> None:
    path = write(tmp_path / "video.mp4", 50, tone(2.0))
    with av.open(str(path)) as file:
        assert file.streams.video[0].codec_context.name == "h264"
        assert file.streams.audio[0].codec_context.name == "aac"
        assert sum(1 for _ in file.decode(video=0)) == 50
        file.seek(0)
        heard = sum(each.samples / each.sample_rate for each in file.decode(audio=0))
    assert heard == pytest.approx(2.0, abs=0.05)


def test_colours_survive(tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    colour = np.array([200, 120, 60], np.uint8)
    with VideoWriter(path, 64, 48, FPS) as writer:
        for _ in range(5):
            writer.write(np.broadcast_to(colour, (48, 64, 3)).copy())
    with av.open(str(path)) as file:
        seen = next(file.decode(video=0)).to_ndarray(format="rgb24")
    assert np.abs(seen.astype(int) - colour).max() <= 4


def test_chroma_is_the_mean_of_its_four_pixels() -> None:
    stripes = np.zeros((8, 8, 3), np.uint8)
    stripes[:, ::2] = (250, 0, 0)
    mean = np.full((8, 8, 3), (125, 0, 0), np.uint8)
    assert np.abs(yuv420(stripes)[8:].astype(int) - yuv420(mean)[8:]).max() <= 1


def test_a_silent_video_has_no_sound_track(tmp_path: Path) -> None:
    with av.open(str(write(tmp_path / "video.mp4", 3, None))) as file:
        assert not file.streams.audio


def test_the_index_precedes_the_frames(tmp_path: Path) -> None:
    data = write(tmp_path / "video.mp4", 10, tone(0.4)).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_the_same_frames_give_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.mp4", "b.mp4")]
    code = "import sys; from {0} import *; write(Path(sys.argv[1]), 30, tone(1.2))"
    for path in paths:  # each in a process of its own, as drafts are
        command = [sys.executable, "-c", code.format(__name__), str(path)]
        subprocess.run(command, cwd=ROOT, check=True)
    first, second = paths
    assert first.read_bytes() == second.read_bytes()


def test_the_video_has_its_name_only_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    with VideoWriter(path, 64, 48, FPS) as writer:
        writer.write(frame(0))
        assert not path.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["video.mp4"]


def test_nothing_is_left_behind_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"

    def fail_on_the_way() -> None:
        with VideoWriter(path, 64, 48, FPS, tone(1.0)) as writer:
            writer.write(frame(0))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_on_the_way()
    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".video.unfinished.mp4").write_bytes(b"half")
    write(tmp_path / "video.mp4", 2, None)
    assert [each.name for each in tmp_path.iterdir()] == ["video.mp4"]


def test_an_odd_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="even"):
        VideoWriter(tmp_path / "video.mp4", 65, 48)


def test_a_frame_of_another_size_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="frame"),
        VideoWriter(tmp_path / "video.mp4", 64, 48) as writer,
    ):
        writer.write(frame(0, width=32))


def test_a_folder_that_is_not_there_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        VideoWriter(tmp_path / "missing" / "video.mp4", 64, 48)
