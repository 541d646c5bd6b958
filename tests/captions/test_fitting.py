"""Captions of real copy: long words, addresses, one size through a video."""

import numpy as np
import pytest

from talkinghead.av.frames import ColourSystem
from talkinghead.av.overlays.overlay import OverlayFrame
from talkinghead.captions.cues import make_cues
from talkinghead.captions.painting.burner import CaptionBurner
from talkinghead.captions.painting.fitting import FittedCaptions, fitted
from talkinghead.captions.painting.fonts import faces
from talkinghead.captions.styles import (
    STYLES,
    CaptionStyle,
    font_size,
    rules_for,
    safe_area,
    smallest_scale,
    style,
)
from tests.captions.caption_samples import grey, spoken

SIZES = ((720, 1280), (720, 900), (720, 720), (1280, 720))
LONG = (
    "Congratulations on personalization!",
    "Write to marketing.department@northwind-traders.com today",
    "See https://www.northwind-traders.com/spring/2026/sale?utm_source=newsletter&utm_medium=mail",
    "Our Donaudampfschifffahrtsgesellschaftskapitän says internationalization",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW now",
    "Ask +1-800-555-0199-2468-1357-9753 or #northwindspringsale2026everythingmustgo",
)


def fit(look: CaptionStyle, text: str, size: tuple[int, int]) -> FittedCaptions:
    cues = make_cues(spoken(text), rules_for(look, *size))
    return fitted(cues, look, *size, faces(look.family, look.weight))


@pytest.mark.parametrize("look", STYLES, ids=lambda look: look.id)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_long_words_stay_in_the_safe_area_at_a_size_that_can_be_read(
    look: CaptionStyle, size: tuple[int, int]
) -> None:
    area, usual = safe_area(*size), font_size(look, *size)
    for text in LONG:
        found = fit(look, text, size)
        assert found.size >= usual * smallest_scale(look, *size) - 1e-6
        assert found.size >= 0.045 * min(size) - 1e-6
        widest = max(line.ems for lines in found.lines for line in lines)
        assert widest * found.size <= area.width


@pytest.mark.parametrize("look", STYLES, ids=lambda look: look.id)
def test_nothing_of_a_long_word_is_cut_by_the_edge(look: CaptionStyle) -> None:
    size = (720, 1280)
    for text in LONG[1:5]:
        cues = make_cues(spoken(text), rules_for(look, *size))
        burner = CaptionBurner(cues, look, OverlayFrame(*size, 10.0, ColourSystem()))
        cue = max(cues, key=lambda cue: len(cue.text))
        picture = next(burner(iter([grey(*size, (cue.start + cue.end) / 2)])))
        _, columns = np.nonzero(np.abs(picture.parts[0].astype(int) - 120) > 24)
        assert columns.min() > 0
        assert columns.max() < size[0] - 1


def test_a_word_that_is_a_little_too_long_makes_all_letters_smaller_not_its_cue_alone() -> None:
    look, size = style("pop"), (720, 1280)
    short = fit(look, "He is in. It is on.", size)
    found = fit(look, "He is in. Wonderful. It is on.", size)
    assert short.size == font_size(look, *size)
    assert short.size * smallest_scale(look, *size) <= found.size < short.size
    assert all(len(lines) <= 2 for lines in found.lines)


def test_an_address_is_broken_at_its_signs_and_keeps_every_letter() -> None:
    found = fit(style("pop"), "northwind-traders.com/spring/sale", (720, 1280))
    rows = ["".join(run.text for _, runs in line.words for run in runs) for line in found.lines[0]]
    assert len(rows) > 1
    assert "".join(rows) == "NORTHWIND-TRADERS.COM/SPRING/SALE"


def test_every_piece_of_a_word_lights_up_with_it() -> None:
    look, size = style("pop"), (720, 1280)
    cues = make_cues(spoken("Internationalization"), rules_for(look, *size))
    burner = CaptionBurner(cues, look, OverlayFrame(*size, 10.0, ColourSystem()))
    word = cues[0].words[0]
    picture = next(burner(iter([grey(*size, (word.start + word.end) / 2)])))
    rows = np.nonzero((picture.parts[1] < 60).any(axis=1))[0] * 2
    assert rows.max() - rows.min() > 1.2 * fit(look, "Internationalization", size).size
