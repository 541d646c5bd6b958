"""A blink looks like skin, covers the eye and nothing else."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pictures

from talkinghead.draft.animator import Animator
from talkinghead.draft.face_geometry import (
    LEFT_BROW,
    LEFT_LOWER_LID,
    LEFT_UPPER_LID,
    RIGHT_BROW,
    RIGHT_LOWER_LID,
    RIGHT_UPPER_LID,
)
from talkinghead.draft.face_reading import lid_differences, lightness
from talkinghead.draft.head_warp import HeadPose
from talkinghead.draft.image_sampling import Floats, Image
from talkinghead.draft.mouth.visemes import MouthPose
from tests.draft.samples import ASTRONAUT, MONA_LISA, PEARL, PORTRAITS, animated, animator

EYES = ((33, 133, 159, 145), (362, 263, 386, 374))


def blink(of: Animator, amount: float = 1.0) -> Image:
    return of.draw(MouthPose(0.0), amount, HeadPose())


def eye(landmarks: Floats, corners: tuple[int, ...]) -> tuple[Floats, float]:
    """The middle and the width of an eye in px."""
    points = landmarks[list(corners), :2]
    return points.mean(0), float(np.linalg.norm(points[1] - points[0]))


@cache
def with_glasses() -> Pictures.Image:
    """A sample with round black frames, a bridge and temples."""
    of = animator(ASTRONAUT, 512, 512)
    image = of.image.copy()
    middles = []
    for corners in EYES:
        (x, y), width = eye(of.face.landmarks, corners)
        middles.append((int(x), int(y)))
        cv2.ellipse(
            image, middles[-1], (int(0.95 * width), int(0.72 * width)), 0, 0, 360, (12, 12, 14), 3
        )
        outwards = int(np.sign(x - of.face.landmarks[1, 0]))
        start = (int(x + outwards * 0.95 * width), int(y))
        cv2.line(image, start, (start[0] + outwards * 40, int(y)), (12, 12, 14), 3)
    cv2.line(image, middles[0], middles[1], (12, 12, 14), 3)
    return Pictures.fromarray(image)


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_a_closed_lid_is_about_as_light_as_the_skin_under_the_eye(path: Path) -> None:
    of = animator(path, 512, 512)
    assert np.mean(lid_differences(blink(of), of.face.landmarks)) < 8


@pytest.mark.parametrize("path", [MONA_LISA, ASTRONAUT], ids=lambda path: path.stem)
def test_nothing_of_the_open_eye_is_left(path: Path) -> None:
    of = animator(path, 512, 512)
    closed = blink(of).astype(int)
    for corners in EYES:
        (x, y), width = eye(of.face.landmarks, corners)
        reach = max(int(0.06 * width), 1)
        iris = slice(int(y) - reach, int(y) + reach), slice(int(x) - reach, int(x) + reach)
        cheek = slice(int(y + 0.5 * width), int(y + 0.6 * width)), iris[1]
        assert closed[iris].mean() > 0.6 * closed[cheek].mean()
        assert np.abs(closed[iris] - of.image[iris]).mean() > 15


def around(landmarks: Floats, corners: tuple[int, ...]) -> tuple[slice, slice]:
    """The middle of an eye, where its lid is when it is closed."""
    (x, y), width = eye(landmarks, corners)
    half, high = int(0.3 * width), int(0.1 * width)
    return slice(int(y) - high, int(y) + high // 2), slice(int(x) - half, int(x) + half)


def grain(image: Image, place: tuple[slice, slice]) -> float:
    """The contrast of an area's finest texture."""
    light = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return float((light - cv2.GaussianBlur(light, (0, 0), 2))[place].std())


@pytest.mark.parametrize("path", [MONA_LISA, PEARL, ASTRONAUT], ids=lambda path: path.stem)
def test_a_closed_lid_has_the_grain_of_the_skin_under_the_eye(path: Path) -> None:
    of = animator(path, 512, 512)
    closed, shares = blink(of), []
    for corners in EYES:
        lid = around(of.face.landmarks, corners)
        down = int(0.62 * eye(of.face.landmarks, corners)[1])
        under = slice(lid[0].start + down, lid[0].stop + down), lid[1]
        shares.append(grain(closed, lid) / grain(closed, under))
    assert 0.65 < np.mean(shares) < 1.6


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_a_closed_lid_begins_nowhere(path: Path) -> None:
    """The steps where it ends are no steeper than those that the photo has there."""
    of = animator(path, 512, 512)
    closed = cv2.GaussianBlur(blink(of), (0, 0), 1.5).astype(np.float32).mean(2)
    for corners in EYES:
        (x, y), width = eye(of.face.landmarks, corners)
        columns = slice(int(x - 0.2 * width), int(x + 0.2 * width))
        above = slice(int(y - 0.3 * width), int(y - 0.05 * width))
        assert np.abs(np.diff(closed[above, columns], axis=0)).mean(1).max() < 11


def test_a_closed_lid_is_darker_in_its_crease_than_over_the_eyeball() -> None:
    of = animator(ASTRONAUT, 512, 512)
    light = lightness(blink(of))[..., 0]
    for corners in EYES:
        (x, y), width = eye(of.face.landmarks, corners)
        column = light[:, int(x - 0.15 * width) : int(x + 0.15 * width)].mean(1)
        crease = column[int(y - 0.32 * width) : int(y - 0.12 * width)].min()
        assert crease < column[int(y - 0.06 * width) : int(y + 0.02 * width)].mean() - 3


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_the_white_of_the_eye_is_wholly_covered(path: Path) -> None:
    of = animator(path, 512, 512)
    closed = lightness(blink(of))
    for corners, upper, lower in zip(
        EYES, (RIGHT_UPPER_LID, LEFT_UPPER_LID), (RIGHT_LOWER_LID, LEFT_LOWER_LID), strict=True
    ):
        outline = of.face.landmarks[[*upper, *lower[::-1]], :2].round().astype(np.int32)
        inside = cv2.fillPoly(np.zeros(closed.shape[:2], np.uint8), [outline], 1) > 0
        lid = around(of.face.landmarks, corners)
        own = np.median(closed[lid].reshape(-1, 3), axis=0)
        assert closed[inside][:, 0].max() < own[0] + 14


def test_no_lid_is_painted_over_a_frame_of_glasses() -> None:
    of = animated(with_glasses(), 512, 512)
    closed = blink(of)
    rims = of.image.max(2) < 40
    for corners in EYES:
        (x, y), width = eye(of.face.landmarks, corners)
        rows, columns = np.nonzero(rims)
        distance = np.hypot((columns - x) / (0.95 * width), (rows - y) / (0.72 * width))
        rim = np.abs(distance - 1) < 0.08
        changes = np.abs(
            of.image[rows[rim], columns[rim]].astype(int) - closed[rows[rim], columns[rim]]
        )
        assert rim.sum() > 50
        assert (changes.max(1) > 25).mean() < 0.03


@cache
def with_blue_liner() -> Pictures.Image:
    """A sample with a thick blue line along its upper lashes."""
    of = animator(ASTRONAUT, 512, 512)
    image = of.image.copy()
    for lid in (RIGHT_UPPER_LID, LEFT_UPPER_LID):
        points = of.face.landmarks[lid, :2].round().astype(np.int32)
        cv2.polylines(image, [points - [0, 1]], False, (10, 20, 150), 3)
    return Pictures.fromarray(image)


def test_a_closed_eye_wears_the_photos_own_liner() -> None:
    """Blue of it is where the lids meet, and none is left where it was."""
    of = animated(with_blue_liner(), 512, 512)
    closed, own = (frame.astype(int) for frame in (blink(of), of.image))
    for corners, upper in zip(EYES, (RIGHT_UPPER_LID, LEFT_UPPER_LID), strict=True):
        (x, _), width = eye(of.face.landmarks, corners)
        columns = slice(int(x - 0.25 * width), int(x + 0.25 * width))
        old = int(of.face.landmarks[upper[4], 1])
        lower = int(of.face.landmarks[corners[3], 1])
        blue = [(frame[..., 2] - frame[..., 0])[:, columns].mean(1) for frame in (closed, own)]
        gained = np.clip(blue[0] - blue[1], 0, None)[lower - 3 : lower + 5]
        assert gained.sum() > 250  # as broad a line, not only its color
        assert blue[0][old - 3 : old + 1].max() < blue[1][old - 3 : old + 1].max() - 25


def test_a_lid_in_a_sockets_shadow_is_darker_than_a_lit_one() -> None:
    of = animator(ASTRONAUT, 512, 512)
    image = of.image.copy()
    for corners, brow in zip(EYES, (RIGHT_BROW, LEFT_BROW), strict=True):
        (x, y), width = eye(of.face.landmarks, corners)
        top = int(of.face.landmarks[brow, 1].min())
        image[top : int(y), int(x - 0.8 * width) : int(x + 0.8 * width)] //= 12
    dark = Animator(image, of.face.landmarks)
    for corners in EYES:
        lid = around(of.face.landmarks, corners)
        assert np.median(blink(dark)[lid]) < 0.85 * np.median(blink(of)[lid])


def test_half_a_blink_covers_half_the_eye() -> None:
    of = animator(ASTRONAUT, 512, 512)
    still = blink(of, 0.0).astype(int)  # at rest, the lips of a smile have closed a little
    half, whole = (
        (np.abs(blink(of, amount).astype(int) - still).max(2) > 25).sum() for amount in (0.5, 1.0)
    )
    assert 0.3 * whole < half < 0.95 * whole
