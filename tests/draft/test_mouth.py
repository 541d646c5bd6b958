"""The mouth: its own hues, sealed corners, lips that meet, and a chin that never folds."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pictures
from PIL import ImageOps

from talkinghead.catalogue.base import Geometry
from talkinghead.draft.animator import Animator
from talkinghead.draft.face_reading import hue_error, lightness, lip_gap, own_hues
from talkinghead.draft.head_warp import HeadPose
from talkinghead.draft.image_sampling import Image
from talkinghead.draft.mouth.folds import folds
from talkinghead.draft.mouth.lip_movement import LipMover
from talkinghead.draft.mouth.visemes import MouthCurves, MouthPose
from talkinghead.draft.portrait_fit import fit_portrait
from tests.draft.samples import AGNEW, ASTRONAUT, MONA_LISA, PORTRAITS, animated, animator, picture

AH = MouthPose(1.0, 0.1, teeth=0.6)
EE = MouthPose(0.32, 0.6, teeth=0.95)
TEETH = (236, 229, 216)
PRESSED = MouthPose(0.0, closed=1.0)


def draw(of: Animator, pose: MouthPose) -> Image:
    return of.draw(pose, 0.0, HeadPose())


def parted(path: Path) -> Animator:
    """A sample whose lips are parted, with teeth between them."""
    of = animator(path, 512, 512)
    image, seams = draw(of, EE), LipMover(of.face, of.lips).movement(EE).seams[0]
    row = np.abs(of.face.along_mouth(of.lips.u)) < 0.85
    lips = [
        np.stack(of.face.places(of.lips.u[row], seams[row, lip] + seams[row, lip + 2]), -1)
        for lip in (0, 1)
    ]
    cv2.fillPoly(image, [np.concatenate([lips[0], lips[1][::-1]]).round().astype(int)], TEETH)
    return animated(Pictures.fromarray(image), 512, 512)


def short_chin(path: Path) -> Pictures.Image:
    """A sample with the chin drawn up towards the mouth."""
    image = np.asarray(picture(path))
    landmarks = animator(path, *picture(path).size).face.landmarks
    lip, chin = float(landmarks[17, 1]), float(landmarks[152, 1])
    rows = np.arange(len(image), dtype=np.float32)
    from_rows = np.interp(
        rows,
        [0, lip, lip + 0.6 * (chin - lip), 3 * chin - 2 * lip, len(image)],
        [0, lip, chin, 3 * chin - 2 * lip, len(image)],
    )
    grid = np.repeat(from_rows[:, None].astype(np.float32), image.shape[1], 1)
    x = np.broadcast_to(np.arange(image.shape[1], dtype=np.float32), grid.shape)
    return Pictures.fromarray(cv2.remap(image, np.ascontiguousarray(x), grid, cv2.INTER_LINEAR))


def wide_mouth() -> MouthCurves:
    """One frame, as open as a mouth can be."""
    full, none = np.ones(1, np.float32), np.zeros(1, np.float32)
    return MouthCurves(full, none, none, full, none, none)


def test_a_grey_photo_has_a_grey_mouth() -> None:
    grey = ImageOps.grayscale(picture(MONA_LISA)).convert("RGB")
    assert np.abs(lightness(draw(animated(grey), AH))[..., 1:]).max() < 2


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_the_inside_of_a_mouth_has_hues_of_its_picture(path: Path) -> None:
    of = animator(path, 512, 512)
    hues = own_hues(of.image, of.face.landmarks)
    assert hue_error(draw(of, AH), of.face.landmarks, hues) < 5


@pytest.mark.parametrize("path", [MONA_LISA, AGNEW], ids=lambda path: path.stem)
def test_a_short_chin_never_folds(path: Path) -> None:
    image = short_chin(path)
    fitted = fit_portrait(image, Geometry(256, 256))
    assert not folds(fitted, wide_mouth())


def test_a_fold_is_seen_where_there_is_one() -> None:
    fitted = fit_portrait(picture(MONA_LISA), Geometry(256, 256))
    monstrous = wide_mouth()
    assert folds(fitted, MouthCurves(monstrous.open * 8, *list(vars(monstrous).values())[1:]))


@pytest.mark.parametrize("path", [MONA_LISA, AGNEW], ids=lambda path: path.stem)
def test_an_open_mouth_stays_sealed_at_its_corners_and_arches_its_upper_lip(path: Path) -> None:
    of = animator(path, 512, 512)
    seams = LipMover(of.face, of.lips).movement(AH).seams[0]
    along, opening = np.abs(of.face.along_mouth(of.lips.u)), seams[:, 3] - seams[:, 2]
    assert opening[along > 0.9].max() < 1e-3
    assert opening[along < 0.1].min() > 0.15 * of.face.eye_distance
    moved = seams[:, 2] / of.face.eye_distance  # v runs down
    assert moved[along < 0.1].mean() < moved[(along > 0.65) & (along < 0.75)].mean() - 0.02


@pytest.mark.parametrize("path", [MONA_LISA, AGNEW], ids=lambda path: path.stem)
def test_teeth_between_parted_lips_are_found_and_kept(path: Path) -> None:
    of = parted(path)
    assert of.lips.is_open
    assert of.lips.shows_teeth


@pytest.mark.parametrize("path", [MONA_LISA, AGNEW, ASTRONAUT], ids=lambda path: path.stem)
def test_m_b_p_close_parted_lips(path: Path) -> None:
    of = parted(path)
    assert lip_gap(of.image, of.face.landmarks) > 0.01
    assert lip_gap(draw(of, PRESSED), of.face.landmarks) < 0.005
