"""Removes markup that is not spoken: HTML, Markdown, control characters, typographic variants."""

import html
import re
import unicodedata

_BREAKS = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|table|blockquote|section|hr)\b[^<>]*>", re.IGNORECASE
)
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_SILENCES = re.compile(r"<(?:break|img|input|wbr)\b[^<>]*>|<[a-zA-Z][\w:-]*(?:\s[^<>]*)?/>")
_TAG = re.compile(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>")

# What Markdown writes, and what is said of it, in this order.
_MARKDOWN = tuple(
    (re.compile(pattern, re.MULTILINE), said)
    for pattern, said in (
        (r"^[ \t]*(?:```|~~~).*$", ""),  # the fence of a code block
        (r"^[ \t]*(?:[-*_=][ \t]*){3,}$", ""),  # a line across
        (
            r"^[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*(?:\|[ \t:-]*)*$",
            "",
        ),  # the line under a table's head
        (r"^[ \t]*#{1,6}[ \t]+(.*?)[ \t]*#*$", r"\n\1\n"),  # a heading
        (r"^[ \t]*(?:>(?! ?[\d$€£¥₹])[ \t]?)+", "\n"),  # a quotation
        (r"^[ \t]*[-*+•◦▪‣][ \t]+(?:\[[ xX]\][ \t]+)?", "\n"),  # an item of a list
        (r"^[ \t]*(\d{1,3})[.)][ \t]+", r"\n\1, "),  # of a numbered one
        (r"^[ \t]*\|(.*)\|[ \t]*$", r"\n\1\n"),  # a row of a table
        (r"(?<![ \t])[ \t]+\|[ \t]+", ", "),
        (r"!\[([^\]]{0,500})\]\([^)]*\)", r"\1"),  # a picture
        (r"\[([^\]]{1,500})\]\([^)]*\)", r"\1"),  # a link
        (r"\[([^\]]{1,500})\]\[[^\]]*\]", r"\1"),
        (r"\[\^[^\]]{0,500}\]", ""),  # a footnote's mark
        (r"<((?:https?://|mailto:)[^<>\s]+)>", r"\1"),  # an address
        (r"`+([^`]*)`+", r"\1"),
        (r"(\*{1,3}|_{1,3}|~~|==)(?=\S)(.{1,500}?)(?<=\S)\1(?![^\W_])", r"\2"),  # emphasis
        (r"\\([\\`*_{}\[\]()#+.!|~-])", r"\1"),  # an escaped sign
    )
)

_VARIANTS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
     "«": '"', "»": '"', "‹": '"', "›": '"', "…": "...", "‐": "-", "‑": "-", "‒": "–", "―": "—",
     "⁃": "-", "﹣": "-", "－": "-", "\u2028": "\n", "\u2029": "\n\n", "\v": "\n", "\f": "\n\n",
     "\r": "\n", "\x85": "\n", "ﬁ": "fi", "ﬂ": "fl", "μ": "µ"}
)  # fmt: skip


def plain(script: str) -> str:
    """Return the words of a script without markup.

    One newline where a line ends, two where a paragraph, a heading or an item of a list does.
    Signs that mean something in plain text stay: "a < b", "2 * 3", "snake_case".
    """
    text = script.replace("\r\n", "\n").translate(_VARIANTS)
    text = _untagged(html.unescape(_untagged(text)).translate(_VARIANTS))
    for pattern, said in _MARKDOWN:
        text = pattern.sub(said, text)
    return _spaced("".join(map(_visible, text)))


def _untagged(text: str) -> str:
    return _TAG.sub("", _SILENCES.sub(" ", _BREAKS.sub("\n\n", _HIDDEN.sub(" ", text))))


def _visible(character: str) -> str:
    """Return "" for invisible characters, a plain space for every kind of space."""
    if character == "\n":
        return character
    if _is_styled(character):
        return unicodedata.normalize("NFKC", character)
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    # Control characters, direction marks and joiners, halves of a pair, no character at all.
    # The joiner and the variation selector hold emoji together.
    if category[0] == "C" and character != "\u200d":
        return ""
    return character


def _is_styled(character: str) -> bool:
    """Latin letters and digits in disguise: full width, mathematical bold, circled."""
    return "！" <= character <= "～" or "𝐀" <= character <= "𝟿" or "Ⓐ" <= character <= "ⓩ"


def _spaced(text: str) -> str:
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{2,}", "\n\n", text.strip())
