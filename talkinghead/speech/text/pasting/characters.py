"""Characters that office programs leave in copied text: line breaks of their own, hidden ones."""

import html
import re

from talkinghead.speech.text.pasting.rule import Rule, in_turn, replacing

# Thai, Lao, Burmese and Khmer part their words by a space of no width.
_WORDS_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda code: html.unescape(code[0]).replace("\u00a0", " "), text)


LINE_BREAKS = Rule(
    "line breaks",
    in_turn(
        replacing("\r\n?|_x000[Dd]_\n?", "\n"),
        # PowerPoint writes a vertical tab where Shift and Enter were pressed, Word a form feed
        # where a page ends.
        replacing("[\v\x85\u2028]", "\n"),
        replacing("[\f\u2029]", "\n\n"),
    ),
)
HIDDEN = Rule(
    "hidden characters",
    in_turn(
        replacing("[\u00ad\u2060\ufeff\ufffc\u202a-\u202e\u2066-\u2069]", ""),
        replacing("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", ""),
        replacing(f"(?<![{_WORDS_WITHOUT_SPACES}])\u200b|\u200b(?![{_WORDS_WITHOUT_SPACES}])", ""),
    ),
)
ENTITIES = Rule("HTML codes", _unescaped)
