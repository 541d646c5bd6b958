"""Names said as the list says."""

from talkinghead.speech.pronunciations.entries import (
    Pronunciation,
    as_written,
    pronounced,
    written_back,
)
from talkinghead.speech.text.timed_words import TimedWord

LIST = [
    Pronunciation("fal.ai", "fall dot A I"),
    Pronunciation("fal", "fall"),
    Pronunciation("SQL", "sequel"),
    Pronunciation("new york times", "N Y T"),
    Pronunciation("東京", "とうきょう"),
]


def test_entries_are_said_their_way() -> None:
    assert pronounced("Use fal.ai, or Fal.", LIST).text == "Use fall dot A I, or fall."


def test_only_whole_words_are_replaced() -> None:
    assert pronounced("falter false sql MySQL fal_x", LIST).text == "falter false sql MySQL fal_x"


def test_capitals_in_an_entry_must_be_there_too() -> None:
    assert pronounced("SQL and sql", LIST).text == "sequel and sql"


def test_entries_may_have_spaces_and_scripts_without_them() -> None:
    assert pronounced("The New\nYork  Times in 東京で", LIST).text == "The N Y T in とうきょうで"


def test_captions_show_what_was_written() -> None:
    said = pronounced("Use “fal.ai”, the New York Times!", LIST)
    row = said.text.split()
    words = [TimedWord(word, float(n), n + 1.0) for n, word in enumerate(row)]
    assert as_written(words, said) == (
        TimedWord("Use", 0, 1),
        TimedWord("“fal.ai”,", 1, 5),
        TimedWord("the", 5, 6),
        TimedWord("New York Times!", 6, 9),
    )


def test_an_empty_list_changes_nothing() -> None:
    assert pronounced("As it is.", []).text == "As it is."
    assert pronounced("As it is.", [Pronunciation(" ", "x"), Pronunciation("x", "")]).replaced == ()


def test_what_was_sent_is_shown_as_it_was_written() -> None:
    written = "Use fal.ai and SQL in 東京."
    assert written_back(pronounced(written, LIST).text, LIST) == written
