"""What spoils a video is found, on real pictures and on copies of them that are made worse."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from talkinghead.av.cropping import CropBox, default_crop
from talkinghead.av.faces import Face, find_faces
from talkinghead.catalogue.base import Geometry
from talkinghead.portraits.check import Finding, check_portrait, measure_light
from talkinghead.portraits.picture_file import read_portrait
from talkinghead.portraits.surround import surrounded_box

PROJECT = Path(__file__).parents[2]
SAMPLES = [PROJECT / f"components/portraits/samples/{name}.jpg" for name in (
    "mona-lisa", "girl-with-a-pearl-earring", "lady-agnew",
)]  # fmt: skip
PICTURES = [*SAMPLES, PROJECT / "tests/data/portraits/astronaut.png"]
SQUARE = Geometry(512, 512)
SHAPES = [SQUARE, Geometry(1280, 720), Geometry(720, 1280), Geometry(704, 480)]


@cache
def sample(path: Path) -> Image.Image:
    return read_portrait(path.read_bytes())


def mona_lisa() -> Image.Image:
    return sample(SAMPLES[0])


def check(
    image: Image.Image,
    *,
    box: CropBox | None = None,
    chosen: int | None = None,
    shape: Geometry = SQUARE,
) -> list[Finding]:
    return checked(image, find_faces(np.asarray(image)), box, chosen, shape)


def checked(
    image: Image.Image, faces: list[Face], box: CropBox | None, chosen: int | None, shape: Geometry
) -> list[Finding]:
    lights = [measure_light(image, face) for face in faces]
    return check_portrait(image, faces, lights, box, chosen, shape)


def kinds(findings: list[Finding]) -> set[tuple[str, bool]]:
    return {(finding.what, finding.blocks) for finding in findings}


def face_of(image: Image.Image) -> Face:
    return find_faces(np.asarray(image))[0]


def two_faces() -> Image.Image:
    one = mona_lisa().crop((100, 50, 600, 550))
    pair = Image.new("RGB", (1000, 500))
    pair.paste(one, (0, 0))
    pair.paste(one, (500, 0))
    return pair


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.width}x{shape.height}")
@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_good_picture_is_never_blocked(path: Path, shape: Geometry) -> None:
    assert kinds(check(sample(path), shape=shape)) <= {("low_resolution", False)}


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_good_picture_is_good_in_a_mirror(path: Path) -> None:
    mirrored = sample(path).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert not any(finding.blocks for finding in check(mirrored))


@pytest.mark.parametrize("size", [(451, 300), (902, 601), (225, 150)])
def test_a_cat_is_no_human_face(size: tuple[int, int]) -> None:
    cat = sample(PROJECT / "tests/data/portraits/cat.jpg").resize(size)
    [finding] = check(cat)
    assert (finding.what, finding.blocks) == ("no_face", True)
    assert "No human face found" in finding.text


def test_a_picture_without_a_face_is_blocked() -> None:
    assert kinds(check(Image.new("RGB", (600, 600), "grey"))) == {("no_face", True)}


def test_where_there_is_no_person_it_says_that_no_human_face_was_found() -> None:
    assert "human face" in check(Image.new("RGB", (600, 600), "grey"))[0].text


def test_what_may_be_an_animal_warns_and_blocks_nothing() -> None:
    image, face = mona_lisa(), face_of(mona_lisa())
    unsure = [replace(face, score=0.8)]
    assert kinds(check_portrait(image, unsure, [None], None, None, SQUARE)) == {
        ("not_human", False)
    }


def test_two_faces_block_until_one_is_chosen() -> None:
    assert kinds(check(two_faces())) == {("several_faces", True)}
    assert not any(finding.blocks for finding in check(two_faces(), chosen=1))


def test_a_choice_that_is_not_there_is_no_choice() -> None:
    assert kinds(check(two_faces(), chosen=7)) == {("several_faces", True)}


def test_a_second_face_in_the_crop_is_named_after_the_choice() -> None:
    findings = check(two_faces(), chosen=0, box=CropBox(), shape=Geometry(1280, 640))
    assert ("several_faces", False) in kinds(findings)


def test_a_small_bystander_does_not_ask_for_a_choice() -> None:
    image = mona_lisa()
    face = face_of(image)
    bystander = replace(face, landmarks=face.landmarks / 5, eye_distance=face.eye_distance / 5)
    assert checked(image, [face, bystander], None, None, SQUARE) == []


def test_a_small_face_warns_and_a_tiny_one_blocks() -> None:
    wide = Image.new("RGB", (2600, 2600), "grey")
    wide.paste(mona_lisa().crop((0, 0, 720, 720)), (900, 900))
    whole = CropBox()
    assert kinds(check(wide, box=whole)) == {("small", True)}
    assert ("small", False) in kinds(check(wide, box=CropBox(0.2, 0.2, 0.6, 0.6)))


@pytest.mark.parametrize(
    ("part", "box"),
    [("mouth", CropBox(0, 0, 1, 0.25)), ("eyes", CropBox(0, 0.25, 1, 0.5))],
)
def test_a_crop_through_the_face_blocks_and_names_what_is_cut(part: str, box: CropBox) -> None:
    cut = [finding for finding in check(mona_lisa(), box=box) if finding.what == "cut_off"]
    assert [finding.blocks for finding in cut] == [True]
    assert part in cut[0].text


def test_all_that_is_cut_off_is_named_in_one_sentence() -> None:
    findings = check(mona_lisa(), box=CropBox(0, 0.9, 0.1, 0.1))
    texts = [finding.text for finding in findings if finding.what == "cut_off"]
    assert texts[0].startswith("The eyes, mouth and chin are cut off.")


def test_a_crop_through_the_hair_only_warns() -> None:
    image = mona_lisa()
    forehead = float(face_of(image).landmarks[10, 1]) / image.height
    findings = check(image, box=CropBox(0, forehead - 0.01, 1, 0.5))
    assert ("cut_off", False) in kinds(findings)


def test_an_empty_crop_blocks() -> None:
    assert ("cut_off", True) in kinds(check(mona_lisa(), box=CropBox(0.5, 0.5, 0, 0)))


@pytest.mark.parametrize(("degrees", "blocks"), [(35, False), (90, True), (180, True), (270, True)])
def test_a_tilted_head_warns_and_one_that_lies_or_hangs_blocks(degrees: int, blocks: bool) -> None:
    turned = mona_lisa().rotate(degrees, expand=True)
    assert ("tilted", blocks) in kinds(check(turned))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_dark_face_warns(path: Path) -> None:
    assert ("dark", False) in kinds(check(ImageEnhance.Brightness(sample(path)).enhance(0.25)))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_an_overexposed_face_warns(path: Path) -> None:
    assert ("bright", False) in kinds(check(ImageEnhance.Brightness(sample(path)).enhance(2.5)))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_blurred_face_warns(path: Path) -> None:
    image = sample(path)
    height = face_of(image).eye_distance * 1.6
    blurred = image.filter(ImageFilter.GaussianBlur(height * 0.02))
    assert ("blurred", False) in kinds(check(blurred))


def test_darkness_is_not_taken_for_blur() -> None:
    dark = ImageEnhance.Brightness(mona_lisa()).enhance(0.25)
    assert "blurred" not in {finding.what for finding in check(dark)}


def test_a_crop_with_too_few_pixels_warns() -> None:
    small = mona_lisa().resize((180, 320))
    findings = [each for each in check(small) if each.what == "low_resolution"]
    assert [finding.blocks for finding in findings] == [False]
    assert "for a 512 px video" in findings[0].text


@pytest.mark.parametrize(("yaw", "expected"), [(20, None), (45, False), (-45, False), (70, True)])
def test_a_face_turned_away_warns_and_one_in_profile_blocks(
    yaw: float, expected: bool | None
) -> None:
    image = mona_lisa()
    face = replace(face_of(image), yaw=yaw)
    box = default_crop(image, 1.0, face)
    found = [each for each in checked(image, [face], box, None, SQUARE) if each.what == "turned"]
    assert [finding.blocks for finding in found] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("rotation", "turns"),
    [
        (Image.Transpose.ROTATE_90, 1),
        (Image.Transpose.ROTATE_270, 3),
        (Image.Transpose.ROTATE_180, 2),
    ],
    ids=["on its left", "on its right", "upside down"],
)
def test_a_rotated_photo_says_how_to_rotate_it_back(rotation: Image.Transpose, turns: int) -> None:
    findings = check(mona_lisa().transpose(rotation))
    [found] = [finding for finding in findings if finding.what == "tilted"]
    assert (found.blocks, found.turns) == (True, turns)


def test_a_face_that_no_crop_holds_is_whole_in_a_surrounded_frame() -> None:
    image = mona_lisa().crop((0, 0, mona_lisa().width, mona_lisa().height // 2))
    face = face_of(image)
    upright = image.crop((int(face.box[0]) - 10, 0, int(face.box[2]) + 10, image.height))
    wide = Geometry(1280, 720)
    face = face_of(upright)
    assert ("cut_off", True) in kinds(check(upright, shape=wide))
    box = surrounded_box(upright, wide.aspect, face)
    assert not any(finding.blocks for finding in check(upright, box=box, shape=wide))


def test_every_finding_is_a_sentence_that_says_what_to_do() -> None:
    bad = ImageEnhance.Brightness(mona_lisa().resize((90, 160)).rotate(40)).enhance(0.2)
    findings = [*check(bad), *check(two_faces()), *check(Image.new("RGB", (99, 99)))]
    assert len(findings) >= 4
    for finding in findings:
        assert finding.text.endswith(".")
        assert finding.text.count(".") >= 2 or "," in finding.text
