"""Text can be read on every surface, by day and by night: WCAG 2.2 asks for 4.5 to 1."""

import tomllib
from pathlib import Path

import pytest

CONFIG = tomllib.loads(
    (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)
SURFACES = ("backgroundColor", "secondaryBackgroundColor")
TEXTS = (
    "textColor",
    "linkColor",
    "codeTextColor",
    "greenColor",
    "redColor",
    "orangeColor",
    "grayColor",
)
WHITE = "#FFFFFF"  # what Streamlit writes on a primary button


def luminance(color: str) -> float:
    """Relative luminance, as WCAG defines it."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("text", TEXTS)
def test_text_stands_out_from_every_surface(mode: str, text: str) -> None:
    theme = CONFIG["theme"][mode]
    assert min(contrast(theme[text], theme[surface]) for surface in SURFACES) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_words_of_a_primary_button_can_be_read(mode: str) -> None:
    assert contrast(CONFIG["theme"][mode]["primaryColor"], WHITE) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_primary_button_stands_out_from_the_page(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= 3


def test_no_words_are_written_in_the_colour_of_buttons() -> None:
    root = Path(__file__).parents[2]
    pages = [*(root / "components").rglob("*.py"), *(root / "pages").glob("*.py")]
    assert not [page.name for page in pages if ":primary[" in page.read_text(encoding="utf-8")]
