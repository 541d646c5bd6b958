"""Cleans a pasted script once, for every voice, model and caption alike."""

import re
from dataclasses import dataclass
from functools import lru_cache

from talkinghead.speech.text.pasting.characters import ENTITIES, HIDDEN, LINE_BREAKS
from talkinghead.speech.text.pasting.markdown import MARKDOWN
from talkinghead.speech.text.pasting.rule import Rule
from talkinghead.speech.text.pasting.tags import SPOKEN_TAGS, TAGS

RULES: tuple[Rule, ...] = (LINE_BREAKS, HIDDEN, SPOKEN_TAGS, TAGS, ENTITIES, *MARKDOWN)
_MOST_PASSES = 6
"""Markup in markup, such as a picture within a link, comes off one layer in each pass."""


@dataclass(frozen=True)
class Cleaned:
    """A script without the markup of the program it was copied from.

    Attributes:
        text: the words, with pause marks where there were breaks.
        removed: the kinds of markup that were removed, each once, such as "headings"; empty if the
            text was left as it was.
    """

    text: str
    removed: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was removed, as a person reads it; "" if nothing was."""
        if not self.removed:
            return ""
        *others, last = self.removed
        listed = f"{', '.join(others)} and {last}" if others else last
        return f"Cleaned up: {listed}."


@lru_cache(maxsize=16)  # every run of a page asks again
def clean_script(text: str) -> Cleaned:
    """Return a script without HTML, SSML, Markdown and the signs of office programs.

    What is no markup stays to the letter: "3 < 5", "a*b", "#1", "C#", "snake_case", e-mail
    addresses, `[pause 1]`, `*word*`. Cleaning twice changes nothing more.
    """
    removed: list[str] = []
    cleaned = text
    for _ in range(_MOST_PASSES):
        before = cleaned
        for rule in RULES:
            after = rule.clean(cleaned)
            if after != cleaned and rule.kind not in removed:
                removed.append(rule.kind)
            cleaned = after
        if removed:
            cleaned = _spaced(cleaned)
        if cleaned == before:
            break
    return Cleaned(cleaned, tuple(removed)) if removed else Cleaned(text)


def _spaced(text: str) -> str:
    """Return the text with single spaces, and one empty line at most."""
    lines = (" ".join(re.split(r"[ \t]+", line)).strip(" ") for line in text.split("\n"))
    tidy = re.sub(r"(?<=\d\]) (?=[,.;:!?](?:\s|$))", "", "\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", tidy).strip("\n")
