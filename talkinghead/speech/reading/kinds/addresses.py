"""Web and e-mail addresses, handles and hashtags; tried before all else, since they are full of
digits and signs."""

import re
from functools import partial

from talkinghead.speech.reading import spellings
from talkinghead.speech.reading.rule import Match, Rule, rule

RULES: list[Rule] = []
_rule = partial(rule, RULES)

# Endings that are words too: only with a path.
_WORDLIKE = "(?:at|be|in|is|it|me|my|no|so|to|us)"
_PATH = r"(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]'])?"


@_rule(r"(?<![\w.+-])[\w.+-]{0,64}\w@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[A-Za-z]{2,}")
@_rule(
    r"(?:https?|ftp)://[^\s<>\"]*[^\s<>\".,;:!?)\]'*_]|www\.[^\s<>\"]*[^\s<>\".,;:!?)\]'*_]",
    re.IGNORECASE,
)
@_rule(
    rf"(?<![\w.-])(?:[A-Za-z0-9][\w-]{{0,62}}\.){{1,8}}(?:{spellings.DOMAINS}|{_WORDLIKE}(?=/))(?![\w@-]){_PATH}"
)
@_rule(
    rf"(?<![\w.-])(?:[A-Z0-9][A-Z0-9-]{{0,62}}\.){{1,8}}(?:{spellings.DOMAINS.upper()})(?![\w@-]){_PATH}"
)
def _address(match: Match) -> str:
    text = match[0].lower() if match[0].isupper() else match[0]
    return spellings.address(text)


@_rule(r"(?<!\w)([@#])([^\W\d]\w*)")
def _handle(match: Match) -> str:
    named = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[2])
    sign = "at" if match[1] == "@" else "hashtag"
    if match[1] == "@" and named.upper() in spellings.SAID_AS_WORDS:
        return f"at {named.capitalize()}"
    return f"{sign} {spellings.address(named).replace(' underscore ', ' ')}"
