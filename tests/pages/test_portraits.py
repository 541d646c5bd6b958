"""The stage of Create: a portrait chosen, changed, rotated, framed and removed."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from components.portraits.sample_portraits import PAINTINGS, SAMPLES
from components.shell import session
from talkinghead.portraits.surround import Surround
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project
from tests.pages.conftest import ROOT

MONA_LISA, AGNEW = SAMPLES / "mona-lisa.jpg", SAMPLES / "lady-agnew.jpg"
HEYGEN = "fal-ai/heygen/avatar4/image-to-video"
ASTRONAUT = ROOT / "tests" / "data" / "portraits" / "astronaut.png"


@pytest.fixture
def page(open_page: Callable[..., AppTest]) -> AppTest:
    return open_page("create")


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def upload(page: AppTest, data: bytes, name: str) -> AppTest:
    """The page after a file was given to the uploader that it shows."""
    [shown] = [each for each in page.file_uploader if str(each.key).startswith("create_upload_")]
    shown.upload(name, data, "image/jpeg")
    return run(page)


def open_menu(page: AppTest) -> AppTest:
    """The page after "Change portrait" was clicked."""
    turn = page.session_state["portrait_turn"]
    page.session_state[f"create_change_{turn}"] = True
    return run(page)


def pick(page: AppTest, key: str, chosen: str) -> AppTest:
    """The page after an option of a radio group was clicked."""
    page.session_state[key] = {"chosen": chosen}
    return run(page)


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    return run(page)


def chosen(page: AppTest) -> Project:
    """The project as the page holds it."""
    project: Project = page.session_state["project_kept"]
    return project


def portrait_of(page: AppTest) -> Portrait:
    """The portrait on the stage."""
    portrait = chosen(page).portrait
    assert portrait is not None
    return portrait


def names(page: AppTest) -> list[str]:
    """The portraits of the workspace, the one chosen last first."""
    workspace = session.process_studio().workspace(None)
    return [entry.name for entry in workspace.portrait_library.list()]


def texts(page: AppTest) -> str:
    shown = (*page.markdown, *page.caption)
    return "\n".join(str(element.value) for element in shown)


def jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=95)
    return file.getvalue()


def test_another_portrait_does_not_lose_the_one_before(page: AppTest) -> None:
    upload(page, MONA_LISA.read_bytes(), "first.jpg")
    before = portrait_of(page)
    upload(open_menu(page), AGNEW.read_bytes(), "second.jpg")
    assert portrait_of(page).name == "second.jpg"
    assert names(page) == ["second.jpg", "first.jpg"]
    open_menu(page)
    turn = page.session_state["portrait_turn"]
    pick(page, f"create_library_{turn}", before.reference)
    assert chosen(page).portrait == before
    assert names(page) == ["first.jpg", "second.jpg"]


def test_a_sample_is_offered_as_long_as_it_is_not_among_ones_own(page: AppTest) -> None:
    pick(page, "create_samples_0", PAINTINGS[0].id)
    assert names(page) == [PAINTINGS[0].title]
    turn = page.session_state["portrait_turn"]
    open_menu(page)
    pick(page, f"create_library_{turn}", PAINTINGS[2].id)
    assert names(page) == [PAINTINGS[2].title, PAINTINGS[0].title]


def test_a_removed_portrait_comes_back_with_undo(page: AppTest) -> None:
    upload(page, MONA_LISA.read_bytes(), "me.jpg")
    portrait = chosen(page).portrait
    click(open_menu(page), "create_remove_portrait")
    assert chosen(page).portrait is None
    assert names(page) == []
    assert "Removed me\\.jpg. Videos made with it stay." in texts(page)
    click(page, "create_restore_portrait")
    assert chosen(page).portrait == portrait
    assert names(page) == ["me.jpg"]


def test_a_sideways_photo_is_rotated_by_the_button_beside_its_problem(page: AppTest) -> None:
    sideways = Image.open(MONA_LISA).transpose(Image.Transpose.ROTATE_270)
    upload(page, jpeg(sideways), "sideways.jpg")
    assert "The photo is sideways\\. Rotate it\\." in texts(page)
    click(page, "create_rotate")
    rotated = portrait_of(page)
    assert rotated.width < rotated.height
    assert ":red[" not in texts(page)
    assert names(page) == ["sideways.jpg"]


def test_rotated_left_and_right_it_is_the_same_portrait(page: AppTest) -> None:
    upload(page, MONA_LISA.read_bytes(), "me.jpg")
    upright = chosen(page).portrait
    click(open_menu(page), "create_rotate_left")
    rotated = portrait_of(page)
    assert rotated.width > rotated.height
    click(open_menu(page), "create_rotate_right")
    assert chosen(page).portrait == upright


def test_a_photo_that_no_crop_holds_is_kept_whole_on_a_blurred_background(page: AppTest) -> None:
    narrow = Image.open(MONA_LISA).crop((230, 120, 520, 560))  # a face from edge to edge
    upload(page, jpeg(narrow), "narrow.jpg")
    pick(page, "create_model_chosen", HEYGEN)
    pick(page, "create_shape", "16:9")
    assert "cut off" in texts(page)
    click(page, "create_surround")
    assert chosen(page).fit == "blur"
    assert "cut off" not in texts(page)
    frame = chosen(page).crop
    assert frame is not None
    assert frame.width > 1  # it is wider than the photo


def test_the_background_has_the_color_that_was_picked(page: AppTest) -> None:
    upload(page, MONA_LISA.read_bytes(), "me.jpg")
    pick(open_menu(page), "create_fit", "colour")
    page.color_picker("create_surround_colour").set_value("#ff8000")
    run(page)
    assert chosen(page).surround == Surround("colour", (255, 128, 0))
    pick(page, "create_fit", "crop")
    assert chosen(page).surround is None


def test_a_model_of_squares_shows_the_other_shapes_and_says_why_they_cannot_be_chosen(
    page: AppTest,
) -> None:
    upload(page, MONA_LISA.read_bytes(), "me.jpg")
    assert "FlashHead: square only" in texts(page)
    assert disabled_shapes(page) == ["9:16", "16:9"]
    pick(page, "create_model_chosen", HEYGEN)
    assert "square only" not in texts(page)
    assert disabled_shapes(page) == []
    pick(page, "create_shape", "16:9")
    assert "Fit" in [caption.value for caption in page.caption]
    pick(page, "create_model_chosen", "fal-ai/flashhead")
    pick(page, "create_model_chosen", HEYGEN)
    assert chosen(page).shape == 16 / 9


def disabled_shapes(page: AppTest) -> list[str]:
    """The shapes that are there and cannot be chosen."""
    shown = [json.loads(each.proto.json) for each in page.get("bidi_component") if each.proto.json]
    [group] = [one for one in shown if one.get("label") == "Shape of the video"]
    return [option["id"] for option in group["options"] if option["disabled"]]


def test_another_portrait_keeps_the_shape_and_the_fit(page: AppTest) -> None:
    upload(page, MONA_LISA.read_bytes(), "me.jpg")
    pick(page, "create_model_chosen", HEYGEN)
    pick(page, "create_shape", "16:9")
    pick(page, "create_fit", "blur")
    upload(open_menu(page), ASTRONAUT.read_bytes(), "other.png")
    assert (chosen(page).shape, chosen(page).fit) == (16 / 9, "blur")


def test_faces_are_numbered_from_left_to_right(page: AppTest) -> None:
    one = Image.open(ASTRONAUT).convert("RGB")
    small = one.resize((320, 320))
    group = Image.new("RGB", (one.width + small.width, one.height))
    group.paste(small, (0, 100))
    group.paste(one, (small.width, 0))  # the larger face is at the right
    upload(page, jpeg(group), "group.jpg")
    larger, smaller = portrait_of(page).faces
    assert smaller.left < larger.left
    [faces] = [
        json.loads(each.proto.json)["options"]
        for each in page.get("bidi_component")
        if "Who should speak?" in each.proto.json
    ]
    assert [(each["mark"], each["id"]) for each in faces] == [("1", "1"), ("2", "0")]
    assert chosen(page).face == 0  # the larger one, until another is chosen


def test_an_animation_is_refused_on_the_stage_and_the_portrait_stays(page: AppTest) -> None:
    upload(page, MONA_LISA.read_bytes(), "me.jpg")
    before = chosen(page).portrait
    frames = [Image.new("RGB", (80, 80), color) for color in ("red", "lime")]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=100)
    upload(open_menu(page), file.getvalue(), "wave.gif")
    assert "GIF animations aren't supported\\. Use a still photo\\." in texts(page).replace(
        "\\'", "'"
    )
    assert chosen(page).portrait == before
