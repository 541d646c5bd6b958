"""The label of exports: what it says, how it looks, where it stands, and when it is shown."""

from itertools import product

import numpy as np
import pytest

from talkinghead.av.face_path import FacePath
from talkinghead.av.frames import ColourSystem, Picture
from talkinghead.av.overlays.areas import Area, OccupiedArea
from talkinghead.av.overlays.overlay import OverlayFrame, OverlayStep, place_all
from talkinghead.captions.cues import make_cues
from talkinghead.captions.painting.burner import Captions
from talkinghead.captions.styles import STYLES, rules_for, safe_area, style
from talkinghead.catalogue.export import PLATFORM_SIZES, Corner, ExportLabel, Shape, Wording
from talkinghead.exports.label.contrast import contrast, over, plate_opacity
from talkinghead.exports.label.drawing import draw_label
from talkinghead.exports.label.overlay import LabelStep
from talkinghead.exports.label.times import BREAK_SECONDS, label_times
from talkinghead.exports.label.wordings import (
    alt_text,
    label_languages,
    label_text,
    language_for,
    page_sentence,
)
from talkinghead.speech.text.timed_words import TimedWord
from tests.captions.caption_samples import ENGLISH, grey, spoken
from tests.exports.label_contrast import GROUNDS, LABEL, label_contrast

BOTH: tuple[Wording, ...] = ("generated", "modified")
CORNERS: tuple[Corner, ...] = ("top_right", "top_left", "bottom_right", "bottom_left")
VALUE = 120


def frame(size: tuple[int, int], path: FacePath | None = None) -> OverlayFrame:
    colours = ColourSystem()
    return OverlayFrame(*size, 10.0, colours) if path is None else OverlayFrame(*size, 10.0, colours, path)  # noqa: E501  # fmt: skip


def face_at(middle: float, height: float) -> FacePath:
    """A face around this part of the height; its mouth is in its lower third."""
    box = [[0.2, middle - height / 2, 0.8, middle + height / 2]]
    mouth = [[0.38, middle + 0.22 * height, 0.62, middle + 0.32 * height]]
    return FacePath(np.zeros(1), np.array(box), np.array(mouth))


def changed(picture: Picture) -> Area:
    rows, columns = np.nonzero(np.abs(picture.parts[0].astype(int) - VALUE) > 12)
    return Area(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


# What it says


def test_every_label_begins_with_a_capital_ai_and_has_its_sentences() -> None:
    for language in label_languages():
        texts = [label_text(wording, language) for wording in BOTH]
        assert all(text.startswith("AI") and len(text) > 2 for text in texts), language
        sentences = [page_sentence(wording, language) for wording in BOTH]
        assert len({*texts, *sentences}) == 4, language
    assert label_text("ai", "de") == "AI"
    assert label_text("generated", "de") == "AI · KI-generiert"


def test_a_language_without_wording_is_labeled_in_english() -> None:
    assert [language_for(each) for each in ("fr", "und", None)] == ["fr", "en", "en"]


def test_the_alternative_text_names_the_video() -> None:
    said = "This video was generated with AI."
    assert page_sentence("ai", "en") == said
    assert alt_text("Spring sale", "ai", "en") == f"Spring sale. {said}"
    assert alt_text("Ready? ", "ai", "en") == f"Ready? {said}"
    assert alt_text(" ", "ai", "en") == said


# How it looks


@pytest.mark.parametrize(("kind", "shape"), list(product(GROUNDS, PLATFORM_SIZES)))
def test_its_letters_have_a_contrast_of_4_5_on_anything_in_every_shape(
    kind: str, shape: Shape
) -> None:
    assert label_contrast(kind, shape) >= 4.5


def test_the_plate_is_as_light_as_the_contrast_allows() -> None:
    plate, white = (12, 13, 18), (255, 255, 255)
    opacity = plate_opacity(plate)
    assert contrast(white, over(plate, opacity, white)) >= 7
    assert contrast(white, over(plate, opacity - 0.03, white)) < 7
    assert contrast(white, (0, 0, 0)) == pytest.approx(21)


def test_ai_is_the_largest_and_heaviest_of_it() -> None:
    drawn = draw_label("AI-ai", "en", 60, 1000)[:, :, 0] > 200
    columns = np.nonzero(drawn.any(axis=0))[0]
    main, rest = drawn[:, : columns[0] + 70], drawn[:, columns[0] + 90 :]
    assert np.ptp(np.nonzero(main.any(axis=1))[0]) > np.ptp(np.nonzero(rest.any(axis=1))[0])


def test_a_long_wording_fits_the_narrowest_shape() -> None:
    width = safe_area(1080, 1920).width
    for language, wording in product(label_languages(), BOTH):
        assert draw_label(label_text(wording, language), language, 40, width).shape[1] <= width


# Where it stands


@pytest.mark.parametrize(("shape", "corner"), list(product(PLATFORM_SIZES, CORNERS)))
def test_it_is_inside_the_safe_area_in_its_corner(shape: Shape, corner: Corner) -> None:
    size = PLATFORM_SIZES[shape]
    step = LabelStep(LABEL.model_copy(update={"corner": corner}))
    overlay = step.place(frame(size), ())
    drawn = changed(next(overlay(iter([grey(*size, 0.0, VALUE)]))))
    safe = safe_area(*size)
    assert safe.left - 2 <= drawn.left < drawn.right <= safe.right
    assert safe.top - 2 <= drawn.top < drawn.bottom <= safe.bottom
    side = drawn.right - safe.right if corner.endswith("right") else drawn.left - safe.left
    end = drawn.top - safe.top if corner.startswith("top") else drawn.bottom - safe.bottom
    assert max(abs(side), abs(end)) <= 4
    [told] = overlay.areas
    assert told.area.left <= drawn.left < drawn.right <= told.area.right
    assert told.area.top <= drawn.top < drawn.bottom <= told.area.bottom


@pytest.mark.parametrize("corner", CORNERS)
@pytest.mark.parametrize("shape", PLATFORM_SIZES)
def test_label_and_captions_never_share_a_pixel(shape: Shape, corner: Corner) -> None:
    size = PLATFORM_SIZES[shape]
    label = LabelStep(LABEL.model_copy(update={"corner": corner}))
    paths = [None, *(face_at(*each) for each in ((0.3, 0.4), (0.5, 0.9), (0.65, 0.9), (0.5, 1.4)))]
    for look, path in product(map(style, ("pop", "lower_third")), paths):
        captions = Captions(make_cues(spoken(ENGLISH), rules_for(look, *size)), look)
        orders: list[list[OverlayStep]] = [[label, captions], [captions, label]]
        for steps in orders:
            first, second = place_all(steps, frame(size, path))
            assert not any(a.meets(b) for a, b in product(first.areas, second.areas)), (
                look.id,
                path,
            )


def test_what_captions_draw_is_where_they_say() -> None:
    size = PLATFORM_SIZES["1:1"]
    for look in STYLES:
        cues = make_cues(spoken(ENGLISH), rules_for(look, *size))
        overlay = Captions(cues, look).place(frame(size), ())
        for cue, told in zip(cues[:2], overlay.areas, strict=False):
            seconds = (cue.start + cue.end) / 2
            drawn = changed(next(overlay(iter([grey(*size, seconds, VALUE)]))))
            assert told.start <= seconds < told.end
            assert told.area.left <= drawn.left < drawn.right <= told.area.right
            assert told.area.top <= drawn.top < drawn.bottom <= told.area.bottom


def test_a_third_overlay_needs_nothing_but_the_protocol() -> None:
    class Corner:
        """A logo in the label's corner, as a later step might be."""

        needs_face = False

        def __init__(self) -> None:
            self.areas = (OccupiedArea(Area(600, 0, 1080, 300), 0.0, 10.0),)

        def place(self, frame: OverlayFrame, occupied: object) -> "Corner":
            return self

        def __call__(self, pictures: object) -> object:
            return pictures

    logo: OverlayStep = Corner()  # type: ignore[assignment]  # its filter passes frames on as they are
    _, label = place_all([logo, LabelStep(LABEL)], frame((1080, 1080)))
    assert label.areas[0].area.top >= 300


# When it is shown


def test_it_is_shown_at_the_start_and_every_half_minute() -> None:
    assert label_times(70) == ((0.0, 5.0), (30.0, 35.0), (60.0, 65.0))
    assert label_times(3.2) == ((0.0, 3.2),)
    assert label_times(30.5) == ((0.0, 5.0),)  # half a second of it would only flash


def test_after_a_break_it_is_shown_again_and_the_interval_begins_anew() -> None:
    words = [
        TimedWord("Before.", 0.5, 12.0),
        TimedWord("Soon", 12.0 + BREAK_SECONDS, 14.5),  # no break yet
        TimedWord("After.", 20.0, 44.0),
    ]
    assert label_times(52, words) == ((0.0, 5.0), (20.0, 25.0), (50.0, 52.0))


def test_a_break_while_it_is_shown_prolongs_it() -> None:
    words = [TimedWord("One", 0.1, 0.5), TimedWord("two", 4.0, 4.4), TimedWord("three", 8, 8.4)]
    assert label_times(20, words) == ((0.0, 13.0),)


def test_between_its_times_no_pixel_is_touched() -> None:
    label = ExportLabel(text="AI", shown="intervals", times=((0.0, 1.0), (3.0, 4.0)))
    overlay = LabelStep(label).place(frame((320, 180)), ())
    shown = [
        bool((next(overlay(iter([grey(320, 180, at, VALUE)]))).parts[0] != VALUE).any())
        for at in (0.0, 0.5, 1.0, 2.9, 3.1, 3.9, 4.1)
    ]
    assert shown == [True, True, False, False, True, True, False]
