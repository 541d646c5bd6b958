"""How large a result may be, and how long its download may take.

Both follow from what was ordered, with much to spare: a body that never ends is left, a good video
never is.
"""

from decimal import Decimal
from typing import Any

from talkinghead.catalogue import ModelInput
from talkinghead.fal.download import DownloadLimit
from talkinghead.jobs.renderer import RenderRequest

MB = 10**6
BITS_PER_PIXEL = Decimal(1)  # of each frame; what models send has about a tenth
SOUND_BYTES_PER_SECOND = 400_000  # twice those of uncompressed stereo
LENGTH_FACTOR, LENGTH_MARGIN = 2, 30  # of the seconds ordered, many of which are a guess
LEAST, MOST = 64 * MB, 2000 * MB
LEAST_SECONDS = 120.0
SLOWEST_RATE = 500_000  # bytes a second, by the limit: of most files that is a tenth
ASPECTS = (16 / 9, 1.0, 9 / 16)

LARGEST_FACTS = 10**6  # characters of all a result says besides, as JSON
DEEPEST = 50  # levels of its JSON


def limit_of(request: RenderRequest) -> DownloadLimit:
    """Return what the file of a request may take."""
    seconds = request.seconds * LENGTH_FACTOR + LENGTH_MARGIN
    rate = Decimal(SOUND_BYTES_PER_SECOND)
    if isinstance(request.input, ModelInput):
        rate += _pixels_per_second(request.input) * BITS_PER_PIXEL / 8
    size = min(max(int(seconds * rate), LEAST), MOST)
    return DownloadLimit(size, LEAST_SECONDS + size / SLOWEST_RATE)


def _pixels_per_second(model_input: ModelInput) -> int:
    """Return those of the largest shape that these inputs can give."""
    shapes = [model_input.geometry(aspect) for aspect in ASPECTS]
    return max(shape.width * shape.height * shape.fps for shape in shapes)


def is_within_depth(value: Any, levels: int = DEEPEST) -> bool:
    """Whether nested lists and objects go no deeper than this."""
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(is_within_depth(each, levels - 1) for each in inner)
