"""Abbreviations, initials and letters that are said as letters."""

import re
from functools import partial

from talkinghead.speech.reading import spellings
from talkinghead.speech.reading.rule import Match, Rule, after, alternatives, before, rule
from talkinghead.speech.text.abbreviations import full_stop_ends

RULES: list[Rule] = []
_rule = partial(rule, RULES)

_FIRMS = frozenset(["ltd", "inc", "corp"])


@_rule(r"([A-Z]{1,3})&([A-Z]{1,3})(s?)(?!\w)")
def _firm(match: Match) -> str:
    plural = "'s" if match[3] else ""
    return f"{spellings.spell(match[1])} and {spellings.spell(match[2])}{plural}"


@_rule(
    r"IT(?= (?:support|department|dept|team|service|manager|security|solution|staff|pro)s?\b)",
    re.IGNORECASE,
)
def _technology(match: Match) -> str | None:
    return "I T" if match[0] == "IT" else None


@_rule(r"P\.? ?O\.? Box")
def _post_box(match: Match) -> str:
    return "P O Box"


@_rule(r"(?:[A-Za-z]\.){2,}(?:[A-Za-z](?!\w))?|(?<![\w.])[A-Z]\.(?= ?[A-Z])")
def _initials(match: Match) -> str | None:
    short = match[0].lower()
    if short in spellings.ABBREVIATIONS:
        return None
    said = spellings.spell(match[0].replace(".", ""))
    rest = after(match)
    ends = match[0].endswith(".") and len(match[0]) > 2 and full_stop_ends(match[0][:-1], rest)
    return f"{said}." if ends and not rest.strip() else said


@_rule(rf"(?:{alternatives(list(spellings.ABBREVIATIONS))})", re.IGNORECASE)
def _abbreviation(match: Match) -> str | None:
    key, rest = match[0].lower(), after(match)
    if re.match(r"[^\W_]|['-]\w|\.\w", rest) or re.search(r"[\w'.]$", before(match, 1)):
        return None
    said = spellings.ABBREVIATIONS[key]
    if not _is_meant(match, key, rest):
        return None
    if not key.endswith(".") or said.endswith(",") or key in spellings.BEFORE_NAME:
        return said
    return said + ("." if full_stop_ends(match[0][:-1], rest) and rest.strip() else "")


def _is_meant(match: Match, key: str, rest: str) -> bool:
    """Whether it stands where it can be an abbreviation and no ordinary word."""
    bare = key.rstrip(".")
    if key in spellings.BEFORE_NUMBER:
        return bool(re.match(r"\s*#?(?:\d|[IVX]+\b)| of\b", rest))
    if key in spellings.BEFORE_NAME:
        return match[0][0].isupper() and bool(re.match(r"\s+[A-Z]", rest))
    if key in spellings.AFTER_NUMBER:
        return bool(re.search(r"\d\s?$", before(match, 2)))
    if bare in ("min", "max") and match[0][0].isupper():
        return bool(re.match(r"\s*[\d$€£¥₹]", rest))
    if bare in _FIRMS and not key.endswith("."):
        return bool(re.search(r"[A-Z][\w&'-]*,? $", before(match))) and match[0][:1].isupper()
    if key in ("co.", "est."):
        return match[0][:1].isupper()
    return True


@_rule(rf"(?:{alternatives(list(spellings.MIXED))})(?!\w)")
def _mixed(match: Match) -> str | None:
    if re.search(r"[\w'-]$", before(match, 1)):
        return None
    return spellings.MIXED[match[0]]
