"""Reading rules, and the building blocks of their patterns.

A rule is a pattern, and what is said of its match. It answers None where the pattern fits but the
match is something else after all; then the next rule is asked. It looks at no more than NEAR
characters on each side of its match, so that a long script is read in linear time.
"""

import re
from collections.abc import Callable

Match = re.Match[str]
Say = Callable[[Match], str | None]
Rule = tuple[re.Pattern[str], Say]

NEAR = 60
"""Characters around a match that may decide what it means."""

END = r"(?![^\W_])"
"""Not in the middle of a word or a number."""
SIGN = r"(?:(?<![\w.])[-−+](?=[.\d$€£¥₹]))?"
"""A sign right before its number, and nothing before the sign."""
NUMBER = (
    r"(?:\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d+"
    r"|\d{1,3}(?:'\d{3})+(?!\w)|\d{1,3}(?:\.\d{3}){2,}(?!\.?\d)|\d{1,3}(?: \d{3}){2,}|\d{1,3} 000"
    r"|(?<!\d,)\d+,\d{1,2}|\d+\.\d+|\.\d+|\d+)(?![\d]|,\d{3})"
)
"""A number as 1,234.5 or 1.234,5 or 1.234.567 or 1 234 567 or 12,34,567 or .5 is written."""
DASH = r"(?: ?[-–—] ?| ?\.\.\. ?)"
"""Between the two ends of a range."""


def rule(rules: list[Rule], pattern: str, flags: int = 0) -> Callable[[Say], Say]:
    """Decorator: add a function to `rules` as the reading of a pattern; several patterns are
    allowed."""

    def add(say: Say) -> Say:
        rules.append((re.compile(pattern, flags), say))
        return say

    return add


def before(match: Match, count: int = NEAR) -> str:
    """Return the characters before a match, at most `count`."""
    return match.string[max(match.start() - count, 0) : match.start()]


def after(match: Match, count: int = NEAR) -> str:
    """Return the characters after a match, at most `count`."""
    return match.string[match.end() : match.end() + count]


def alternatives(words: "frozenset[str] | dict[str, object] | list[str]") -> str:
    """Return a pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def canonical(number: str) -> str:
    """Return a number with a decimal point and no separators: "1.234,5" → "1234.5"."""
    number = number.replace(" ", "").replace("'", "").replace("−", "-").lstrip("+")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3}){2,}", number):
        return number.replace(".", "")
    if re.search(r",\d{1,2}$|\.\d{3},", number):
        number = number.replace(".", "").replace(",", ".")
    return number.replace(",", "")


_NO_NOUN = (
    r"(?:a|an|after|and|are|as|at|before|but|by|can|each|ever|every|extra|for|free|from|has|if|in"
    r"|into|is|just|less|more|now|of|off|on|only|or|out|over|per|plus|so|than|that|the|then|to"
    r"|today|total|until|up|was|were|when|while|will|with|you|your|away|ago|long|wide|tall|deep"
    r"|high|later|earlier|apart|back|here|there|total)\b"
)
_HAS_NOUN = re.compile(rf"(?: |-)(?!{_NO_NOUN})[a-zA-Z][a-z]|(?: |-)[A-Z]{{2}}")
_DETERMINER = re.compile(
    r"\b(?:an?|the|this|that|our|your|my|his|her|its|their|every|each|any|another|one|new)"
    r" (?:new |whole |full |free |single |extra |cool |mere )?$",
    re.IGNORECASE,
)


def has_noun(match: Match) -> bool:
    """Whether a noun seems to follow: "12V battery", not "12V and more"."""
    return bool(_HAS_NOUN.match(after(match, 12)))


def is_attribute(match: Match) -> bool:
    """Whether it stands between an article and a noun, so that its unit is in the singular: a
    "$20" bill."""
    return has_noun(match) and bool(_DETERMINER.search(before(match, 24)))
