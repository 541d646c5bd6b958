"""The planes of pictures."""

from pathlib import Path

import av
import av.logging
import numpy as np
import pytest
from av import VideoFrame

from talkinghead.av.frames import ColourSystem, colour_system, opened_video, picture_of
from tests.captions.caption_samples import portrait_video


@pytest.mark.parametrize("is_bt709", [True, False])
@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (109, 74, 255), (255, 222, 33)])
def test_colours_become_the_planes_that_ffmpeg_gives(
    is_bt709: bool, colour: tuple[int, int, int]
) -> None:
    rgb = np.broadcast_to(np.array(colour, np.uint8), (16, 16, 3)).copy()
    matrix = "ITU709" if is_bt709 else "ITU601"
    frame = VideoFrame.from_ndarray(rgb, format="rgb24").reformat(
        format="yuv420p", dst_colorspace=matrix, dst_color_range="MPEG"
    )
    expected = [int(part.mean()) for part in picture_of(frame, 0).parts]
    assert ColourSystem(is_bt709).planes_of(colour) == pytest.approx(expected, abs=2)


def test_an_odd_row_and_column_are_left_out() -> None:
    frame = VideoFrame.from_ndarray(np.zeros((33, 21, 3), np.uint8), format="rgb24")
    picture = picture_of(frame, 0)
    assert (picture.width, picture.height) == (20, 32)


def test_without_marks_large_pictures_are_bt709() -> None:
    small, large = VideoFrame(640, 360, "yuv420p"), VideoFrame(1280, 720, "yuv420p")
    assert [colour_system(each).is_bt709 for each in (small, large)] == [False, True]


def test_a_video_that_is_left_half_read_never_hangs(tmp_path: Path) -> None:
    video = portrait_video(tmp_path / "a.mp4", 320, 320, 10)
    for _ in range(100):
        with opened_video(video) as file:
            stream = file.streams.video[0]
            stream.thread_type, stream.codec_context.thread_count = "AUTO", 2
            assert next(file.decode(stream)).width == 320


def test_no_level_of_reports_is_set_that_would_call_python_from_a_decoder() -> None:
    assert av.logging.get_level() is None
