"""Corrected captions keep their times."""

from talkinghead.captions.corrections import corrected
from talkinghead.captions.cues import CaptionRules, make_cues
from talkinghead.speech.text.timed_words import TimedWord

TEXT = "we meet at three thirty in the new office tomorrow"
SAID = tuple(TimedWord(text, at / 2, at / 2 + 0.4) for at, text in enumerate(TEXT.split(" ")))
RULES = CaptionRules(20)


def test_a_corrected_caption_keeps_its_place_and_the_lines_a_person_made() -> None:
    cues = make_cues(SAID, RULES)
    changed = corrected(cues, 0, "We'll meet\nat 3:30", RULES)
    assert changed[0].texts == ("We'll meet", "at 3:30")
    assert (changed[0].start, changed[0].end) == (cues[0].start, cues[0].end)
    assert changed[1:] == cues[1:]


def test_a_long_correction_is_broken_by_the_rules() -> None:
    cues = make_cues(SAID, RULES)
    assert len(corrected(cues, 0, "We shall all meet at three", RULES)[0].lines) == 2


def test_an_emptied_caption_is_gone() -> None:
    cues = make_cues(SAID, RULES)
    assert corrected(cues, 0, "  ", RULES) == cues[1:]
