"""Reading rules, and the building blocks of their patterns.

A rule is a pattern, and what is said of its match. It answers None where the pattern fits but the
match is something else after all; then the next rule is asked.
"""

import re
from collections.abc import Callable

Match = re.Match[str]
Say = Callable[[Match], str | None]
Rule = tuple[re.Pattern[str], Say]

END = r"(?![^\W_])"
"""Not in the middle of a word or a number."""
SIGN = r"(?:(?<![\w.])[-−+](?=[.\d$€£¥₹]))?"
"""A sign right before its number, and nothing before the sign."""
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?: \d{3}){2,}|\d{1,3} 000"
    r"|(?<!\d,)\d+,\d{1,2}|\d+\.\d+|\.\d+|\d+)(?![\d]|,\d{3})"
)
"""A number as 1,234.5 or 1.234,5 or 1 234 567 or .5 is written."""


def rule(rules: list[Rule], pattern: str, flags: int = 0) -> Callable[[Say], Say]:
    """Decorator: add a function to `rules` as the reading of a pattern; several patterns are
    allowed."""

    def add(say: Say) -> Say:
        rules.append((re.compile(pattern, flags), say))
        return say

    return add


def canonical(number: str) -> str:
    """Return a number with a decimal point and no separators: "1.234,5" → "1234.5"."""
    number = number.replace(" ", "").replace("−", "-").lstrip("+")
    if re.search(r",\d{1,2}$|\.\d{3},", number):
        number = number.replace(".", "").replace(",", ".")
    return number.replace(",", "")
