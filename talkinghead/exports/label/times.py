"""When a label is shown that is not there the whole time: at the start, after breaks in what is
said, and at intervals."""

from collections.abc import Sequence
from itertools import pairwise

from talkinghead.speech.text.timed_words import TimedWord

SHOWN_SECONDS = 5.0
"""How long it is shown each time."""
INTERVAL_SECONDS = 30.0
"""From the beginning of one time to the next at most."""
BREAK_SECONDS = 2.0
"""Of silence between two words: who comes back may not have seen the start."""
_END_SECONDS = 1.0  # a shorter rest of the video would only flash


def label_times(seconds: float, words: Sequence[TimedWord] = ()) -> tuple[tuple[float, float], ...]:
    """Return start and end of each time that the label is shown, in order, none touching.

    Args:
        seconds: the length of the video.
        words: what is said in it, if that is known.
    """
    breaks = [
        after.start for before, after in pairwise(words) if after.start - before.end > BREAK_SECONDS
    ]
    times: list[tuple[float, float]] = []
    start: float = 0.0
    while start < seconds:
        end = start + SHOWN_SECONDS
        if times and start <= times[-1][1] + _END_SECONDS:
            times[-1] = (times[-1][0], end)
        elif not times or seconds - start > _END_SECONDS:
            times.append((start, end))
        following = start + INTERVAL_SECONDS
        start = min((each for each in breaks if start < each < following), default=following)
    return tuple((round(start, 3), round(min(end, seconds), 3)) for start, end in times)
