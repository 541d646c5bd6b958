"""Pictures of captions: one frame of a video in each style."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from talkinghead.av.reshape import Reshape, reshaped_size
from talkinghead.captions.cues import make_cues
from talkinghead.captions.styles import rules_for, style
from talkinghead.core.errors import RenderFailed
from talkinghead.exports.previews.drawing import StylePreview, draw_previews
from tests.captions.caption_samples import ENGLISH, portrait_video, spoken


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return portrait_video(tmp_path_factory.mktemp("looks") / "video.mp4", 320, 180, 8)


def look(style_id: str, reshape: Reshape | None = None) -> StylePreview:
    chosen = style(style_id)
    size = reshaped_size(320, 180, reshape)
    return StylePreview(chosen, make_cues(spoken(ENGLISH), rules_for(chosen, *size)))


def opened(jpeg: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB")).astype(int)


def test_each_style_is_seen_on_the_same_frame(video: Path) -> None:
    drawn = draw_previews(video, {"pop": look("pop"), "minimal": look("minimal")}, at=0.1)
    assert drawn.keys() == {"", "pop", "minimal"}
    bare, pop, minimal = (opened(drawn[name]) for name in ("", "pop", "minimal"))
    assert np.abs(bare - pop).max() > 150
    assert np.abs(pop - minimal).max() > 150
    assert np.abs(bare - pop)[:40].mean() < 3


def test_the_colours_are_those_of_the_video(video: Path) -> None:
    [[red, green, blue]] = opened(draw_previews(video, {}, at=0.1)[""])[90:91, 4]
    assert max(abs(value - 90) for value in (red, green, blue)) < 6


def test_another_shape_is_shown_in_that_shape(video: Path) -> None:
    wanted = Reshape("9:16")
    drawn = draw_previews(video, {"pop": look("pop", wanted)}, at=0.1, reshape=wanted)
    height, width, _ = opened(drawn["pop"]).shape
    assert width / height == pytest.approx(9 / 16, abs=0.01)


def test_a_time_beyond_the_end_shows_a_frame_all_the_same(video: Path) -> None:
    assert opened(draw_previews(video, {}, at=99.0)[""]).shape == (180, 320, 3)


def test_a_damaged_video_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"nothing")
    with pytest.raises(RenderFailed):
        draw_previews(tmp_path / "a.mp4", {}, at=0.0)
