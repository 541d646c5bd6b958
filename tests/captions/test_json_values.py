"""Captions as JSON and back."""

import json

import numpy as np
import pytest

from talkinghead.av.face_path import FacePath
from talkinghead.captions.cues import make_cues
from talkinghead.captions.json_values import (
    cue_values,
    cues_of,
    path_of,
    path_values,
    player_rules,
)
from tests.captions.caption_samples import TEXTS, spoken


@pytest.mark.parametrize("text", TEXTS)
def test_captions_are_the_same_after_json(text: str) -> None:
    cues = make_cues(spoken(text), player_rules(832, 480))
    once = cues_of(json.loads(json.dumps(cue_values(cues))))
    assert [cue.texts for cue in once] == [cue.texts for cue in cues]
    assert cue_values(once) == cue_values(cues)


def test_the_path_of_a_face_is_the_same_after_json() -> None:
    path = FacePath(np.array([0.0, 0.2]), np.full((2, 4), 0.25), np.full((2, 4), 0.5))
    once = path_of(json.loads(json.dumps(path_values(path))))
    assert path_values(once) == path_values(path)
    assert len(path_of([])) == 0


def test_an_upright_video_has_shorter_lines() -> None:
    columns = [player_rules(*size).columns for size in ((832, 480), (512, 512), (480, 832))]
    assert columns == sorted(columns, reverse=True)
    assert len(set(columns)) == 3
