"""Words as they are drawn."""

import numpy as np
import pytest
from PIL import Image

from talkinghead.captions.painting.fonts import emoji_picture, faces
from talkinghead.captions.painting.text_runs import runs, seen, visual_order

FACES = faces("Montserrat", 800)


def names(text: str, to_left: bool = False) -> list[tuple[str, str]]:
    return [
        (run.text, "emoji" if run.face is None else run.face.path.rsplit("/", 1)[-1].split("[")[0])
        for run in runs(text, FACES, to_left)
    ]


@pytest.mark.parametrize(
    ("text", "face"),
    [("Word,", "Montserrat"), ("Привет", "Montserrat"), ("Tiếng", "Montserrat"),
     ("Ελληνικά", "Inter"), ("שלום", "Rubik"), ("動画", "NotoSansCJK-VF.otf.ttc"),
     ("안녕", "NotoSansCJK-VF.otf.ttc"), ("नमस्ते", "NotoSansDevanagari"), ("ไทย", "NotoSansThai")],
)  # fmt: skip
def test_each_script_has_a_face(text: str, face: str) -> None:
    assert names(text) == [(text, face)]


def test_an_emoji_of_several_signs_is_one_picture() -> None:
    assert names("today 👩🏽‍💻")[-1] == ("👩🏽‍💻", "emoji")
    assert emoji_picture("❤️") is not None
    assert emoji_picture("🇯🇵") is not None


def test_in_a_right_to_left_line_the_emoji_is_at_the_left() -> None:
    assert names("مرحبا 🎉", to_left=True)[0] == ("🎉", "emoji")


def test_right_to_left_words_keep_their_order_and_a_brand_its_own() -> None:
    texts = ["منصة", "Open", "AI", "في", "30", "ثانية"]
    assert [texts[at] for at in visual_order(texts, to_left=True)] == [
        "ثانية", "30", "في", "Open", "AI", "منصة",
    ]  # fmt: skip


def test_left_to_right_words_are_unchanged() -> None:
    assert visual_order(["one", "2", "three"], to_left=False) == [0, 1, 2]


def test_without_a_layout_engine_letters_are_joined_and_turned() -> None:
    assert seen("שלום!", to_left=True) == "!םולש"
    assert seen("Open", to_left=True) == "Open"
    assert seen("50%", to_left=True) == "50%"
    assert seen("ב-50%", to_left=True) == "50%-ב"
    joined = seen("فقط", to_left=True)
    assert len(joined) == 3
    assert all("\ufe70" <= letter <= "\ufeff" for letter in joined)


@pytest.mark.parametrize("text", ["Word", "مرحباً", "動画", "שלום"])
def test_letters_fill_their_width(text: str) -> None:
    (run,) = runs(text, FACES, to_left=text[0] in "مש")
    mask = Image.new("L", (400, 120))
    run.draw(mask, 60, 80, 48, 0)
    inked = np.flatnonzero(np.asarray(mask).max(axis=0) > 128)
    assert inked[0] == pytest.approx(60, abs=6)
    assert inked[-1] == pytest.approx(60 + run.width(48), abs=6)
