"""Addresses, abbreviations, initials and signs."""

import re
from functools import partial

from talkinghead.speech.reading import numerals, spellings
from talkinghead.speech.reading.numerals import cardinal
from talkinghead.speech.reading.rule import Match, Rule, rule

RULES: list[Rule] = []
_rule = partial(rule, RULES)

# Addresses are tried before all else: they are full of digits and signs.
ADDRESSES: list[Rule] = []
_address_rule = partial(rule, ADDRESSES)


@_address_rule(r"[\w.+-]*\w@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
@_address_rule(
    r"(?:https?|ftp)://[^\s<>\"]*[^\s<>\".,;:!?)\]'*_]|www\.[^\s<>\"]*[^\s<>\".,;:!?)\]'*_]",
    re.IGNORECASE,
)
@_address_rule(
    rf"(?:[A-Za-z0-9][A-Za-z0-9_-]*\.)+(?:{spellings.DOMAINS})(?![\w@-])(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]'])?"
)
def _address(match: Match) -> str:
    return spellings.address(match[0])


@_address_rule(r"(?<!\w)([@#])([^\W\d]\w*)")
def _handle(match: Match) -> str:
    named = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[2])
    sign = "at" if match[1] == "@" else "hashtag"
    return f"{sign} {spellings.address(named).replace(' underscore ', ' ')}"


@_rule(r"([A-Z]{1,3})&([A-Z]{1,3})(?!\w)")
def _firm(match: Match) -> str:
    return f"{spellings.spell(match[1])} and {spellings.spell(match[2])}"


@_rule(r"(?:[A-Za-z]\.){2,}(?:[A-Za-z](?!\w))?|(?<![\w.])[A-Z]\.(?= ?[A-Z])")
def _initials(match: Match) -> str | None:
    if match[0].lower() in spellings.ABBREVIATIONS:
        return None
    return spellings.spell(match[0].replace(".", ""))


@_rule(
    "|".join(
        rf"{re.escape(short)}" for short in sorted(spellings.ABBREVIATIONS, key=len, reverse=True)
    )
    + "",
    re.IGNORECASE,
)
def _abbreviation(match: Match) -> str | None:
    key, rest = match[0].lower(), match.string[match.end() :]
    if re.match(r"[^\W_]|['-]\w|\.\w", rest) or re.search(
        r"[\w'.]$", match.string[: match.start()]
    ):
        return None
    if key in ("st.", "dr.", "no.", "p.", "pp.", "fig.", "vol.", "co.", "est.", "rd."):
        return _in_place(key, rest)
    if key in ("ms", "st", "dr", "mr", "mrs") and not re.match(r" [A-Z]", rest):
        return None
    ends = key in spellings.SENTENCE_MAY_END and re.match(r"\s*$|\s+[A-Z]", rest)
    return spellings.ABBREVIATIONS[key] + ("." if ends else "")


def _in_place(key: str, rest: str) -> str | None:
    """Abbreviations that are ordinary words at a sentence's end: only before a number or a name."""
    if key in spellings.NUMBERED:
        return spellings.ABBREVIATIONS[key] if re.match(r"\s*\d", rest) else None
    if key in ("st.", "dr."):
        if re.match(r"\s+[A-Z]", rest):
            return spellings.ABBREVIATIONS[key]
        return "Street" if key == "st." else "Drive"
    ends = "." if re.match(r"\s*$", rest) else ""
    return spellings.ABBREVIATIONS[key] + ends


@_rule(r"C\+\+|[CF]#(?!\w)|\.NET\b")
def _language(match: Match) -> str:
    return {"C++": "C plus plus", "C#": "C sharp", "F#": "F sharp", ".NET": "dot net"}[match[0]]


@_rule(r"[:;=]['^-]?[)(DPpO3/\\|\]](?!\w)|<3+(?!\d)|\^_\^|[xX]D\b")
def _emoticon(match: Match) -> str:
    return ""


@_rule(r"&(?!\w+;)")
@_rule(r"(?<=[A-Za-z])\+(?=[\s.,!?]|$)")
def _sign_in_word(match: Match) -> str:
    return spellings.SIGNS[match[0]]


@_rule("(?<!\\S)[" + re.escape("".join(spellings.SIGNS)) + "](?=\\s|$|\\w)")
def _sign(match: Match) -> str | None:
    sign, alone = match[0], not re.match(r"\S", match.string[match.end() :])
    if sign in "-/#@$" and not alone:
        return None
    if sign == "-":  # between two numbers it counts, between words it is a pause
        around = (
            match.string[: match.start()].rstrip()[-1:] + match.string[match.end() :].lstrip()[:1]
        )
        return "minus" if around.isdecimal() and len(around) == 2 else None
    return spellings.SIGNS[sign]


@_rule(r"[°√π∞Ω½¼¾⅓⅔⅛€£§№±≈≤≥≠]")
def _special(match: Match) -> str:
    return spellings.SIGNS[match[0]]


@_rule(r"(?<=[a-z] )([IVX]{2,6})(?![\w.'-])")
def _roman(match: Match) -> str | None:
    value = numerals.roman(match[1])
    before = match.string[: match.start()].split()[-1]
    if value is None or not before[0].isupper():
        return None
    return (
        f"the {numerals.ordinal(str(value))}"
        if before in spellings.RULERS
        else cardinal(str(value))
    )
