"""A JPEG that lacks its end, as of a broken download: browsers show what there is of it.

Nothing in a JPEG says how much is missing. libjpeg repeats the last color it knows, so that what
is missing of a baseline picture is one flat area at its bottom; a progressive one is only softer.
"""

import io

import numpy as np
from PIL import Image

_END_OF_IMAGE = b"\xff\xd9"
_MOST_MISSING = 0.1
"""Of the height; a face that is cut off is of no use."""
_FLAT = 2
"""Levels of 255 by which a row of one color may differ in itself."""


def completed_jpeg(data: bytes) -> Image.Image:
    """Return the decoded picture without the rows that are missing.

    Args:
        data: a JPEG file without its end.

    Raises:
        OSError: more than a tenth of it is missing.
    """
    image = Image.open(io.BytesIO(data + _END_OF_IMAGE), formats=("JPEG",))
    image.load()
    missing = _flat_rows(image)
    if missing > _MOST_MISSING * image.height:
        raise OSError("too much of it is missing")
    return image.crop((0, 0, image.width, image.height - missing))


def _flat_rows(image: Image.Image) -> int:
    """Return the number of rows of one color at the bottom."""
    rows = np.asarray(image).reshape(image.height, image.width, -1)
    spread = (rows.max(axis=1).astype(int) - rows.min(axis=1)).max(axis=1)
    full = np.flatnonzero(spread > _FLAT)
    return image.height - 1 - int(full[-1]) if len(full) else image.height
