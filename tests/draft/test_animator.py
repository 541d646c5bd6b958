"""A photo takes every pose without tearing, and only where it should."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from talkinghead.av.faces import follow_face
from talkinghead.draft.head_warp import HeadPose
from talkinghead.draft.image_sampling import Image
from talkinghead.draft.mouth.lip_reading import best_lag
from talkinghead.draft.mouth.visemes import MouthPose
from tests.draft.samples import AGNEW, ASTRONAUT, MONA_LISA, PORTRAITS, animator

STILL = HeadPose()
REST = MouthPose(0.0)
AH = MouthPose(1.0, 0.1, teeth=0.6)
OO = MouthPose(0.36, -1.0, teeth=0.0)
EE = MouthPose(0.32, 0.7, teeth=0.95)
PRESSED = MouthPose(0.0, closed=1.0)


def draw(path: Path, mouth: MouthPose, blink: float = 0.0, head: HeadPose = STILL) -> Image:
    return animator(path).draw(mouth, blink, head)


def seen(path: Path, frame: Image, first: int, second: int) -> float:
    """Distance between two landmarks as FaceMesh sees the frame, over the eye distance."""
    _, landmarks = follow_face(frame, animator(path).face.landmarks)
    span = np.linalg.norm(landmarks[first, :2] - landmarks[second, :2])
    return float(span / np.linalg.norm(landmarks[33, :2] - landmarks[263, :2]))


def changed(path: Path, frame: Image) -> Image:
    """Where the frame differs from the resting photo, (height, width)."""
    difference = np.abs(frame.astype(int) - draw(path, REST)).max(2)
    return np.asarray(difference > 12, np.uint8)


def test_a_photo_with_closed_lips_rests_as_it_is() -> None:
    again = draw(MONA_LISA, REST, head=HeadPose())
    assert np.abs(again.astype(int) - animator(MONA_LISA).image).max() <= 2


def test_the_lip_line_tells_an_open_mouth_from_a_closed_one() -> None:
    assert animator(ASTRONAUT).lips.is_open
    assert not animator(MONA_LISA).lips.is_open
    assert not animator(AGNEW).lips.is_open


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_lips_are_seen_to_open_for_ah_and_to_meet_for_m(path: Path) -> None:
    height = {pose: seen(path, draw(path, pose), 0, 17) for pose in (AH, EE, PRESSED)}
    assert height[AH] > height[EE] > height[PRESSED]
    assert height[AH] > height[PRESSED] + 0.1


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_lips_are_seen_to_round_for_oo(path: Path) -> None:
    assert seen(path, draw(path, OO), 61, 291) < 0.96 * seen(path, draw(path, EE), 61, 291)


def test_a_smile_makes_a_true_oo() -> None:
    assert seen(ASTRONAUT, draw(ASTRONAUT, OO), 61, 291) < 0.82 * (
        seen(ASTRONAUT, draw(ASTRONAUT, EE), 61, 291)
    )


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_the_mouth_moves_nothing_above_the_nose_nor_at_the_border(path: Path) -> None:
    moved = changed(path, draw(path, AH))
    eyes = animator(path).face.landmarks[[33, 133, 263, 362], 1].max()
    assert moved[: int(eyes)].sum() == 0
    assert moved[:, 0].sum() + moved[:, -1].sum() + moved[0].sum() == 0


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_opening_is_smooth_from_frame_to_frame(path: Path) -> None:
    frames = [draw(path, MouthPose(step / 40, 0.0)).astype(int) for step in range(9)]
    jumps = [float(np.abs(after - before).mean()) for before, after in pairwise(frames)]
    assert max(jumps) < 3 * (np.median(jumps) + 0.05)


def test_a_blink_is_seen_and_changes_only_the_eyes() -> None:
    blinking = draw(ASTRONAUT, REST, blink=1.0)
    assert seen(ASTRONAUT, blinking, 159, 145) < 0.8 * seen(
        ASTRONAUT, draw(ASTRONAUT, REST), 159, 145
    )
    moved = changed(ASTRONAUT, blinking)
    nose_tip = int(animator(ASTRONAUT).face.landmarks[1, 1])
    assert moved.sum() > 0
    assert moved[nose_tip:].sum() == 0


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_a_moving_head_leaves_the_border_still(path: Path) -> None:
    far = HeadPose(roll=0.03, right=3, down=2, yaw=0.08, pitch=0.05, nearer=1.01, brows=2)
    moved = changed(path, draw(path, REST, head=far))
    assert moved.sum() > 100
    assert moved[:, :2].sum() + moved[:, -2:].sum() + moved[:2].sum() == 0


def test_a_frame_is_not_touched_by_the_next() -> None:
    first = draw(AGNEW, AH)
    before = first.copy()
    draw(AGNEW, OO, blink=1.0)
    assert (first == before).all()


def test_a_lag_between_two_curves_is_found() -> None:
    curve = np.sin(np.arange(60) / 3).astype(np.float32)
    assert best_lag(curve[:-2], curve[2:])[0] == 2
    assert best_lag(curve[2:], curve[:-2])[0] == -2
