"""What people typed shows as typed."""

import re

import pytest

from components.shell.notices import code, plain


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
    shown = plain(text).replace(":small[]", "")
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>#$~|&]", shown)
    assert re.sub(r"\\(.)", r"\1", shown) == text


@pytest.mark.parametrize("text", [":material/home:", ":smile:", ":red[alarm]"])
def test_codes_of_streamlit_are_broken(text: str) -> None:
    assert re.match(r"\\:.:small\[\]", plain(text))


@pytest.mark.parametrize("text", ["https://fal.ai/a?b=1", "12:30", "a@b.com", "-> www.fal.ai"])
def test_nothing_invisible_is_copied(text: str) -> None:
    assert not re.search("[\u200b-\u200f\u2060\ufeff]", plain(text))


# What the browser still makes a link of once Markdown has been read (remark-gfm): its own patterns.
ADDRESSES = re.compile(
    r"(https?://|www(?=\.))([-.\w]+)|(?<![-.\w+])([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)", re.IGNORECASE
)


@pytest.mark.parametrize(
    "text",
    [
        "www.evil.example",
        "WWW.evil.example/path?x=1",
        "(www.evil.example), wwww.evil.example",
        "https://evil.example and HTTP://evil.example",
        "who@evil.example, mailto:who@evil.example, xmpp:a@evil.example",
        "a.b+c@www.evil.example",
        "<https://evil.example>",
        "see https://www.evil.example/a_b_(c)",
    ],
)
def test_addresses_are_no_links(text: str) -> None:
    assert ADDRESSES.search(text)
    read = re.sub(r"\\(.)", r"\1", plain(text))
    assert not ADDRESSES.search(read)
    assert read.replace(":small[]", "") == text


@pytest.mark.parametrize("arrow", ["<->", "->", "<-", "--", ">=", "<=", "~="])
def test_arrows_stay_as_typed(arrow: str) -> None:
    read = re.sub(r"\\(.)", r"\1", plain(f"a {arrow} b"))
    assert f" {arrow} " not in read
    assert read.replace(":small[]", "") == f"a {arrow} b"


def test_an_id_is_code_and_anything_else_is_plain() -> None:
    assert code("5f2b-77:a/b") == "`5f2b-77:a/b`"
    for text in ("", "a`b", "x] www.evil.example", "two words", "a\n\nb"):
        assert code(text) == plain(text)


def test_lines_become_one() -> None:
    assert plain("a\n\n# b") == r"a \# b"
