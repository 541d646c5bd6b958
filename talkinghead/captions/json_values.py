"""Captions as JSON values, for the database and for worker processes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from talkinghead.captions.cues import CaptionRules, Cue
from talkinghead.speech.text.timed_words import word_values, words_of

if TYPE_CHECKING:  # the gallery shows captions without the face networks
    from talkinghead.av.face_path import FacePath

_PLACES = 3  # milliseconds


def cue_values(cues: Sequence[Cue]) -> list[Any]:
    """Return start, end, and the words of each line, as JSON values."""
    return [
        [
            round(cue.start, _PLACES),
            round(cue.end, _PLACES),
            [word_values(row) for row in cue.lines],
        ]
        for cue in cues
    ]


def cues_of(values: Sequence[Any]) -> tuple[Cue, ...]:
    """Return the cues that `cue_values` wrote."""
    return tuple(Cue(start, end, tuple(map(words_of, lines))) for start, end, lines in values)


def path_values(path: "FacePath") -> list[list[float]]:
    """Return time, face box and mouth box of each sample, as JSON values."""
    rows = np.concatenate([path.seconds[:, None], path.boxes, path.mouths], axis=1)
    return [[round(value, 4) for value in row] for row in rows.tolist()]


def path_of(values: Sequence[Sequence[float]]) -> "FacePath":
    """Return the path that `path_values` wrote."""
    from talkinghead.av.face_path import NO_FACE, FacePath

    if not values:
        return NO_FACE
    rows = np.array(values, np.float64)
    return FacePath(rows[:, 0], rows[:, 1:5], rows[:, 5:])


def player_rules(width: int, height: int) -> CaptionRules:
    """Return the line limits for players and subtitle files, for a video of this size in px.

    Landscape: the 42 columns that broadcasters agree on; players draw less in narrower pictures.
    """
    if width > height * 1.2:
        return CaptionRules(columns=42)
    return CaptionRules(columns=34 if width > height * 0.7 else 28)
