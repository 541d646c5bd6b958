"""Captions as JSON and back."""

import json

import pytest

from talkinghead.media.caption_records import (
    cue_values,
    cues_of,
    player_rules,
    word_values,
    words_of,
)
from talkinghead.media.captions import make_cues
from tests.media.caption_samples import TEXTS, spoken


@pytest.mark.parametrize("text", TEXTS)
def test_captions_are_the_same_after_json(text: str) -> None:
    cues = make_cues(spoken(text), player_rules(832, 480))
    once = cues_of(json.loads(json.dumps(cue_values(cues))))
    assert [cue.texts for cue in once] == [cue.texts for cue in cues]
    assert cue_values(once) == cue_values(cues)


def test_words_keep_their_times_to_a_millisecond() -> None:
    words = spoken(TEXTS[0])
    for word, kept in zip(words, words_of(word_values(words)), strict=True):
        assert kept.text == word.text
        assert kept.start == pytest.approx(word.start, abs=0.001)


def test_an_upright_video_has_shorter_lines() -> None:
    columns = [player_rules(*size).columns for size in ((832, 480), (512, 512), (480, 832))]
    assert columns == sorted(columns, reverse=True)
    assert len(set(columns)) == 3
