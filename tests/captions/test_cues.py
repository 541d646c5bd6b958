"""Captions from word times."""

from itertools import pairwise

import pytest

from talkinghead.captions.cues import CaptionRules, broken, make_cues, single_lines
from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.tokens import display_width
from tests.captions.caption_samples import ENGLISH, TEXTS, spoken

WIDE, NARROW = CaptionRules(40), CaptionRules(20)
FEW = CaptionRules(16, words=3, shortest=0.3, columns_per_second=30)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("rules", [WIDE, NARROW, FEW])
def test_every_word_is_shown_once_in_order(text: str, rules: CaptionRules) -> None:
    shown = [word.text for cue in make_cues(spoken(text), rules) for word in cue.words]
    assert "".join("".join(shown).split()) == "".join(text.split())


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("rules", [WIDE, NARROW])
def test_lines_keep_to_their_width_and_number(text: str, rules: CaptionRules) -> None:
    for cue in make_cues(spoken(text), rules):
        assert len(cue.lines) <= rules.lines
        for line, words in zip(cue.texts, cue.lines, strict=True):
            assert display_width(line) <= rules.columns or len(words) == 1


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("rules", [WIDE, NARROW, FEW])
def test_cues_follow_one_another_without_overlap(text: str, rules: CaptionRules) -> None:
    cues = make_cues(spoken(text), rules)
    for cue, following in pairwise(cues):
        assert cue.start < cue.end <= following.start


def test_a_cue_is_there_when_its_first_word_is_said_and_until_its_last_is() -> None:
    for cue in make_cues(spoken(ENGLISH), NARROW):
        assert cue.start <= cue.words[0].start
        assert cue.end >= cue.words[-1].end


def test_sentences_are_not_mixed_where_both_fit_on_their_own() -> None:
    texts = [cue.text for cue in make_cues(spoken("You choose a portrait. We do the rest."), WIDE)]
    assert texts == ["You choose a portrait.", "We do the rest."]


def test_a_line_is_broken_after_a_comma_and_not_after_an_article() -> None:
    lines = broken(spoken("Good morning everyone, and thank you for joining us"), CaptionRules(32))
    assert [word.text for word in lines[0]][-1] == "everyone,"
    lines = broken(spoken("We have never seen the mountains before"), CaptionRules(22))
    assert [word.text for word in lines[0]][-1] != "the"


def test_no_short_word_is_alone_on_the_last_line() -> None:
    for cue in make_cues(spoken(ENGLISH), NARROW):
        if len(cue.words) > 2:
            assert all(len(line) > 1 or len(line[0].text) > 5 for line in cue.lines)


def test_japanese_is_broken_between_phrases() -> None:
    lines = [line for cue in make_cues(spoken(TEXTS[2]), NARROW) for line in cue.texts]
    assert not any(line[0] in "をにはがで、。" for line in lines)


def test_the_screen_is_cleared_in_a_long_silence() -> None:
    words = [*spoken("One thing."), *spoken("Another thing.", start=6.0)]
    first, second = make_cues(words, WIDE)
    assert first.end < 3
    assert second.start == pytest.approx(6.0)


def test_a_style_of_few_words_shows_no_more() -> None:
    assert all(len(cue.words) <= 3 for cue in make_cues(spoken(ENGLISH), FEW))


def test_a_word_longer_than_a_line_has_a_line_of_its_own() -> None:
    cues = make_cues(spoken("The Donaudampfschifffahrtsgesellschaft sails again"), NARROW)
    assert any(cue.text == "Donaudampfschifffahrtsgesellschaft" for cue in cues) or any(
        "Donaudampfschifffahrtsgesellschaft" in cue.texts for cue in cues
    )


def test_no_words_are_no_captions() -> None:
    assert make_cues([], WIDE) == ()


def test_words_all_at_once_still_become_cues_in_order() -> None:
    cues = make_cues([TimedWord(text, 1.0, 1.0) for text in ENGLISH.split()], NARROW)
    assert [word.text for cue in cues for word in cue.words] == ENGLISH.split()
    assert all(cue.end > cue.start for cue in cues)


def test_captions_of_two_lines_become_captions_of_one_that_follow_each_other() -> None:
    cues = make_cues(spoken("Meet the desk that your whole team will love."), CaptionRules(20))
    alone = single_lines(cues)
    assert [text for cue in alone for text in cue.texts] == [
        text for cue in cues for text in cue.texts
    ]
    assert all(len(cue.lines) == 1 for cue in alone)
    assert all(cue.start < cue.end for cue in alone)
    assert all(first.end <= second.start for first, second in pairwise(alone))
    assert (alone[0].start, alone[-1].end) == (cues[0].start, cues[-1].end)
