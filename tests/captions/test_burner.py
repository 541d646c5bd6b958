"""Captions on pictures."""

import cv2
import numpy as np
import pytest

from talkinghead.av.face_path import NO_FACE, FacePath
from talkinghead.av.frames import ColourSystem, Picture
from talkinghead.av.overlays.overlay import OverlayFrame
from talkinghead.captions.cues import Cue, make_cues, single_lines
from talkinghead.captions.painting.burner import CaptionBurner, han_region
from talkinghead.captions.styles import STYLES, CaptionStyle, rules_for, safe_area, style
from tests.captions.caption_samples import ENGLISH, JAPANESE, TEXTS, grey, spoken

SIZES = ((720, 1280), (720, 900), (720, 720), (1280, 720))
VALUE = 120


def burner(
    look: CaptionStyle, text: str, size: tuple[int, int], path: FacePath | None = None
) -> tuple[CaptionBurner, tuple[Cue, ...]]:
    cues = make_cues(spoken(text), rules_for(look, *size))
    return CaptionBurner(cues, look, frame(size, NO_FACE if path is None else path)), cues


def frame(size: tuple[int, int], path: FacePath = NO_FACE) -> OverlayFrame:
    return OverlayFrame(*size, 10.0, ColourSystem(), path)


def burned(made: CaptionBurner, size: tuple[int, int], seconds: float) -> Picture:
    return next(made(iter([grey(*size, seconds, VALUE)])))


def changed(picture: Picture) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not grey any more."""
    rows, columns = np.nonzero(np.abs(picture.parts[0].astype(int) - VALUE) > 24)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@pytest.mark.parametrize("look", STYLES, ids=lambda look: look.id)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("text", TEXTS, ids=["English", "Arabic", "Japanese", "emoji"])
def test_all_that_is_drawn_is_within_the_safe_area(
    look: CaptionStyle, size: tuple[int, int], text: str
) -> None:
    made, cues = burner(look, text, size)
    area = safe_area(*size)
    spare = 0.03 * size[1]  # a border or a growing letter may reach over by its own width
    for cue in cues[:3]:
        left, top, right, bottom = changed(burned(made, size, (cue.start + cue.end) / 2))
        assert area.left - spare <= left < right <= area.right + spare
        assert area.top - spare <= top < bottom <= area.bottom + spare


@pytest.mark.parametrize("look", STYLES, ids=lambda look: look.id)
def test_no_letter_covers_the_mouth(look: CaptionStyle) -> None:
    size = (720, 1280)
    mouth = np.array([[0.35, 0.66, 0.65, 0.72]])
    path = FacePath(np.zeros(1), np.array([[0.2, 0.3, 0.8, 0.8]]), mouth)
    made, cues = burner(look, ENGLISH, size, path)
    for cue in cues:
        brightness = burned(made, size, cue.start + 0.1).parts[0]
        assert (brightness[int(0.66 * 1280) : int(0.72 * 1280)] == VALUE).all()


@pytest.mark.parametrize("style_id", ["highlight", "pop"])
def test_the_word_being_said_stands_out_and_no_other(style_id: str) -> None:
    look = style(style_id)
    made, cues = burner(look, ENGLISH, (1280, 720))
    coloured = []
    for word in cues[0].words:
        blue = burned(made, (1280, 720), (word.start + word.end) / 2).parts[1].astype(int)
        coloured.append(np.nonzero(np.abs(blue - 128) > 40)[1].mean())
    first_line = coloured[: len(cues[0].lines[0])]
    assert first_line == sorted(first_line)
    assert len(set(first_line)) == len(first_line)


def test_a_long_word_does_not_grow_over_its_neighbour() -> None:
    look, size = style("pop"), (1280, 720)
    cues = make_cues(spoken("On personalization"), rules_for(look, *size))
    made = CaptionBurner(cues, look, frame(size))
    all_white, second_white, first_white = (
        int((made.overlay(0, active).rgba[:, :, :3].min(axis=2) > 200).sum())
        for active in (None, 0, 1)  # the word being said is yellow
    )
    assert first_white == all_white - second_white


def test_in_arabic_the_word_being_said_goes_from_right_to_left() -> None:
    made, cues = burner(style("highlight"), "مرحباً بكم في عرضنا", (1280, 720))
    middles = []
    for word in cues[0].words:
        blue = burned(made, (1280, 720), (word.start + word.end) / 2).parts[1].astype(int)
        middles.append(np.nonzero(np.abs(blue - 128) > 40)[1].mean())
    assert middles == sorted(middles, reverse=True)


@pytest.mark.parametrize("look", STYLES, ids=lambda look: look.id)
@pytest.mark.parametrize("ground", [0, 120, 255])
def test_letters_can_be_read_on_any_ground(look: CaptionStyle, ground: int) -> None:
    """Letters against what touches them have a contrast of 4.5. Source: WCAG 2.2, 1.4.3."""
    made, _ = burner(look, "Higher and lower", (720, 720))
    overlay = made.overlay(0).rgba.astype(float)
    drawn = overlay[:, :, :3].mean(axis=2) + ground * (1 - overlay[:, :, 3] / 255)
    inked = (overlay[:, :, :3].mean(axis=2) > 150) & (overlay[:, :, 3] > 250)
    letters = cv2.erode(inked.astype(np.uint8), np.ones((3, 3)))
    near, touching = (cv2.dilate(letters, np.ones((side, side))) for side in (9, 7))
    lit, around = (
        _luminance(float(np.median(drawn[part > 0]))) for part in (letters, near - touching)
    )
    assert (lit + 0.05) / (around + 0.05) >= 4.5


def _luminance(value: float) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def test_between_captions_nothing_is_touched() -> None:
    made, cues = burner(style("pop"), "One thing.", (1280, 720))
    picture = burned(made, (1280, 720), cues[-1].end + 0.01)
    assert (picture.planes == grey(1280, 720, 0, VALUE).planes).all()


def test_a_shadow_never_makes_a_picture_lighter() -> None:
    look = style("minimal")
    made, cues = burner(look, "Word", (1280, 720))
    overlay = made.overlay(0)
    faint = (overlay.rgba[:, :, 3] > 0) & (overlay.rgba[:, :, 3] < 60)
    assert overlay.rgba[faint][:, :3].max() < 10
    assert cues


def test_colours_are_those_of_the_style() -> None:
    made, cues = burner(style("pop"), "Wide", (1280, 720))
    y, u, v = (part.copy() for part in burned(made, (1280, 720), cues[0].words[0].end).parts)
    lit = u < 60
    expected = ColourSystem().planes_of((255, 222, 33))
    found = (y[::2, ::2][lit], u[lit], v[lit])
    assert [float(np.median(part)) for part in found] == pytest.approx(expected, abs=3)


def test_han_characters_take_the_forms_of_their_language() -> None:
    cues = [
        make_cues(spoken(text), rules_for(STYLES[0], 720, 720))
        for text in (JAPANESE, "动画字幕", "동영상 漢字")
    ]
    assert [han_region(each) for each in cues] == ["ja", "zh-hans", "ko"]  # fmt: skip


def test_in_a_close_up_two_lines_become_one_below_the_mouth() -> None:
    size, said = (720, 720), "Meet the desk that your whole team will love."
    box, mouth = [[0.15, -0.02, 0.85, 0.97]], [[0.38, 0.78, 0.62, 0.82]]
    close = FacePath(np.zeros(1), np.array(box), np.array(mouth))
    made, cues = burner(style("highlight"), said, size, close)
    assert max(len(cue.lines) for cue in cues) == 2
    for cue in single_lines(cues):
        _, top, _, bottom = changed(burned(made, size, (cue.start + cue.end) / 2))
        assert top / size[1] >= 0.82
        assert bottom < size[1] - 1
