"""Streets, houses, flats and postal codes."""

import re
from functools import partial

from talkinghead.speech.reading import numerals, spellings
from talkinghead.speech.reading.rule import Match, Rule, after, alternatives, before, rule
from talkinghead.speech.text.abbreviations import STARTERS, first_word

RULES: list[Rule] = []
_rule = partial(rule, RULES)

_STREET = alternatives([*spellings.STREETS, *(name for name, _ in spellings.STREETS.values())])
_STREET_NAME = (
    r"(?:[NSEW]\.? |North |South |East |West )?(?:(?:[A-Z][\w'-]+|\d+(?:st|nd|rd|th)) ){1,3}"
)
_NAME_BEFORE = re.compile(r"(?:^|[\s(])(?:[A-Z][\w'-]*|\d+(?:st|nd|rd|th)) $")
_HOUSE_BEFORE = re.compile(r"\b\d{1,5}[A-Z]? (?:[NSEW]\.? )?(?:[\w']+ ){1,3}$")
_IN_PAIRS = alternatives(list(spellings.BEFORE_PAIRS))

_WAYS = {"N": "North", "S": "South", "E": "east", "W": "west"}


@_rule(rf"(?P<number>\d{{1,5}})(?P<letter>[A-Z]?)(?= {_STREET_NAME}(?:{_STREET})\b)")
def _house(match: Match) -> str | None:
    if re.search(r"[\d.,$€£]$", before(match, 1)):
        return None
    return _with_letter(_pairs(match["number"]), match["letter"])


@_rule(rf"(?<=[\dA-Z] )(?P<way>[NS][EW]?|[EW])\.?(?= {_STREET_NAME}(?:{_STREET})\b)")
def _direction(match: Match) -> str | None:
    if not re.search(r"\b\d{1,5}[A-Z]? $", before(match, 8)):
        return None
    return " ".join(_WAYS[letter] for letter in match["way"]).replace(" e", "e").replace(" w", "w")


@_rule(rf"(?P<short>{alternatives(list(spellings.STREETS))})(?P<dot>\.?)(?!\w)")
def _street(match: Match) -> str | None:
    said, needs_dot = spellings.STREETS[match["short"]]
    near, rest = before(match), after(match)
    in_address = bool(_HOUSE_BEFORE.search(near))
    if not in_address and not _NAME_BEFORE.search(near):
        return None
    if needs_dot and not match["dot"] and not in_address:
        return None
    following = first_word(rest)
    if match["short"] in ("St", "Dr", "Ft", "Mt") and not in_address:
        named = following[:1].isupper() and re.match(r" [A-Z]", rest) is not None
        if named and (following not in STARTERS or not match["dot"]):
            return None  # Saint Louis, Doctor Smith
    ends = match["dot"] and (not rest.strip() or (rest[:1] == " " and following in STARTERS))
    return said + ("." if ends else "")


@_rule(r"(?P<kind>Apt|Ste|Rm|Fl|Bldg|Dept|Ext)(?P<dot>\.?) ?(?=#?\d|[A-Z]\b)")
def _flat(match: Match) -> str:
    return spellings.FLATS[match["kind"]]


@_rule(
    r"(?<![\d.,$€£])(?P<number>\d{1,4})(?P<letter>[AC-JL-Z])(?![\w'])(?!-\d)"
    r"|(?<=[a-z.] )(?P<kmb>\d{1,4})(?P<kmb_letter>[BK])(?![\w'])"
)
def _flat_number(match: Match) -> str | None:
    """4B of a flat; but 4B views are billions."""
    if match["kmb"]:
        words = before(match, 12).lower().split()
        if not words or words[-1] not in spellings.BEFORE_FLAT:
            return None
        return _with_letter(_pairs(match["kmb"]), match["kmb_letter"])
    if match["letter"] in "MTGVWLC" and not re.search(r"[A-Za-z.] $", before(match, 2)):
        return None
    if match["letter"] in "MTGVWL":
        return None
    return _with_letter(_pairs(match["number"]), match["letter"])


@_rule(rf"(?P<kind>{_IN_PAIRS}) (?P<number>[1-9]\d{{2,3}})(?![\w.,]*\d)", re.IGNORECASE)
def _room(match: Match) -> str:
    kind = match["kind"]
    short = {"ste.": "Suite", "rm.": "Room", "hwy": "Highway", "hwy.": "Highway"}
    return f"{short.get(kind.lower(), kind)} {numerals.in_pairs(match['number'])}"


@_rule(
    rf"(?<=, )(?P<state>{alternatives(list(spellings.STATES))})"
    r"(?: (?P<zip>\d{5}(?:-\d{4})?))?(?![\w-])(?P<dot>)"
)
def _state(match: Match) -> str | None:
    if not re.search(r"[a-z.], $", before(match, 3)):
        return None
    if match["state"] == "MD" and not match["zip"]:
        return None  # a doctor of medicine, as likely as Maryland
    if not match["zip"] and not _is_state(match):
        return None
    state = spellings.STATES[match["state"]]
    return f"{state} {numerals.digits(match['zip'])}" if match["zip"] else state


@_rule(r"(\d{3})\(([a-z])\)(?!\w)")
def _paragraph(match: Match) -> str:
    """401(k): of the law, and of everybody's pension."""
    return _with_letter(numerals.in_pairs(match[1]), match[2].upper())


def _is_state(match: Match) -> bool:
    """Whether letters that are a word too follow the name of a city: "Gary, IN."."""
    if match["state"] not in spellings.WORDLIKE_STATES:
        return True
    city = re.search(r"([A-Z][\w'.-]+), $", before(match, 24))
    named = city is not None and city[1] not in STARTERS
    return named and re.match(r"[.,;:!?)]|$", after(match, 1)) is not None


def _pairs(number: str) -> str:
    return numerals.digits(number) if len(number) > 4 else numerals.in_pairs(number)


def _with_letter(said: str, letter: str) -> str:
    return f"{said} {letter}".rstrip()
