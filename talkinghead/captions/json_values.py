"""Captions as JSON values, for the journal and for the processes that work on them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from talkinghead.captions.cues import CaptionRules, Cue
from talkinghead.speech.text.timed_words import word_values, words_of

if TYPE_CHECKING:  # the gallery shows captions without the face networks
    from talkinghead.av.face_path import FacePath

_PLACES = 3  # milliseconds


def cue_values(cues: Sequence[Cue]) -> list[Any]:
    """From, until, and the words of each line."""
    return [
        [
            round(cue.start, _PLACES),
            round(cue.end, _PLACES),
            [word_values(row) for row in cue.lines],
        ]
        for cue in cues
    ]


def cues_of(values: Sequence[Any]) -> tuple[Cue, ...]:
    """The captions that `cue_values` wrote."""
    return tuple(Cue(start, end, tuple(map(words_of, lines))) for start, end, lines in values)


def path_values(path: "FacePath") -> list[list[float]]:
    """The second, the face's box and the mouth's of each look."""
    rows = np.concatenate([path.seconds[:, None], path.boxes, path.mouths], axis=1)
    return [[round(value, 4) for value in row] for row in rows.tolist()]


def path_of(values: Sequence[Sequence[float]]) -> "FacePath":
    """The path that `path_values` wrote."""
    from talkinghead.av.face_path import NO_FACE, FacePath

    if not values:
        return NO_FACE
    rows = np.array(values, np.float64)
    return FacePath(rows[:, 0], rows[:, 1:5], rows[:, 5:])


def player_rules(width: int, height: int) -> CaptionRules:
    """How long lines are in a player and in subtitle files, for a video of this size in pixels.

    Landscape: the 42 columns that broadcasters agree on; players draw less in narrower pictures.
    """
    if width > height * 1.2:
        return CaptionRules(columns=42)
    return CaptionRules(columns=34 if width > height * 0.7 else 28)
