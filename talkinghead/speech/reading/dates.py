"""Dates and times of day."""

from datetime import date
from functools import partial

from talkinghead.speech.reading import numerals
from talkinghead.speech.reading.numerals import cardinal
from talkinghead.speech.reading.rule import END, Match, Rule, rule

RULES: list[Rule] = []
_rule = partial(rule, RULES)

_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[1-9]\d\d|20\d\d)"
_HALF = r"(?: ?(?P<half>[aApP])\.?[mM](?:\.(?!\s+[A-Z]|\s*$)|(?!\w)))"


@_rule(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
def _iso_date(match: Match) -> str | None:
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    said = numerals.date(day.day, day.month, match[1])
    return f"{said}, {numerals.clock(int(match[4]), int(match[5]))}" if match[4] else said


@_rule(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d\d)(?![\d/]|\.\d)")
def _written_date(match: Match) -> str | None:
    first, second, year = int(match[1]), int(match[3]), match[4]
    # With points the day comes first; with slashes the month does, where it can.
    month, day = (second, first) if match[2] == "." or first > 12 else (first, second)
    if not numerals.is_date(day, month):
        return None
    return numerals.date(
        day, month, year if len(year) == 4 else f"{'20' if year < '70' else '19'}{year}"
    )


@_rule(rf"{_MONTH} {_DAY}(?:,? {_YEAR})?{END}(?!:)")
@_rule(rf"{_DAY}(?P<of> of)? {_MONTH}(?:,? {_YEAR})?{END}")
@_rule(rf"{_MONTH} {_YEAR}{END}(?P<day>)")
def _named_date(match: Match) -> str | None:
    month = next(
        n for n, name in enumerate(numerals.MONTHS, 1) if name.startswith(match["month"][:3])
    )
    day = int(match["day"]) if match["day"] else None
    if day is not None and not numerals.is_date(day, month):
        return None
    if day and (
        match.groupdict().get("of") or match.string[: match.start()].lower().endswith("the ")
    ):
        year = f", {numerals.year(match['year'])}" if match["year"] else ""
        return f"{numerals.ordinal(str(day))} of {numerals.date(None, month)}{year}"
    return numerals.date(day, month, match["year"] or "")


@_rule(rf"(\d{{1,2}}):(\d\d)(?::(\d\d))?(?![\d:]){_HALF}?")
def _clock(match: Match) -> str | None:
    hour, minute, half = int(match[1]), int(match[2]), match["half"]
    if hour > 24 or minute > 59:
        return None
    if match[3]:
        return numerals.duration(hour, minute, int(match[3]))
    return numerals.clock(hour, minute, f"{half}m" if half else "")


@_rule(rf"(\d{{1,2}}){_HALF}")
def _hour(match: Match) -> str | None:
    return numerals.clock(int(match[1]), 0, f"{match['half']}m") if int(match[1]) <= 12 else None


@_rule(r"(\d+):(\d+)(?![\d:])")
def _ratio(match: Match) -> str:
    return f"{cardinal(match[1])} to {cardinal(match[2])}"


@_rule(
    r"(?<=[mM.\d])[-–—](?=\d{1,2}(?::\d\d| ?[apAP]\.?[mM]))|(?:(?<=[mM.] )|(?<=:\d\d ))[-–—] (?=\d)"
)
def _until(match: Match) -> str:
    return "to"


@_rule(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,2}\.?"
    r" ?[-–—] ?(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,2}(?!\w)"
)
def _weekdays(match: Match) -> str:
    names = {"Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Sat": "Saturday"}
    return " to ".join(names.get(day, f"{day}day") for day in match.groups())
