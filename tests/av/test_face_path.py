"""A face through a video."""

from pathlib import Path

import numpy as np
import pytest

from talkinghead.av.face_path import read_face_path
from talkinghead.av.video_writer import VideoWriter
from talkinghead.core.errors import RenderCancelled, RenderFailed
from tests.captions.caption_samples import portrait_video


def test_a_face_that_walks_is_followed(tmp_path: Path) -> None:
    path = read_face_path(portrait_video(tmp_path / "a.mp4", 960, 480, 50, walk=150))
    assert len(path) == 10
    middles = path.boxes[:, [0, 2]].mean(axis=1) * 960
    assert middles[-1] - middles[0] == pytest.approx(150 * 45 / 49, abs=10)
    mouths = path.mouths
    assert ((mouths[:, 1] > path.boxes[:, 1]) & (mouths[:, 3] < path.boxes[:, 3])).all()


def test_a_video_without_a_face_has_no_path(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", 128, 128, 25) as writer:
        for _ in range(10):
            writer.write(np.full((128, 128, 3), 99, np.uint8))
    assert len(read_face_path(tmp_path / "a.mp4")) == 0


def test_it_can_be_stopped(tmp_path: Path) -> None:
    video = portrait_video(tmp_path / "a.mp4", 320, 320, 10)
    with pytest.raises(RenderCancelled):
        read_face_path(video, is_cancelled=lambda: True)


def test_a_damaged_video_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"nothing")
    with pytest.raises(RenderFailed, match="damaged or missing"):
        read_face_path(tmp_path / "a.mp4")
