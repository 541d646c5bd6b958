"""Money, its ranges, and all other ranges of numbers."""

import re
from functools import partial

from talkinghead.speech.reading import numerals
from talkinghead.speech.reading.kinds.currencies import (
    CODES,
    MAGNITUDE,
    PREFIXES,
    SIGNS,
    has_cents,
    money,
)
from talkinghead.speech.reading.kinds.units import UNIT, unit_word
from talkinghead.speech.reading.numerals import cardinal
from talkinghead.speech.reading.rule import (
    DASH,
    END,
    NUMBER,
    SIGN,
    Match,
    Rule,
    after,
    before,
    canonical,
    is_attribute,
    rule,
)

RANGES: list[Rule] = []
RULES: list[Rule] = []
_range_rule = partial(rule, RANGES)
_rule = partial(rule, RULES)

_CURRENCY = rf"(?:{PREFIXES}?{SIGNS}|(?:{CODES}) ?)"
# What may follow an amount without a space, and is a word of its own.
_PER = {
    "pcm": "per calendar month", "pppn": "per person per night", "pppw": "per person per week",
    "pp": "per person", "pw": "per week", "pm": "per month", "pa": "per year", "ph": "per hour",
}  # fmt: skip
# What an amount of money describes even without an article: "$1.2M home".
_PRICED = re.compile(
    r"[ -](?:home|house|deal|prize|round|fund|bonus|mansion|project|grant|bill|card|coupon|voucher"
    r"|credit|rebate|fee|budget|contract|investment|check|tip|gift|note)\b"
)
_PER_END = rf"(?: ?(?P<per>{'|'.join(_PER)}){END}|{END})"


@_range_rule(
    rf"(?<![\d.,/-])(?P<c1>{_CURRENCY})(?P<n1>{NUMBER})(?P<m1>{MAGNITUDE})?{DASH}"
    rf"(?P<c2>{_CURRENCY})?(?P<n2>{NUMBER})(?P<m2>{MAGNITUDE})?{_PER_END}"
)
@_range_rule(
    rf"(?<![\d.,/-])(?P<n1>{NUMBER})(?P<m1>{MAGNITUDE})?(?P<sign>{SIGNS})?{DASH}"
    rf"(?P<n2>{NUMBER})(?P<m2>{MAGNITUDE})? ?(?P<c1>{SIGNS}|(?:{CODES})\b){_PER_END}(?P<c2>)"
)
def _money_range(match: Match) -> str:
    currency = (match["c1"] or match["c2"]).strip()
    low, high = match["n1"], match["n2"]
    magnitudes = match["m1"] or "", match["m2"] or ""
    singular = is_attribute(match)
    if has_cents(low) or has_cents(high):
        said = f"{money(low, magnitudes[0], currency)} to {money(high, magnitudes[1], currency)}"
    else:
        # "$50–75k" begins at fifty thousand; "£20k–30k" says so only once.
        is_shared = not match["c2"] and magnitudes[0].lower() == magnitudes[1].lower()
        first = money(low, "" if is_shared else magnitudes[0], currency, bare=True)
        said = f"{first} to {money(high, magnitudes[1], currency, singular=singular)}"
    return said + _per(match)


@_range_rule(
    rf"(?<![\d.,/-])(?P<n1>{NUMBER})(?P<u1> ?(?:{UNIT}))?(?P<dash>{DASH})"
    rf"(?P<n2>{NUMBER})(?P<u2>[ -]?(?:{UNIT}){END})?(?:{END})(?![-/]\w)",
    re.IGNORECASE,
)
def _range(match: Match) -> str | None:
    low, high = canonical(match["n1"]), canonical(match["n2"])
    units = (match["u1"] or "").strip(" -"), (match["u2"] or "").strip(" -")
    if re.match(r"\s*=", after(match, 4)):
        return None
    if units[0] == "s" and low.endswith("0"):
        return None  # two decades
    if match["dash"].strip() != match["dash"] and _is_subtraction(match, low, high):
        return None
    if re.search(r"(?i)\ba (?:old )?$", before(match, 8)) and (low, high) == ("1", "2"):
        return "one two"  # a 1-2 punch
    is_pair = (low == high and len(low) > 1) or (low, high) == ("24", "7")
    if is_pair and not any(units):
        return f"{cardinal(low)} {cardinal(high)}"  # fifty-fifty
    word = _range_unit(match, *units)
    if word is None:
        return None
    if not re.fullmatch(r"\d+", low + high):
        return f"{cardinal(low)} to {cardinal(high)}{word}"
    if re.fullmatch(r"\d\d", high) and re.fullmatch(r"1[1-9]\d\d|20\d\d", low) and not word:
        high = low[:2] + high  # 2019-21
    read = cardinal if word else numerals.number_or_year
    return f"{read(low)} to {read(high)}{word}"


def _range_unit(match: Match, first: str, second: str) -> str | None:
    """Return the unit of a range with a space before it; None if its ends have different ones."""
    if first and first.casefold() != second.casefold() and not second.startswith(first):
        return None
    if not second:
        return ""
    if second == "in" and after(match, 1) == ".":
        return " inches"
    said = unit_word(second, canonical(match["n2"]), (match["u2"] or "")[:1].strip("-"))
    if said is None:
        return None if first else f" {second}"
    if (match["u2"] or "").startswith("-") or is_attribute(match):
        said = unit_word(second, "1", "") or said
    return f" {said}"


def _is_subtraction(match: Match, low: str, high: str) -> bool:
    """Whether "5 - 3" is said "five minus three": not where it counts upwards, nor of hours."""
    if re.match(r"\s*=", after(match, 4)) or re.search(r"[=+*×÷] ?$", before(match, 3)):
        return True
    hours = r"(?i)(?:day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|hours|open|daily)[.,:]?,? $"
    return float(low) >= float(high) and not re.search(hours, before(match, 16))


@_rule(
    rf"(?P<sign>{SIGN})(?P<unit>{_CURRENCY})(?P<minus> ?-?)"
    rf"(?P<number>{NUMBER})(?P<magnitude>{MAGNITUDE})?(?P<plural>s\b)?{_PER_END}"
)
@_rule(
    rf"(?P<sign>{SIGN})(?P<number>{NUMBER})(?P<magnitude>{MAGNITUDE})?"
    rf" ?(?P<unit>{PREFIXES}?{SIGNS}|(?:{CODES})\b)(?P<minus>)(?P<plural>)(?P<per>){END}"
)
def _money(match: Match) -> str:
    minus = "minus " if match["sign"] in ("-", "−") or "-" in match["minus"] else ""
    number, unit = match["number"], match["unit"].strip()
    if match["plural"] and re.fullmatch(r"10+", number):
        size = {2: "tens", 3: "hundreds", 4: "thousands"}.get(len(number), "thousands")
        return f"{size} of {money('2', '', unit).removeprefix('two ')}"
    singular = is_attribute(match) or bool(_PRICED.match(after(match, 14)))
    said = money(number, match["magnitude"] or "", unit, singular=singular)
    if said.startswith("a ") and before(match, 3).lower().endswith(("a ", "an ")):
        said = said[2:]  # a dollar ninety-nine coffee
    return minus + said + _per(match)


@_rule(r"(?P<number>\d{1,2})p(?!\w)")
def _pence(match: Match) -> str:
    return "one penny" if match["number"] == "1" else f"{cardinal(match['number'])} pence"


@_rule(r"(\d+(?:\.\d+)?) (lakhs?|crores?)\b")
def _lakhs(match: Match) -> str:
    return f"{cardinal(match[1])} {match[2]}"


def _per(match: Match) -> str:
    return f" {_PER[match['per']]}" if match["per"] else ""
