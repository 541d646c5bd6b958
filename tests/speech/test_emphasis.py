"""Words that a script stresses."""

import pytest

from talkinghead.speech.pronunciations.emphasis import said_with, without_emphasis
from talkinghead.speech.pronunciations.entries import Pronunciation, as_written
from talkinghead.speech.text.timed_words import TimedWord

FAL = (Pronunciation("fal.ai", "fall dot A I"),)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("It is *only* today.", "It is only today."),
        ("**Really** now?", "Really now?"),
        ("Two * three * four stay.", "Two * three * four stay."),
        ("snake*case*name", "snake*case*name"),
        ("*Now or", "Now or"),  # the rest is in the next sentence
        ("never.*", "never."),
        ("*fal.ai*, of course", "fal.ai, of course"),
        ("5*3 = 15", "5*3 = 15"),
    ],
)
def test_marks_of_emphasis_are_taken_out(written: str, plain: str) -> None:
    assert without_emphasis(written) == plain
    assert said_with(written, ()).text == plain


def test_a_voice_that_can_stress_is_given_capitals() -> None:
    said = said_with("It is *only today* at *fal.ai*, a *x*.", FAL, capitals=True)
    assert said.text == "It is ONLY TODAY at fall dot A I, a x."


def test_captions_keep_what_was_written() -> None:
    said = said_with("It is *only today* at *fal.ai*.", FAL, capitals=True)
    words = [TimedWord(text, n, n + 1) for n, text in enumerate(said.text.split())]
    shown = " ".join(word.text for word in as_written(words, said))
    assert shown == "It is only today at fal.ai."


def test_letters_whose_capital_is_longer_are_said_as_they_are() -> None:
    assert said_with("Die *Straße* hier", (), capitals=True).text == "Die Straße hier"
