"""Finished videos: captions, shapes, both."""

from pathlib import Path

import av
import numpy as np
import pytest

from talkinghead.av.face_path import FacePath
from talkinghead.av.faces import find_faces
from talkinghead.av.reshape import Reshape, reshaped_size
from talkinghead.av.video_writer import VideoWriter
from talkinghead.captions.cues import make_cues
from talkinghead.captions.painting.burner import Captions
from talkinghead.captions.styles import rules_for, style
from talkinghead.core.errors import RenderCancelled, RenderFailed
from talkinghead.exports.encode import export_video
from tests.captions.caption_samples import ENGLISH, portrait_video, spoken

FRAMES = 40


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return portrait_video(tmp_path_factory.mktemp("videos") / "video.mp4", 640, 360, FRAMES)


def sound(path: Path) -> list[bytes]:
    with av.open(str(path)) as file:
        return [bytes(packet) for packet in file.demux(audio=0) if packet.size]


def times(path: Path) -> list[float]:
    with av.open(str(path)) as file:
        return [round(frame.time or 0, 4) for frame in file.decode(video=0)]


def grey_frame(path: Path, number: int) -> np.ndarray:
    with av.open(str(path)) as file:
        frames = [frame.to_ndarray(format="gray") for frame in file.decode(video=0)]
    return frames[number].astype(int)


def captions(reshape: Reshape | None = None) -> Captions:
    look = style("highlight")
    return Captions(
        make_cues(spoken(ENGLISH), rules_for(look, *reshaped_size(640, 360, reshape))), look
    )


@pytest.mark.parametrize("reshape", [None, Reshape("9:16"), Reshape("1:1", "blur")], ids=str)
@pytest.mark.parametrize("captioned", [True, False])
def test_every_frame_and_all_of_the_sound_arrive_as_they_were(
    video: Path, tmp_path: Path, reshape: Reshape | None, captioned: bool
) -> None:
    out = tmp_path / "out.mp4"
    facts = export_video(
        video, out, reshape=reshape, overlays=[captions(reshape)] if captioned else []
    )
    assert facts.frames == FRAMES
    assert (facts.width, facts.height) == reshaped_size(640, 360, reshape)
    assert times(out) == times(video)
    assert sound(out) == sound(video)


def test_captions_are_in_the_picture_and_leave_the_rest(video: Path, tmp_path: Path) -> None:
    export_video(video, tmp_path / "out.mp4", overlays=[captions()])
    before, after = grey_frame(video, 10), grey_frame(tmp_path / "out.mp4", 10)
    change = np.abs(before - after)
    assert change[-120:].max() > 100
    assert change[:150].mean() < 3


def test_the_face_is_in_the_crop(video: Path, tmp_path: Path) -> None:
    walking = portrait_video(tmp_path / "a.mp4", 960, 480, 50, walk=200)
    export_video(walking, tmp_path / "out.mp4", reshape=Reshape("1:1"))
    with av.open(str(tmp_path / "out.mp4")) as file:
        frames = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
    for frame in (frames[0], frames[-1]):
        (face, *_) = find_faces(frame.astype(np.uint8))
        assert 0.3 < (face.box[0] + face.box[2]) / 2 / frame.shape[1] < 0.7


def test_the_face_path_is_reported_and_detected_only_if_needed(video: Path, tmp_path: Path) -> None:
    found: list[FacePath] = []
    export_video(video, tmp_path / "a.mp4", reshape=Reshape("1:1", "blur"), on_path=found.append)
    assert found == []
    export_video(video, tmp_path / "a.mp4", reshape=Reshape("1:1"), on_path=found.append)
    assert len(found[0]) > 3


def test_progress_goes_to_the_end(video: Path, tmp_path: Path) -> None:
    reported: list[float] = []
    export_video(video, tmp_path / "out.mp4", overlays=[captions()], on_progress=reported.append)
    assert reported == sorted(reported)
    assert reported[-1] == 1.0


def test_a_stopped_one_leaves_nothing_behind(video: Path, tmp_path: Path) -> None:
    asked = iter([False] * 9 + [True] * 100)
    with pytest.raises(RenderCancelled):
        export_video(
            video, tmp_path / "out.mp4", overlays=[captions()], is_cancelled=lambda: next(asked)
        )
    assert list(tmp_path.iterdir()) == []


def test_a_video_without_sound_stays_silent(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", 128, 128, 25) as writer:
        for number in range(6):
            writer.write(np.full((128, 128, 3), 20 * number, np.uint8))
    facts = export_video(tmp_path / "a.mp4", tmp_path / "out.mp4", reshape=Reshape("4:5"))
    assert (facts.frames, facts.has_sound) == (6, False)


def test_a_damaged_video_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"nothing at all")
    with pytest.raises(RenderFailed):
        export_video(tmp_path / "a.mp4", tmp_path / "out.mp4", reshape=Reshape("1:1"))
    assert [each.name for each in tmp_path.iterdir()] == ["a.mp4"]
