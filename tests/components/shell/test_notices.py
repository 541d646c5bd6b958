"""What people typed shows as typed."""

import re

import pytest

from components.shell.notices import plain


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "**bold** and _italic_ and `code`",
        "[link](https://example.com) ![picture](x.png)",
        "# heading",
        "1. list",
        "- list",
        "a | b",
        "$x^2$ costs $5",
        "&lt;b&gt;",
        "~~gone~~",
        "back\\slash",
        "שלום עולם",
        "🎉 party",
    ],
)
def test_markup_in_a_text_stays_text(text: str) -> None:
    shown = plain(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>#$~|&]", shown)
    assert re.sub(r"\\(.)", r"\1", shown).replace("\u200b", "") == text


@pytest.mark.parametrize("text", [":material/home:", ":smile:", ":red[alarm]"])
def test_codes_of_streamlit_are_broken(text: str) -> None:
    assert ":\u200b" in plain(text)


def test_lines_become_one() -> None:
    assert plain("a\n\n# b") == r"a \# b"
