"""Numbers with a unit, and rates: per month, per pound."""

import re
from functools import partial

from talkinghead.speech.reading import spellings
from talkinghead.speech.reading.kinds.units import UNIT, find_unit, unit_word
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
    has_noun,
    is_attribute,
    rule,
)

RULES: list[Rule] = []
RATES: list[Rule] = []
_rule = partial(rule, RULES)
_rate_rule = partial(rule, RATES)

_POWERS = {"²": "square ", "³": "cubic "}
# Units that are adjectives when they are glued to their number: "12V battery", "30s spot".
_GLUED_ATTRIBUTES = frozenset(
    ["V", "s", "W", "in", "min", "MP", "GB", "TB", "MB", "Hz", "kHz", "GHz", "mAh", "kWh", "hp"]
)
_MONEY = re.compile(r"[$€£¥₹]\d[\d.,]*[kKmM]?$")
_WORDED = re.compile(r"(?:thousand|million|billion|trillion|\d/\d{1,2}|[½¼¾⅓⅔⅛]) ?$")
_IN_QUOTATION = re.compile(r'(?:^|[\s(])"(?=\S)[^"]*$')
_RUNS = r"(?:race|run|walk|swim|ride|training|runner|fun|finish|charity|marathon)"


@_rule(r"(?P<number>\d{1,3})(?P<unit>[kK])(?= " + _RUNS + r")")
@_rule(r"(?P<number>[248])(?P<unit>K)(?= |$|[.,!?])")
def _letter_k(match: Match) -> str | None:
    if len(match["number"]) == 1 and re.match(
        r" (?:followers|users|people|fans|views)", after(match, 12)
    ):
        return None
    return f"{cardinal(match['number'])} K"  # a distance, or the size of a picture


@_rule(r"(?<![\d'])(\d)['′] ?(\d{1,2})(?:\"|″|'')?(?!\w)")
def _height(match: Match) -> str:
    return f"{cardinal(match[1])} foot {cardinal(match[2])}"


@_rule(r"(?<![\d'])(\d{1,2})['′](?![\w'])")
def _feet(match: Match) -> str | None:
    if re.search(r"(?:^|\s)'[^']*$", before(match)):
        return None  # the end of a quotation
    return f"{cardinal(match[1])} {'foot' if match[1] == '1' or is_attribute(match) else 'feet'}"


@_rule(r"(\d+(?:\.\d+)?)(?:\"|″|'')(?!\w)")
def _inches(match: Match) -> str | None:
    if match[0].endswith('"') and _IN_QUOTATION.search(before(match, 300)):
        return None  # the end of a quotation
    many = not (match[1] == "1" or has_noun(match))
    return f"{cardinal(match[1])} {'inches' if many else 'inch'}"


@_rule(
    rf"(?<![^\W\d_])(?P<sign>{SIGN})(?P<number>{NUMBER})"
    rf"(?P<gap> ?|-)(?P<unit>{UNIT})(?P<power>[²³]?)(?P<dot>\.(?=\s+[a-z\d]|,))?{END}",
    re.IGNORECASE,
)
def _measure(match: Match) -> str | None:
    unit, number = match["unit"], canonical(match["number"])
    said = unit_word(unit, number, match["gap"])
    if said is None or _is_something_else(match):
        return None
    words = find_unit(unit)
    singular = match["gap"] == "-" or is_attribute(match)
    singular |= said.startswith(("square ", "cubic ")) and has_noun(match)
    if words and (singular or (unit in _GLUED_ATTRIBUTES and not match["gap"] and has_noun(match))):
        said = words[0]
    sign = {"-": "minus ", "−": "minus ", "+": "plus "}.get(match["sign"], "")
    return f"{sign}{cardinal(number)} {_POWERS.get(match['power'], '')}{said}"


def _is_something_else(match: Match) -> bool:
    unit, gap = match["unit"], match["gap"]
    if unit == "s" and not gap and re.fullmatch(r"\d+0", match["number"]):
        # "the 1990s", but "a 30s spot"
        return len(match["number"]) == 4 or not is_attribute(match)
    if unit.lower() == "in" and gap == "-":
        return True  # 2-in-1
    if unit in ("m", "h") and gap == " " and re.match(r" [a-z]+ing\b", after(match)):
        return True
    return unit == "st" or bool(re.fullmatch(r"[A-Z]", unit) and gap == "-" and unit not in "VWL")


@_rule(rf"(?P<unit>{UNIT}){END}", re.IGNORECASE)
def _unit_of_words(match: Match) -> str | None:
    """After a fraction or a million: "4 1/2 lbs", "100 million kg"."""
    if len(match["unit"]) < 2 or not _WORDED.search(before(match, 12)):
        return None
    return unit_word(match["unit"], "2", " ")


@_rule(r"(\d+(?:\.\d+)?) in\.(?!\w)")
def _dotted_inches(match: Match) -> str:
    return f"{cardinal(match[1])} {'inch' if match[1] == '1' or has_noun(match) else 'inches'}"


@_rule(r"(?<![\w/])(km|cm|mm|m|ft|in|mi)([²³])(?!\w)")
def _area_alone(match: Match) -> str | None:
    words = find_unit(match[1])
    if not words or re.search(r"[=+] ?$", before(match, 2)) or re.match(r" ?[=+]", after(match, 2)):
        return None
    return _POWERS[match[2]] + words[0 if re.search(r"per $", before(match, 4)) else 1]


@_rule(r"(\d{1,2}) ?(in|cm)(?!\w)")
def _inches_after_feet(match: Match) -> str | None:
    words = find_unit(match[2])
    if not words or not re.search(r"\d ?(?:ft|m)\.? $", before(match, 8)):
        return None
    return f"{cardinal(match[1])} {words[match[1] != '1']}"


@_rule(alternatives([u for u in spellings.UNITS if re.search(r"^[°%‰℃℉]", u)]))
def _unit_alone(match: Match) -> str:
    return spellings.UNITS[match[0]][1]


@_rule(r"(?:km/h|m/s|[kMG]B/s|Mbit/s)(?!\w)", re.IGNORECASE)
def _speed_alone(match: Match) -> str | None:
    words = find_unit(match[0])
    return words[1] if words else None


@_rate_rule(
    rf" ?/ ?(?P<unit>(?:sq\.? ?)?(?:{alternatives(list(spellings.RATES))}|{UNIT}))(?P<power>[²³]?)"
    rf"(?P<dot>\.(?=\s+[a-z\d]|[,/]))?{END}",
    re.IGNORECASE,
)
def _rate(match: Match) -> str | None:
    if not re.search(r"[\d★]", before(match, 24)) or not re.search(
        r"[\w.)²³%¢€£¥₹]$", before(match, 1)
    ):
        return None
    unit = match["unit"].lower()
    if unit == "ea":
        return "each"
    known = spellings.RATES.get(unit)
    words = find_unit(match["unit"])
    if known is None and words is None:
        return None
    said = known if known is not None else words[0] if words else ""
    return f"per {_POWERS.get(match['power'], '')}{said or unit}"


@_rate_rule(r"/(?P<what>[a-z]{3,12})(?![\w/])")
def _rate_of_anything(match: Match) -> str | None:
    """After money a slash is always "per": "£4/pint"."""
    return f"per {match['what']}" if _MONEY.search(before(match, 16)) else None


@_rate_rule(r"(?<=[\w)] )(?:p\.a\.|p\.m\.(?= rent)|per annum)")
def _a_year(match: Match) -> str | None:
    return "per annum" if re.search(r"\d[\w.%]* $", before(match, 8)) else None
