"""Telephone numbers, digit by digit."""

import re
from functools import partial

from talkinghead.speech.reading import numerals, spellings
from talkinghead.speech.reading.rule import END, Match, Rule, before, rule

RULES: list[Rule] = []
_rule = partial(rule, RULES)

_EXTENSION = r"(?:,? ?(?:ext\.?|extension|x) ?(?P<extension>\d{1,6})(?!\w))?"
_CALL = re.compile(
    r"\b(?:call(?:ing)?|dial|text(?:ing)?|ring|phone|tel\.?|telephone|fax|mobile|cell|whatsapp"
    r"|hotline|helpline|sms|contact|reach)"
    r"(?: us| me| them| now| today| at| on| to|:| free| ['\"]?\w+['\"]? to)* ?$",
    re.IGNORECASE,
)
_SHORTEST_CODE = 5


@_rule(r"(1-)?(?P<code>\d{3})-(?P<word>[A-Z]{2,}(?:-[A-Z\d]+)*)(?!\w)")
def _vanity(match: Match) -> str:
    code = match["code"]
    said = f"{numerals.cardinal(code[0])} hundred" if code.endswith("00") else numerals.digits(code)
    words = match["word"].replace("-", " ").lower()
    words = re.sub(r"\d+", lambda number: numerals.digits(number[0]), words)
    return f"{'one ' if match[1] else ''}{said} {words}"


@_rule(
    r"(?:(?:\+\d{1,3}|\b[01])[ .-]?)?(?:\(?\d{2,5}\)[ .-]?|\d{2,5}[ -]|\d{3}\.(?=\d{3}\.\d{4}))"
    rf"\d{{3,4}}[ .-]?\d{{3,4}}(?![\d,.]*\d)(?!-\d){_EXTENSION}"
)
@_rule(rf"\+\d[\d .()-]{{6,24}}\d{_EXTENSION}")
@_rule(rf"\d{{3}}-\d{{4}}(?![\d-]){_EXTENSION}")
@_rule(r"0\d{2,4} \d{2,4}(?: \d{2,4}){1,3}(?!\w)(?P<extension>)")
@_rule(rf"(?:1?[2-9]\d{{9}}|0\d{{9,10}})(?![\d.,]*\d){END}{_EXTENSION}")
def _telephone(match: Match) -> str | None:
    number = match[0]
    # An amount, a decimal or a span of years.
    if re.fullmatch(r"[1-9]\d{0,2}(?: \d{3})+|\d+\.\d+|\d{4}-\d{4}", number):
        return None
    if match["extension"]:
        number = number[: match.start("extension") - match.start()]
    said = numerals.digits(number.replace("(0)", ""))
    if match["extension"]:
        said += f", extension {numerals.digits(match['extension'])}"
    return ("plus " if number.startswith("+") else "") + said


@_rule(rf"\d{{3,12}}(?![\d.,-]*\d)(?! ?(?:%|am\b|pm\b)){END}")
def _called(match: Match) -> str | None:
    """A number after "call", "text" or "dial": any long one, and those of emergencies."""
    number = match[0]
    if not _CALL.search(before(match, 30)) or not (
        len(number) >= _SHORTEST_CODE or number in spellings.DIALLED
    ):
        return None
    return numerals.digits(number)
