"""Plain numbers: ordinals, decades, sizes, versions, Roman numerals, models."""

import re
from functools import partial

from talkinghead.speech.reading import numerals, spellings
from talkinghead.speech.reading.numerals import cardinal
from talkinghead.speech.reading.rule import (
    END,
    NUMBER,
    SIGN,
    Match,
    Rule,
    after,
    alternatives,
    before,
    canonical,
    rule,
)

SIZES: list[Rule] = []
RULES: list[Rule] = []
_size_rule = partial(rule, SIZES)
_rule = partial(rule, RULES)

_SOFTWARE = re.compile(
    r"\b(?:Python|PHP|Java|Node(?:\.js)?|Ubuntu|Debian|Linux|Chrome|Firefox|Postgres|Go|Ruby|Rust"
    r"|React|Django|[Vv]ersion|[Rr]elease) $"
)

_VERB = re.compile(
    r"'| (?:am|was|have|had|will|would|can|could|think|know|knew|like|love|met|saw|said)\b"
)


@_size_rule(r"(\d{3,4}) ?[x×] ?(\d{3,4})(?!\w)|(\d{3,4})[pi](?!\w)")
def _picture_size(match: Match) -> str:
    if match[3]:
        return f"{numerals.in_pairs(match[3])} {match[0][-1].upper()}"
    return " by ".join(map(numerals.in_pairs, match.groups()[:2]))


@_size_rule(r"(?:#|№|[Nn]o\.) ?(\d+)" + END)
def _numbered(match: Match) -> str:
    return f"number {cardinal(match[1])}"


@_size_rule(r"007" + END)
def _agent(match: Match) -> str:
    return "double oh seven"


@_rule(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)" + END, re.IGNORECASE)
def _ordinal(match: Match) -> str:
    return numerals.ordinal(match[1])


@_rule(r"'?((?:1[1-9]|20)?\d0)'?s" + END)
def _decade(match: Match) -> str:
    return numerals.plural(numerals.number_or_year(match[1]))


@_rule(r"(?<=0s)[-–—](?='?(?:1[1-9]|20)?\d0s)")
def _until_decade(match: Match) -> str:
    return "to"


@_rule(r"'(\d\d)" + END)
def _short_year(match: Match) -> str:
    return cardinal(match[1]) if match[1][0] != "0" else f"oh {cardinal(match[1][1])}"


@_rule(r"(?!\d{1,3}(?:\.\d{3}){2,}(?![\d.]))[vV]?(\d+(?:\.\d+){2,6})" + END)
def _version(match: Match) -> str:
    between = " dot " if match[1].count(".") == 3 else " point "
    return ("version " if match[0][0] in "vV" else "") + between.join(
        cardinal(part) for part in match[1].split(".")
    )


@_rule(r"[vV](?:er\.? ?)?(\d+(?:\.\d+)?)" + END)
def _short_version(match: Match) -> str:
    return f"version {cardinal(match[1])}"


@_rule(r"(\d{1,3})\.(\d\d)" + END)
def _software(match: Match) -> str | None:
    if not _SOFTWARE.search(before(match, 20)):
        return None
    minor = match[2] if match[2][0] != "0" else f"oh {cardinal(match[2][1])}"
    return f"{cardinal(match[1])} point {cardinal(minor) if minor.isdecimal() else minor}"


@_rule(r"(\d{1,3})([a-z])(?![\w'])(?<=-\d[a-z])")
@_rule(r"(\d{1,2})(D|G|o)(?![\w'])")
def _number_and_letter(match: Match) -> str:
    return f"{cardinal(match[1])} {match[2].upper()}"


@_rule(r"(\d{1,4}) (BC|AD|BCE|CE)(?!\w)")
@_rule(r"(AD) (\d{1,4})(?!\w)")
def _era(match: Match) -> str:
    number, era = sorted(match.groups(), key=str.isalpha)
    words = cardinal(number), spellings.spell(era)
    return " ".join(words if match[1] == number else words[::-1])


@_rule(rf"(?P<sign>{SIGN})(?P<number>{NUMBER})(?P<plus>\+(?!\w))?")
def _amount(match: Match) -> str:
    plus = " plus" if match["plus"] else ""
    number = match["number"]
    sign = {"-": "minus ", "−": "minus ", "+": "plus "}.get(match["sign"], "")
    if re.fullmatch(r"\d{1,2}(?:,\d\d)+,\d{3}", number):
        return sign + numerals.indian(number.replace(",", "")) + plus
    read = numerals.number_or_year if not match["sign"] else cardinal
    words = read(number) if number.isdecimal() else cardinal(canonical(number))
    return f"{sign}{words}{plus}"


@_rule(r"(?<=[\"'″′ ])[xX×](?= ?\d+(?:\.\d+)?[\"'″′])")
def _by(match: Match) -> str | None:
    return "by" if re.search(r"\d[\"'″′]+ ?$", before(match, 4)) else None


@_rule(r"(?:(?<=\d)|(?<=\d ))[xX×*](?= ?\d)")
def _times(match: Match) -> str:
    if match[0] == "*" or re.match(r" ?[\d.,]+ ?=", after(match, 16)):
        return "times"
    return "times" if match[0] == "×" and before(match, 1) == " " else "by"


@_rule(r"(?<=[A-Za-z.] )(?P<letters>[IVXL]{2,7}|[IVX])(?![\w-])(?!\.\w)")
def _roman(match: Match) -> str | None:
    letters = match["letters"]
    value = numerals.roman(letters)
    words = [each.rstrip(".") for each in re.findall(r"[\w.']+", before(match, 40))]
    if value is None or not words or letters == "XL":
        return None
    last, title = words[-1], words[-2] if len(words) > 1 else ""
    is_ruler = last in spellings.RULERS or title in ("King", "Queen", "Pope", "Emperor", "Tsar")
    if is_ruler and not _is_pronoun(match):
        return f"the {numerals.ordinal(str(value))}"
    if last in spellings.BEFORE_ROMAN or last.capitalize() in spellings.BEFORE_ROMAN:
        is_word = letters == "I" and (last[0].islower() or _is_pronoun(match))
        return None if is_word else cardinal(str(value))
    return cardinal(str(value)) if len(letters) > 1 and last[0].isupper() else None


def _is_pronoun(match: Match) -> bool:
    """Whether an I after a name or a title begins a clause: "as Henry I know"."""
    return match["letters"] == "I" and bool(_VERB.match(after(match, 12)))


@_rule(r"(?P<letter>A)(?![\w'&.+/-])")
def _letter_a(match: Match) -> str:
    """The letter, which is said as in "day"; any other A is the article."""
    named = re.search(rf"\b(?:{alternatives(list(spellings.BEFORE_LETTER))}) $", before(match, 16))
    rest = after(match, 8)
    alone = re.match(r"\s*(?:[.,;:!?)]|$| vs\b| or B\b| and B\b| to Z\b| = | \+ )", rest)
    return "A" if named or alone else "a"
