"""Widths, directions and words of scripts."""

from talkinghead.speech.text.tokens import (
    display_width,
    ending,
    ends_sentence,
    is_right_to_left,
    joined,
    tokens,
)
from tests.captions.caption_samples import ARABIC, ENGLISH, JAPANESE


def test_square_letters_and_emoji_take_two_columns() -> None:
    assert (display_width("cafe\u0301"), display_width("動画"), display_width("👩🏽‍💻")) == (
        4,
        4,
        2,
    )


def test_an_emoji_stays_with_the_word_before_it_and_a_first_one_with_the_next() -> None:
    assert tokens("🔥 Hot news 🎉 today") == ["🔥 Hot", "news 🎉", "today"]


def test_emoji_alone_are_kept() -> None:
    assert tokens("🔥 🎉") == ["🔥 🎉"]


def test_japanese_becomes_phrases_that_join_without_spaces() -> None:
    found = tokens(JAPANESE)
    assert len(found) > 4
    assert joined(found) == JAPANESE


def test_words_of_different_scripts_keep_their_spaces() -> None:
    assert joined(["OpenAI", "の", "動画", "is", "new"]) == "OpenAI の動画 is new"


def test_a_brand_in_front_does_not_turn_an_arabic_line() -> None:
    assert is_right_to_left("OpenAI لصناعة الفيديو")
    assert is_right_to_left(ARABIC)
    assert not is_right_to_left(ENGLISH)


def test_the_end_of_a_word_is_found_behind_quotes_and_emoji() -> None:
    assert [ending(each) for each in ('videos."', "videos 🚀.", "free! 🎉", "word")] == list("..!d")


def test_an_abbreviation_before_a_name_ends_no_sentence() -> None:
    pairs = [
        ("Dr.", "Smith"),
        ("Sgt.", "Pepper"),
        ("p.m.", "EST"),
        ("J.", "Rowling"),
        ("bzw.", "Du"),
    ]
    assert [ends_sentence(*pair) for pair in pairs] == [False] * 5
    pairs = [("p.m.", "We"), ("Inc.", ""), ("end.", "then"), ("end.”", "He"), ("mat!", "He")]
    assert [ends_sentence(*pair) for pair in pairs] == [True] * 5
