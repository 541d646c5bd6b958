"""Dates of every order, their ranges, days of the week, quarters and eras."""

import re
from datetime import date
from functools import partial

from talkinghead.speech.reading import numerals
from talkinghead.speech.reading.numerals import cardinal
from talkinghead.speech.reading.rule import DASH, END, Match, Rule, after, before, rule

RULES: list[Rule] = []
_rule = partial(rule, RULES)

_NAMES = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_MONTH = rf"(?P<month>{_NAMES})"
_DAY = r"(?P<day>[0-3]?\d)(?P<suffix>st|nd|rd|th)?"
_YEAR = r"(?P<year>1[1-9]\d\d|20\d\d|'\d\d)"
_WEEKDAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "weds": "Wednesday",
    "thu": "Thursday", "thur": "Thursday", "thurs": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
_WEEKDAY = r"(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)"
_SURE = ("tues", "weds", "thur", "thurs")


@_rule(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
@_rule(r"(\d{4})[/.](\d\d)[/.](\d\d)(?![\d/])()()")
def _iso_date(match: Match) -> str | None:
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    said = numerals.date(day.day, day.month, match[1])
    return f"{said}, {numerals.clock(int(match[4]), int(match[5]))}" if match[4] else said


@_rule(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/]|[.-]\d)")
def _written_date(match: Match) -> str | None:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if match[2] == "-" and len(year) == 2:
        return None
    # With points the day comes first; otherwise the month does, where it can.
    month, day = (second, first) if match[2] == "." or first > 12 else (first, second)
    if not numerals.is_date(day, month):
        return None
    return numerals.date(day, month, _full_year(year))


@_rule(
    rf"{_MONTH} {_DAY}(?P<dash>{DASH}|,? (?:and|&) )(?P<last>[0-3]?\d)(?:st|nd|rd|th)?"
    rf"(?:,? {_YEAR})?{END}(?![:%])",
    re.IGNORECASE,
)
def _days_of_month(match: Match) -> str | None:
    if not _is_month(match) or not 1 <= int(match["day"]) < int(match["last"]) <= 31:
        return None
    first, last = numerals.ordinal(match["day"]), numerals.ordinal(match["last"])
    between = "and" if re.search(r"and|&", match["dash"]) else "to"
    return f"{_month_name(match)} {first} {between} {last}{_year(match)}"


@_rule(
    rf"{_DAY}{DASH}(?P<last>[0-3]?\d)(?:st|nd|rd|th)? {_MONTH}(?:,? {_YEAR})?{END}", re.IGNORECASE
)
def _days_before_month(match: Match) -> str | None:
    if not _is_month(match) or not 1 <= int(match["day"]) < int(match["last"]) <= 31:
        return None
    read = numerals.ordinal if match["suffix"] else cardinal
    return f"{read(match['day'])} to {read(match['last'])} {_month_name(match)}{_year(match)}"


@_rule(rf"{_MONTH}-{_DAY}(?:-{_YEAR})?{END}(?P<of>)", re.IGNORECASE)
@_rule(rf"{_MONTH} {_DAY}(?:,? {_YEAR})?{END}(?!:|[.,]?\d|%)(?P<of>)", re.IGNORECASE)
@_rule(rf"{_DAY}(?P<of> of)? {_MONTH}(?:,? {_YEAR})?{END}", re.IGNORECASE)
@_rule(rf"{_MONTH},? {_YEAR}{END}(?P<day>)(?P<suffix>)(?P<of>)", re.IGNORECASE)
def _named_date(match: Match) -> str | None:
    day = int(match["day"]) if match["day"] else None
    if not _is_month(match) or (day is not None and not 1 <= day <= 31):
        return None
    name = _month_name(match)
    if day and (match["of"] or before(match, 4).lower().endswith("the ")):
        return f"{numerals.ordinal(str(day))} of {name}{_year(match)}"
    return (f"{name} {numerals.ordinal(str(day))}" if day else name) + _year(match)


@_rule(r"(?P<month>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)(?P<dash>)(?!\w)")
@_rule(rf"(?<=[-–—/])(?P<month>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?P<dash>){END}")
@_rule(rf"(?<=[-–—] )(?P<month>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?P<dash>){END}")
@_rule(rf"(?P<month>{_NAMES})(?P<dash>{DASH})(?={_NAMES}{END})")
def _month_alone(match: Match) -> str:
    if match["dash"]:
        return f"{_month_name(match)} to"
    ends = match["month"].endswith(".") and re.match(r"\s*$|\s+[A-Z]", after(match, 4))
    return _month_name(match) + ("." if ends else "")


@_rule(rf"(?<=[\d)hty] )[-–—] (?={_NAMES}\.? [0-3]?\d)|(?<=[\dhdt])[-–—](?={_NAMES}\.? [0-3]?\d)")
def _until(match: Match) -> str | None:
    return (
        "to"
        if re.search(rf"{_NAMES} [0-3]?\d(?:st|nd|rd|th)?,? ?\d* ?$", before(match, 24))
        else None
    )


@_rule(rf"(?P<day>{_WEEKDAY})(?P<dot>\.?)(?P<dash>){END}", re.IGNORECASE)
@_rule(rf"(?P<day>{_WEEKDAY})\.?(?P<dash>{DASH})(?={_WEEKDAY}{END})", re.IGNORECASE)
def _weekday(match: Match) -> str | None:
    short = match["day"].lower()
    if match["dash"]:
        return f"{_WEEKDAYS[short]} to"
    rest = after(match, 16)
    # "Sat", "sun" and "wed" are words: beside another day, a date or a time they are not.
    near_day = re.match(
        rf"(?i) ?[/&,] ?{_WEEKDAY}{END}| (?:and|or) {_WEEKDAY}{END}", rest
    ) or re.search(rf"(?i){_WEEKDAY}\.?(?: ?[-–—/&,] ?| and | or |, and )$", before(match, 14))
    beside = near_day or re.match(rf"(?i),? (?:\d|{_NAMES}{END}|at \d)", rest)
    dotted = match["dot"] and (short not in ("sat", "sun") or not re.match(r"\s*$|\s+[A-Z]", rest))
    if not (short in _SURE or beside or dotted) or (match["day"] == short and not near_day):
        return None
    ends = match["dot"] and re.match(r"\s*$|\s+[A-Z]", rest)
    return _WEEKDAYS[short] + ("." if ends else "")


@_rule(rf"(?P<part>[QH])(?P<number>[1-4])(?P<dash>)(?: ?'(?P<year>\d\d))?{END}")
@_rule(rf"(?P<part>FY) ?'?(?P<number>\d\d)(?P<dash>)(?P<year>){END}")
@_rule(rf"(?P<part>[QH])(?P<number>[1-4])(?P<dash>{DASH})(?=[QH][1-4]{END})(?P<year>)")
def _quarter(match: Match) -> str:
    number = match["number"] if match["part"] != "FY" else f"20{match['number']}"
    said = f"{' '.join(match['part'])} {numerals.number_or_year(number)}"
    if match["year"]:
        return f"{said} {numerals.year(_full_year(match['year']))}"
    return f"{said} to" if match["dash"] else said


def _is_month(match: Match) -> bool:
    """Whether it is a month; in small letters "may" and "march" are words, but with an ordinal."""
    written = match["month"]
    groups = match.groupdict()
    return written not in ("may", "mar", "march") or bool(
        groups.get("suffix") or groups.get("year")
    )


def _month_name(match: Match) -> str:
    start = match["month"][:3].capitalize()
    return next(name for name in numerals.MONTHS if name.startswith(start))


def _year(match: Match) -> str:
    return f", {numerals.year(_full_year(match['year'].lstrip(chr(39))))}" if match["year"] else ""


def _full_year(year: str) -> str:
    return year if len(year) == 4 else f"{'20' if year < '70' else '19'}{year}"
