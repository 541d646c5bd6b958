"""How a script is read: what is said, what was written there, and which words to say otherwise."""

from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.pronunciations.readings import Piece, readings, words_to_pronounce

SCRIPT = (
    "Meet the AeroDesk Pro. It costs $449 and ships in 24 hours. "
    "Order yours before 11:59 p.m. on Friday! Dr. Nguyen's “fal.ai” demo is *very* good."
)
NAMES = (Pronunciation("AeroDesk", "arrow desk"), Pronunciation("fal.ai", "fall dot A I"))


def test_each_sentence_is_shown_as_it_is_said_with_what_was_written() -> None:
    found = readings(SCRIPT, ())
    assert [reading.changed for reading in found] == [
        (), ("$449", "24"), ("11:59 p.m.",), ("Dr.", "fal.ai"),
    ]  # fmt: skip
    assert found[1].said == (
        "It costs four hundred forty-nine dollars and ships in twenty-four hours."
    )


def test_what_is_said_as_written_keeps_its_case_and_punctuation() -> None:
    (reading,) = readings("Hello, “Lisa” – is it you?", ())
    assert reading.changed == ()
    assert [piece.text.strip('"') for piece in reading.pieces][:2] == ["Hello,", "Lisa"]


def test_a_pronunciation_is_one_piece_with_the_word_as_written() -> None:
    found = readings(SCRIPT, NAMES)
    assert Piece("arrow desk", "AeroDesk") in found[0].pieces
    assert found[3].changed == ("Dr.", "fal.ai")


def test_two_pronunciations_side_by_side_are_two_pieces() -> None:
    (reading,) = readings("AeroDesk fal.ai wins.", NAMES)
    assert reading.changed == ("AeroDesk", "fal.ai")


def test_a_sentence_that_a_free_voice_cannot_say_has_no_pieces() -> None:
    foreign, english = readings("こんにちは。Hello.", ())
    assert (foreign.pieces, english.said) == ((), "Hello.")


def test_words_to_say_otherwise_are_the_changed_ones_and_names() -> None:
    words = words_to_pronounce(SCRIPT, readings(SCRIPT, ()))
    assert words[:4] == ["$449", "24", "11:59 p.m.", "Dr."]
    assert {"AeroDesk", "Pro", "Nguyen", "fal.ai"} <= set(words)
    assert "Meet" not in words
