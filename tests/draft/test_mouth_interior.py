"""The inside of a mouth: single teeth in the light of their photo, a dim tongue, soft corners."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pictures
from PIL import ImageFilter

from talkinghead.draft.animator import Animator
from talkinghead.draft.face_geometry import CHEEKS
from talkinghead.draft.face_reading import lightness
from talkinghead.draft.head_warp import HeadPose
from talkinghead.draft.image_sampling import Floats, Image, sample
from talkinghead.draft.mouth.colours import mouth_colours
from talkinghead.draft.mouth.lip_movement import LipMover
from talkinghead.draft.mouth.softness import seam_shade, softness
from talkinghead.draft.mouth.teeth import upper_teeth
from talkinghead.draft.mouth.visemes import MouthPose
from tests.draft.samples import AGNEW, ASTRONAUT, MONA_LISA, PORTRAITS, animated, animator, picture

AH = MouthPose(1.0, 0.1, teeth=0.6, tongue=0.4)
EE = MouthPose(0.36, 0.6, teeth=0.95)
SMALL = MouthPose(0.15, 0.0, teeth=0.6)
CLOSED = [MONA_LISA, AGNEW]  # photos that show no teeth of their own


def draw(of: Animator, pose: MouthPose) -> Image:
    return of.draw(pose, 0.0, HeadPose())


def between_lips(of: Animator, pose: MouthPose, along: Floats, down: float) -> Floats:
    """Colours (n, 3) along the mouth, `down` of the way from the upper to the lower lip."""
    seams = LipMover(of.face, of.lips).movement(pose).seams[0]
    u = of.face.mouth_middle + of.face.mouth_half_width * along
    top, bottom = (
        np.interp(u, of.lips.u, seams[:, lip] + seams[:, lip + 2]).astype(np.float32)
        for lip in (0, 1)
    )
    x, y = of.face.places(u.astype(np.float32)[None], (top + down * (bottom - top))[None])
    return np.asarray(sample(draw(of, pose), x, y)[0])


def lips_of(of: Animator) -> float:
    """How bright the photo's lips are."""
    u = of.face.mouth_middle + of.face.mouth_half_width * np.linspace(-0.4, 0.4, 9)
    low, high = of.face.points[14, 1], of.face.points[17, 1]
    places = of.face.places(u.astype(np.float32)[None], np.full((1, 9), 0.5 * (low + high)))
    return float(np.median(sample(of.image, *places).mean(-1)))


@pytest.mark.parametrize("path", CLOSED, ids=lambda path: path.stem)
def test_teeth_are_told_apart_and_fall_off_towards_the_corners(path: Path) -> None:
    of = animator(path, 768, 768)
    along = np.linspace(-0.7, 0.7, 141)
    row = between_lips(of, EE, along, 0.5).mean(1)
    around = cv2.GaussianBlur(row[None], (0, 0), 8, borderType=cv2.BORDER_REPLICATE)[0]
    dips = (row[1:-1] < row[:-2]) & (row[1:-1] <= row[2:]) & (row[1:-1] < around[1:-1] - 2)
    assert dips.sum() >= 5
    teeth = upper_teeth(along[None], 40.0, np.full(3, 200.0), np.full(3, 30.0)).colours[0]
    assert teeth[np.abs(along) > 0.62].mean() < 0.9 * teeth[np.abs(along) < 0.2].mean()


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_teeth_are_hardly_lighter_than_the_skin_and_take_some_of_its_hue(path: Path) -> None:
    of = animator(path, 512, 512)
    teeth = lightness(mouth_colours(of.image, of.face).teeth[None, None].astype(np.uint8))[0, 0]
    cheeks = of.face.landmarks[CHEEKS, :2].astype(int)
    skin = np.median(lightness(of.image)[cheeks[:, 1], cheeks[:, 0]], axis=0)
    assert skin[0] - 6 < teeth[0] < skin[0] + 10
    assert 0.2 * skin[2] < teeth[2] < skin[2]


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_a_tongue_is_darker_than_the_lips(path: Path) -> None:
    of = animator(path, 512, 512)
    assert mouth_colours(of.image, of.face).tongue.mean() < 0.95 * lips_of(of)
    rows = [between_lips(of, AH, np.linspace(-0.3, 0.3, 9), down) for down in (0.45, 0.55, 0.65)]
    assert np.mean(rows) < 0.8 * lips_of(of)


@pytest.mark.parametrize("path", CLOSED, ids=lambda path: path.stem)
def test_a_small_opening_is_no_black_slot(path: Path) -> None:
    of = animator(path, 512, 512)
    slot = np.stack(
        [between_lips(of, SMALL, np.linspace(-0.85, 0.85, 60), down) for down in (0.3, 0.5, 0.7)]
    ).mean(-1)
    assert slot.min() > 0.3 * lips_of(of)
    assert slot[:, 20:40].max(0).mean() > 0.6 * lips_of(of)  # a hint of teeth


def test_a_soft_photo_gets_a_soft_mouth() -> None:
    sharp = animator(ASTRONAUT, 512, 512)
    blurred = animated(picture(ASTRONAUT).filter(ImageFilter.GaussianBlur(2)), 512, 512)
    assert softness(sharp.image, sharp.face) < softness(blurred.image, blurred.face) - 0.3


def test_the_shade_between_closed_lips_does_not_outline_an_open_mouth() -> None:
    plain = animator(AGNEW, 512, 512)
    face, image = plain.face, plain.image.copy()
    line = np.stack(face.places(plain.lips.u, plain.lips.upper), -1)
    inside = (plain.lips.u > face.mouth_left) & (plain.lips.u < face.mouth_right)
    points = (line[inside] * 16).round().astype(np.int32)
    cv2.polylines(image, [points], False, (92, 80, 76), 3, cv2.LINE_AA, shift=4)
    of = Animator(image, face.landmarks)
    above, below = seam_shade(image, face, of.lips)
    assert not of.lips.is_open
    assert 1.5 < above + below < 6
    shown = draw(of, AH)
    seams = LipMover(face, of.lips).movement(AH).seams[0]
    u = (face.mouth_middle + face.mouth_half_width * np.linspace(-0.4, 0.4, 15)).astype(np.float32)
    edges = [
        np.interp(u, of.lips.u, seams[:, lip] + seams[:, lip + 2]).astype(np.float32) + beyond
        for lip, beyond in ((0, -1.5), (1, 1.5))
    ]
    darkest = min(float(sample(shown, *face.places(u[None], v[None])).mean()) for v in edges)
    assert darkest > 0.63 * lips_of(plain)


def test_grey_stone_keeps_grey_teeth() -> None:
    grey = Pictures.fromarray(np.repeat(np.asarray(picture(AGNEW).convert("L"))[..., None], 3, 2))
    of = animated(grey, 512, 512)
    assert np.ptp(mouth_colours(of.image, of.face).teeth) < 2


def carved(tint: tuple[int, int, int]) -> Animator:
    """A sample in one gray with lips that are only shadow."""
    of = animator(AGNEW, 256, 256)
    light = cv2.cvtColor(of.image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    top, bottom = (int(of.face.landmarks[point, 1]) for point in (0, 17))
    left, right = (int(of.face.landmarks[point, 0]) for point in (61, 291))
    light[top : bottom + 1, left : right + 1] /= 3
    image = np.clip(light[..., None] + np.array(tint), 0, 255).astype(np.uint8)
    return Animator(image, of.face.landmarks)


def test_stone_has_no_teeth_and_a_black_and_white_photo_has() -> None:
    along = np.linspace(-0.4, 0.4, 21)
    stone, photo = (
        between_lips(carved(tint), EE, along, 0.4).mean() for tint in ((4, 1, -1), (0, 0, 0))
    )
    assert stone < 0.6 * photo


def test_a_photo_with_teeth_gets_no_lower_row() -> None:
    """Above the lower lip of a wide open mouth it is dim."""
    of = animator(ASTRONAUT, 512, 512)
    along = np.linspace(-0.3, 0.3, 21)
    low, teeth = (between_lips(of, AH, along, down).mean() for down in (0.88, 0.25))
    assert low < 0.6 * teeth
