"""Cleaning a pasted script: markup goes, words stay, and a second time changes nothing."""

from time import process_time

import pytest

from talkinghead.speech.text.pasting.cleaning import clean_script
from talkinghead.speech.text.sentences import split_sentences
from tests.speech.pasting.cases import MARKUP, UNTOUCHED


@pytest.mark.parametrize(("kind", "pasted", "cleaned"), MARKUP)
def test_markup_is_removed_and_named(kind: str, pasted: str, cleaned: str) -> None:
    found = clean_script(pasted)
    assert found.text == cleaned
    assert kind in found.removed


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_no_markup_stays_to_the_letter(text: str) -> None:
    assert clean_script(text).text == text
    assert clean_script(text).removed == ()


@pytest.mark.parametrize("pasted", [pasted for _, pasted, _ in MARKUP])
def test_cleaning_twice_changes_nothing_more(pasted: str) -> None:
    once = clean_script(pasted).text
    assert clean_script(once).text == once
    assert clean_script(once).removed == ()


@pytest.mark.parametrize("text", UNTOUCHED)
def test_plain_text_beside_markup_stays_too(text: str) -> None:
    """But for its white space, which is tidied with the rest."""
    if "*" in text or text.startswith("-"):  # beside Markdown, these are Markdown as well
        return
    found = clean_script(f"{text}\n\n<b>Hello</b>")
    assert found.text.split() == [*text.split(), "Hello"]


def test_a_break_becomes_a_pause_of_the_same_length() -> None:
    first = split_sentences(clean_script('One.<break time="750ms"/> Two.').text)[0]
    assert (first.text, first.pause_after) == ("One.", 0.75)


def test_what_was_removed_is_named_in_a_sentence() -> None:
    found = clean_script("# Sale\n\n**Now** on [our site](https://example.com).")
    assert found.sentence == "Cleaned up: headings, links and bold and italics."
    assert clean_script("Hello.").sentence == ""


def test_an_element_is_removed_behind_letters_that_grow_in_lower_case() -> None:
    text = "İİİİ <SCRIPT>no</script>yes and <!-- no -->more"
    assert clean_script(text).text == "İİİİ yes and more"


@pytest.mark.parametrize("piece", ["[", "[a", "[^", " ", "\t", "|", "- "])
def test_the_work_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    """By the processor's own time, with room for any machine: the square would take a minute."""
    began = process_time()
    clean_script(piece * (150_000 // len(piece)) + "x|\n")
    assert process_time() - began < 15


def test_a_long_paste_is_cleaned_quickly_enough_to_type_on() -> None:
    """No rule looks back over the whole text for every sign."""
    for piece in ("**a", "[a](", "<!--", "<script>", "> ", "| a ", "_a ", "<sub alias='x'>"):
        cleaned = clean_script(piece * 8000).text
        assert clean_script(cleaned).text == cleaned
