"""Contrast of the label's letters, whatever the video shows behind them. Source: WCAG 2.2."""

Colour = tuple[int, int, int]

LEAST_CONTRAST = 4.5
"""Of text, by WCAG 2.2, 1.4.3 (AA)."""
WANTED_CONTRAST = 7.0
"""Of the label's text: AAA, so that the encoder has something to take away."""
_WHITE: Colour = (255, 255, 255)
_STEP = 50  # steps of opacity


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a color, 0 to 1."""
    red, green, blue = (_linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colors, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def over(colour: Colour, opacity: float, ground: Colour) -> Colour:
    """Return what is seen of a color of this opacity over another one."""
    red, green, blue = (
        round(top * opacity + below * (1 - opacity))
        for top, below in zip(colour, ground, strict=True)
    )
    return red, green, blue


def plate_opacity(plate: Colour, text: Colour = _WHITE) -> float:
    """Return the least opacity at which a dark plate keeps light text legible on anything: what is
    behind it can be no lighter than white."""
    opacities = (step / _STEP for step in range(_STEP + 1))
    legible = (
        each for each in opacities if contrast(text, over(plate, each, _WHITE)) >= WANTED_CONTRAST
    )
    return next(legible, 1.0)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
