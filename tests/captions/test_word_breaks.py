"""Where a word that no line can hold is broken."""

import pytest

from talkinghead.captions.word_breaks import broken_word


@pytest.mark.parametrize(
    ("word", "limit", "pieces"),
    [
        ("internationalization", 12, ("internation-", "alization")),
        ("extraordinary", 13, ("extraordinary",)),
        ("hello@example-company.com", 16, ("hello@example-", "company.com")),
        (
            "https://www.example.com/spring-sale",
            16,
            ("https://www", ".example.com/", "spring-sale"),
        ),
        ("www.example.com", 12, ("www.example", ".com")),
        ("BCDFGHJKLMNPQRSTVWXZ", 12, ("BCDFGHJKLMN-", "PQRSTVWXZ")),
        ("12345678901234567890", 12, ("1234567890", "1234567890")),
        ("👩🏽‍💻👩🏽‍💻", 1, ("👩🏽‍💻", "👩🏽‍💻")),
    ],
)
def test_pieces_are_about_equally_long_and_break_where_a_reader_would(
    word: str, limit: int, pieces: tuple[str, ...]
) -> None:
    width = (lambda text: len(text.replace("👩🏽‍💻", "x"))) if "👩🏽‍💻" in word else len
    assert broken_word(word, width, limit) == pieces


def test_syllables_are_those_of_the_language() -> None:
    german = broken_word("Donaudampfschifffahrt", len, 14, "de")
    assert german == ("Donaudampf-", "schifffahrt")


@pytest.mark.parametrize("language", ["ja", "xx", ""])
def test_a_language_without_known_syllables_breaks_anywhere(language: str) -> None:
    pieces = broken_word("abcdefghijklmnop", len, 10, language)
    assert "".join(piece.removesuffix("-") for piece in pieces) == "abcdefghijklmnop"
    assert all(len(piece) <= 10 for piece in pieces)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 8, 13])
@pytest.mark.parametrize("word", ["a", "ab", "supercalifragilistic", "a.b/c@d?e=f", "é" * 30])
def test_no_letter_is_ever_lost(word: str, limit: int) -> None:
    pieces = broken_word(word, len, limit)
    assert "".join(piece.removesuffix("-") for piece in pieces) == word
