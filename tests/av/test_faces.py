"""Faces in the sample pictures, and in what people make of pictures."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from talkinghead.av.faces import find_faces, follow_face

ROOT = Path(__file__).parents[2]
MONA_LISA = ROOT / "components" / "portraits" / "samples" / "mona-lisa.jpg"
PEARL = ROOT / "components" / "portraits" / "samples" / "girl-with-a-pearl-earring.jpg"
AGNEW = ROOT / "components" / "portraits" / "samples" / "lady-agnew.jpg"
ASTRONAUT = ROOT / "tests" / "data" / "portraits" / "astronaut.png"

Pixels = npt.NDArray[np.uint8]


def pixels(path: Path) -> Pixels:
    return np.array(Image.open(path).convert("RGB"))


def of_height(image: Pixels, height: int) -> Pixels:
    width = round(image.shape[1] * height / image.shape[0])
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8)


@pytest.mark.parametrize("path", [MONA_LISA, PEARL, AGNEW, ASTRONAUT], ids=lambda path: path.stem)
def test_one_face_is_found_in_each_sample(path: Path) -> None:
    (face,) = find_faces(pixels(path))
    assert face.score > 0.8
    assert face.presence > 0.95
    assert face.landmarks.shape == (468, 3)


def test_the_box_holds_eyes_and_mouth() -> None:
    (face,) = find_faces(pixels(ASTRONAUT))
    x0, y0, x1, y1 = face.box
    for index in (33, 263, 61, 291):
        x, y = face.landmarks[index, :2]
        assert x0 < x < x1
        assert y0 < y < y1


def test_both_faces_of_a_wide_picture_are_found_and_the_larger_comes_first() -> None:
    small = np.pad(of_height(pixels(ASTRONAUT), 300), ((0, 200), (0, 0), (0, 0)), "edge")
    wide = np.concatenate([small, of_height(pixels(MONA_LISA), 500), small], axis=1)
    faces = find_faces(wide)
    assert len(faces) == 3
    assert faces[0].eye_distance > faces[1].eye_distance
    assert 300 < faces[0].box[0] < 600


def test_a_small_face_in_a_large_picture_is_found() -> None:
    canvas = np.full((900, 1400, 3), 120, np.uint8)
    canvas[500:756, 900:1156] = of_height(pixels(ASTRONAUT), 256)
    (face,) = find_faces(canvas)
    assert face.eye_distance < 40


@pytest.mark.parametrize(
    ("quarters", "roll"), [(0, 3), (1, -87), (2, -177), (3, 93)], ids=["0", "90", "180", "270"]
)
def test_roll_tells_how_a_picture_is_turned(quarters: int, roll: float) -> None:
    (face,) = find_faces(np.ascontiguousarray(np.rot90(pixels(ASTRONAUT), quarters)))
    assert abs((face.roll - roll + 180) % 360 - 180) < 8


def test_yaw_tells_to_which_side_a_head_is_turned() -> None:
    (left,) = find_faces(pixels(PEARL))
    (right,) = find_faces(np.ascontiguousarray(pixels(PEARL)[:, ::-1]))
    (front,) = find_faces(pixels(AGNEW))
    assert left.yaw < -20
    assert right.yaw > 20
    assert abs(front.yaw) < 8
    assert abs(front.pitch) < 10


@pytest.mark.parametrize("size", [(1, 1), (2, 3000), (240, 320)], ids=str)
def test_no_face_is_found_where_there_is_none(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (*size, 3), dtype=np.uint8)
    assert find_faces(noise) == []


def test_a_face_is_followed_to_where_it_went() -> None:
    image = pixels(ASTRONAUT)
    (face,) = find_faces(image)
    presence, landmarks = follow_face(np.roll(image, (6, 10), (0, 1)), face.landmarks)
    assert presence > 0.9
    went = np.median(landmarks[:, :2] - face.landmarks[:, :2], axis=0)
    assert np.abs(went - [10, 6]).max() < 1.5


def test_several_threads_find_the_same_face() -> None:
    image = pixels(ASTRONAUT)
    with ThreadPoolExecutor(4) as threads:
        boxes = {find[0].box for find in threads.map(lambda _: find_faces(image), range(8))}
    assert len(boxes) == 1
