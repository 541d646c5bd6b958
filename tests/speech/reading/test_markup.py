"""Markup that is not spoken is removed, in time that grows with the length of the script."""

from time import process_time

import pytest

from talkinghead.speech.reading.markup import plain


@pytest.mark.parametrize("piece", [" ", "\t", "*a ", "**a ", "[", "[a", "[^", "_a ", "~~a "])
def test_the_work_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    """By the processor's own time, with room for any machine: the square would take a minute."""
    began = process_time()
    plain(piece * (60_000 // len(piece)) + "x")
    assert process_time() - began < 10


def test_a_table_a_link_and_emphasis_are_read_as_their_words() -> None:
    assert plain("a | b\n| --- | --- |\nc | d") == "a, b\n\nc, d"
    assert plain("See [our *new* site](https://example.com), **now**.") == "See our new site, now."
