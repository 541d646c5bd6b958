"""How the versions of a video are called."""

from talkinghead.captions.styles import style
from talkinghead.exports.values import Version

_RATIOS = {"1:1": 1.0, "9:16": 9 / 16, "4:5": 4 / 5, "16:9": 16 / 9, "3:4": 3 / 4, "4:3": 4 / 3}
_ALIKE = 0.04  # of the ratio: models make 832 × 480 of 16:9


def version_name(version: Version | None, width: int, height: int) -> str:
    """Return how a version differs from its original, in a few words: "9:16 · Pop"; of an original
    "Original · 1:1".

    Args:
        version: how it differs; None of an original.
        width, height: of the video, pixels.
    """
    if version is None:
        return f"Original · {ratio_of(width, height)}"
    parts = [version.shape or ratio_of(width, height)]
    parts += [style(version.style).title] if version.style else []
    parts += ["No label"] if version.label_off_reason else []
    return " · ".join(parts)


def ratio_of(width: int, height: int) -> str:
    """Return the shape of a picture: "16:9", or its size in pixels where that has no name."""
    ratio = width / max(height, 1)
    near = (name for name, value in _RATIOS.items() if abs(ratio / value - 1) <= _ALIKE)
    return next(near, f"{width} × {height}")
