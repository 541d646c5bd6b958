"""Telephone numbers, money, ranges, fractions, measures and plain numbers."""

import re
import unicodedata
from fractions import Fraction
from functools import partial

from talkinghead.speech.reading import numerals, spellings
from talkinghead.speech.reading.numerals import cardinal
from talkinghead.speech.reading.rule import END, NUMBER, SIGN, Match, Rule, canonical, rule

RULES: list[Rule] = []
_rule = partial(rule, RULES)

_CURRENCY = "[" + re.escape("".join(numerals.CURRENCIES)) + "]"
_MAGNITUDE = r"(?: ?(?P<magnitude>thousand|million|billion|trillion|[kKmMbBtT]|[mbt]n|mio)\b)"
_UNIT = "|".join(re.escape(unit) for unit in sorted(spellings.UNITS, key=len, reverse=True))
_VULGAR = {
    sign: Fraction(unicodedata.numeric(sign)).limit_denominator(10) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒"
}


@_rule(r"(\d{3,4}) ?[x×] ?(\d{3,4})(?!\w)|(\d{3,4})p(?!\w)")
def _picture_size(match: Match) -> str:
    return " by ".join(map(_as_size, filter(None, match.groups()[:2]))) or f"{_as_size(match[3])} P"


@_rule(r"(?:km/h|m/s|[kMG]B/s|Mbit/s)(?!\w)")
def _unit_alone(match: Match) -> str:
    return spellings.UNITS[match[0]][1]


@_rule(r"(?:#|№|[Nn]o\.) ?(\d+)" + END)
def _numbered(match: Match) -> str:
    return f"number {cardinal(match[1])}"


@_rule(
    r"(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,5}\)[ .-]?|\d{2,5}[ .-])\d{3,4}[ .-]?\d{3,4}(?![\d,.]*\d)"
    r"|\+\d[\d .()-]{6,}\d|\d{3}-\d{4}(?!\d)"
)
def _telephone(match: Match) -> str | None:
    spaced = re.fullmatch(r"\d{1,3}(?: \d{3})+", match[0])
    if spaced or re.fullmatch(r"\d+\.\d+|\d{4}-\d{4}", match[0]):
        return None
    return ("plus " if match[0].startswith("+") else "") + numerals.digits(match[0])


@_rule(
    rf"(?<![\d.,/-])({_CURRENCY}?)({NUMBER})({_CURRENCY}?)(?: ?[-–—] ?| ?\.\.\. ?)"
    rf"({_CURRENCY}?)({NUMBER}) ?(%|(?:{_UNIT}){END})?{END}(?![-/])"
)
def _range(match: Match) -> str | None:
    low, high = canonical(match[2]), canonical(match[5])
    if " " in match[0] and re.search(r"\d - \d", match[0]):
        return None  # a subtraction
    if "." in low + high or not re.fullmatch(r"\d+", low + high):
        return f"{cardinal(low)} to {cardinal(high)}{_unit(high, match[6])}"
    if match[1] or match[4]:
        return f"{cardinal(low)} to {numerals.money(high, '', match[4] or match[1])}"
    if re.fullmatch(r"\d\d", high) and re.fullmatch(r"1[1-9]\d\d|20\d\d", low) and not match[6]:
        high = low[:2] + high  # 2019-21
    read = cardinal if match[6] else numerals.number_or_year
    return f"{read(low)} to {read(high)}{_unit(high, match[6])}"


@_rule(
    rf"(?P<sign>{SIGN})(?:US|CA|AU|[ACU])?(?P<unit>{_CURRENCY}) ?(?P<minus>-?)"
    rf"(?P<number>{NUMBER}){_MAGNITUDE}?{END}"
)
@_rule(rf"(?P<sign>{SIGN})(?P<number>{NUMBER}){_MAGNITUDE}? ?(?P<unit>{_CURRENCY}){END}(?P<minus>)")
def _money(match: Match) -> str:
    minus = "minus " if match["sign"] in ("-", "−") or match["minus"] else ""
    return minus + numerals.money(
        canonical(match["number"]), match["magnitude"] or "", match["unit"]
    )


@_rule(rf"(?P<unit>USD|EUR|GBP|JPY) ?(?P<number>{NUMBER}){_MAGNITUDE}?{END}")
@_rule(rf"(?P<number>{NUMBER}){_MAGNITUDE}? ?(?P<unit>USD|EUR|GBP|JPY){END}")
def _coded_money(match: Match) -> str:
    sign = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}[match["unit"]]
    return numerals.money(canonical(match["number"]), match["magnitude"] or "", sign)


@_rule(r"(?:(\d+) |(\d+)-)?(\d+)[/⁄](\d+)" + END + r"(?!/)")
def _fraction(match: Match) -> str | None:
    over, under = int(match[3]), int(match[4])
    if (over, under) in ((24, 7), (9, 11), (50, 50)):
        return f"{cardinal(match[3])} {cardinal(match[4])}"
    if under < 2 or len(match[4]) > 4:
        return None
    whole = match[1] or match[2]
    if whole and over >= under:
        return None
    return (f"{cardinal(whole)} and " if whole else "") + _indefinite(
        numerals.fraction(over, under), bool(whole)
    )


@_rule(r"(\d*) ?([" + "".join(_VULGAR) + "])" + END)
def _vulgar_fraction(match: Match) -> str:
    said = numerals.fraction(*_VULGAR[match[2]].as_integer_ratio())
    return f"{cardinal(match[1])} and {_indefinite(said, True)}" if match[1] else said


@_rule(r"(\d)['′](?: ?(\d{1,2})(?:\"|″|'')?)(?!\w)")
def _height(match: Match) -> str:
    return f"{cardinal(match[1])} foot {cardinal(match[2])}"


@_rule(
    rf"(?<![^\W\d_])(?P<sign>{SIGN})(?P<number>{NUMBER})"
    rf"(?P<gap> ?|-)(?P<unit>{_UNIT})(?P<power>[²³]?){END}"
)
def _measure(match: Match) -> str | None:
    unit, gap = match["unit"], match["gap"]
    # "5 in the morning", "plan 2 B": after a space these are words by themselves.
    if gap == " " and unit in ("in", "K", "k", "B", "x", "M", "V", "W", "cal"):
        return None
    if unit == "s" and not gap and re.fullmatch(r"\d+0", match["number"]):
        return None  # a decade
    if unit == "K" and match["number"] in ("2", "4", "8"):
        return f"{cardinal(match['number'])} K"  # the size of a picture
    number = canonical(match["number"])
    power = {"²": "square ", "³": "cubic "}.get(match["power"], "")
    said = spellings.UNITS[unit][0] if gap == "-" else _unit(number, unit).strip()
    return f"{_signed(match['sign'])}{cardinal(number)} {power}{said}"


@_rule(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)" + END, re.IGNORECASE)
def _ordinal(match: Match) -> str:
    return numerals.ordinal(match[1])


@_rule(r"'?((?:1[1-9]|20)?\d0)'?s" + END)
def _decade(match: Match) -> str:
    return numerals.plural(numerals.number_or_year(match[1]))


@_rule(r"'(\d\d)" + END)
def _short_year(match: Match) -> str:
    return cardinal(match[1]) if match[1][0] != "0" else f"oh {cardinal(match[1][1])}"


@_rule(r"[vV]?(\d+(?:\.\d+){2,})" + END)
def _version(match: Match) -> str:
    between = " dot " if match[1].count(".") == 3 else " point "
    return ("version " if match[0][0] in "vV" else "") + between.join(
        cardinal(part) for part in match[1].split(".")
    )


@_rule(r"[vV](\d+(?:\.\d+)?)" + END)
def _short_version(match: Match) -> str:
    return f"version {cardinal(match[1])}"


@_rule(rf"(?P<sign>{SIGN})(?P<number>{NUMBER})(?P<plus>\+(?!\w))?")
def _amount(match: Match) -> str:
    plus = " plus" if match["plus"] else ""
    number = match["number"]
    read = numerals.number_or_year if not match["sign"] else cardinal
    words = read(number) if number.isdecimal() else cardinal(canonical(number))
    return f"{_signed(match['sign'])}{words}{plus}"


@_rule(r"(?:(?<=\d)|(?<=\d ))[xX×*](?= ?\d)")
def _times(match: Match) -> str:
    return "times" if match[0] == "*" or match.string[match.start() - 1] == " " else "by"


def _as_size(number: str) -> str:
    """1080 is read ten eighty, 720 seven twenty."""
    head, tail = number[:-2], number[-2:]
    return f"{cardinal(head)} {cardinal(tail)}" if tail[0] != "0" else cardinal(number)


def _signed(sign: str) -> str:
    return "minus " if sign in ("-", "−") else "plus " if sign == "+" else ""


def _unit(number: str, unit: str | None) -> str:
    """The unit's word with a space before it, for one or for many."""
    if not unit:
        return ""
    one, many = spellings.UNITS[unit]
    return f" {one if number == '1' else many}"


def _indefinite(said: str, after_whole: bool) -> str:
    """One half, but two and a half."""
    return re.sub(r"^one ", "a ", said) if after_whole else said
