"""A rule of the cleaning, and what it is called where a person reads about it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

Clean = Callable[[str], str]


@dataclass(frozen=True)
class Rule:
    """One kind of markup.

    Attributes:
        kind: its name, in a list such as "headings, links".
        clean: returns a text without it.
    """

    kind: str
    clean: Clean


def replacing(pattern: str, by: str | Callable[[re.Match[str]], str]) -> Clean:
    """Return a function that replaces every match of a pattern; `^` and `$` are ends of lines."""
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda text: compiled.sub(by, text)


def in_turn(*steps: Clean) -> Clean:
    """Return a function that takes one step after another."""

    def clean(text: str) -> str:
        for step in steps:
            text = step(text)
        return text

    return clean
