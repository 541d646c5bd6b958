"""Ratings, fractions and proportions."""

import re
import unicodedata
from fractions import Fraction
from functools import partial

from talkinghead.speech.reading import numerals
from talkinghead.speech.reading.numerals import cardinal
from talkinghead.speech.reading.rule import END, Match, Rule, after, before, has_noun, rule

RULES: list[Rule] = []
SHAPES: list[Rule] = []
_rule = partial(rule, RULES)
_shape_rule = partial(rule, SHAPES)

_VULGAR = {
    sign: Fraction(unicodedata.numeric(sign)).limit_denominator(10) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒"
}
# Said number by number.
_PAIRS = frozenset([(24, 7), (9, 11), (50, 50), (60, 40), (80, 20), (20, 20), (70, 30), (90, 10)])
_SHAPES = ("4:3", "3:4", "16:9", "9:16", "16:10", "4:5", "5:4", "3:2", "2:3", "21:9", "2.39:1")
_FRAMES = (
    r"(?:videos?|aspect|ratio|format|screens?|frames?|crop|clips?|pictures?|images?|display)\b"
)
_RATED = re.compile(
    r"(?:\brat(?:ed|es?|ing)|\bscor(?:e|ed|es|ing)|\breview\w*|\bgive \w+|\bgot|\bearn\w*|\baverage"
    r"|\bstars?|\bgrade\w*)\b[^.!?]{0,20}$",
    re.IGNORECASE,
)
_RATERS = re.compile(
    r" (?:[a-z]+ )?(?:stars?|dentists|doctors|people|users|customers|patients|students|experts"
    r"|parents|women|men|teams|adults|buyers|shoppers|owners|moms|dads|companies|employees"
    r"|Americans|rating|score|review|on \w+|from \w+|would|agree|recommend)\b"
)


@_rule(r"(?P<over>\d+(?:[.,]\d+)?) ?/ ?(?P<under>5|10|100)(?![\d/.,]*\d)" + END)
@_rule(r"(?P<over>\d)/(?P<under>[3468])(?![\d/.,]*\d)" + END)
def _rating(match: Match) -> str | None:
    over, under = match["over"].replace(",", "."), match["under"]
    if float(over) > int(under) or after(match, 4).startswith(" of ") or before(match, 1) == "/":
        return None
    clear = "." in over or (under in ("10", "100") and over != "1") or over == under == "5"
    if clear or _RATED.search(before(match, 40)) or _RATERS.match(after(match, 30)):
        return f"{cardinal(over)} out of {cardinal(under)}"
    return None


@_rule(r"(?P<number>\d(?:[.,]\d+)?) ?★(?!★)")
@_rule(r"(?P<number>)[★⭐]+☆*")
def _stars(match: Match) -> str:
    number = match["number"].replace(",", ".") or str(match[0].count("★") + match[0].count("⭐"))
    return f"{cardinal(number)} {'star' if number == '1' or has_noun(match) else 'stars'}"


@_rule(r"24/7/365" + END)
def _all_year(match: Match) -> str:
    return "twenty-four seven three sixty-five"


@_rule(r"(?:(\d+)[ -])?(\d)/(\d{1,2})(?:\"|″|'')(?!\w)")
def _inches(match: Match) -> str:
    said = numerals.fraction(int(match[2]), int(match[3]))
    if not match[1]:
        return f"{said.removeprefix('one ') if said == 'one half' else said} inch"
    return (
        f"{cardinal(match[1])} and {_indefinite(said, True)} inch{'' if has_noun(match) else 'es'}"
    )


@_rule(r"(?:(\d+) |(\d+)-)?(\d+)[/⁄](\d+)" + END + r"(?!/\d)")
def _fraction(match: Match) -> str | None:
    over, under = int(match[3]), int(match[4])
    whole = match[1] or match[2]
    if (over, under) in _PAIRS and not whole:
        return f"{cardinal(match[3])} {cardinal(match[4])}"
    if under < 2 or len(match[4]) > 4 or len(match[3]) > 4:
        return None
    if whole and over >= under:
        return None
    return (f"{cardinal(whole)} and " if whole else "") + _indefinite(
        numerals.fraction(over, under), bool(whole)
    )


@_rule(r"(\d)/(\d{1,2})(?:rds?|ths?|nds?)(?!\w)")
def _fraction_with_ending(match: Match) -> str:
    return numerals.fraction(int(match[1]), int(match[2]))


@_rule(r"½(?= (?:price|off|day|hour|board|pint|term|marathon|time|mile|dozen)\b)")
def _half(match: Match) -> str:
    return "half"


@_rule(r"(\d*) ?([" + "".join(_VULGAR) + "])" + END)
def _vulgar_fraction(match: Match) -> str:
    said = numerals.fraction(*_VULGAR[match[2]].as_integer_ratio())
    return f"{cardinal(match[1])} and {_indefinite(said, True)}" if match[1] else said


@_rule(r"(\d+)-(in|to|on)-(\d+)" + END)
def _in_all(match: Match) -> str:
    return f"{cardinal(match[1])} {match[2]} {cardinal(match[3])}"


@_shape_rule(r"(?P<over>\d{1,2}):(?P<under>\d{1,2})(?= (?:[a-z]+ )?" + _FRAMES + ")")
@_rule(r"(?P<over>\d{1,4}(?:\.\d+)?):(?P<under>\d{1,4}(?:\.\d+)?)(?![\d:])")
def _ratio(match: Match) -> str:
    between = "by" if match[0] in _SHAPES else "to"
    return f"{cardinal(match['over'])} {between} {cardinal(match['under'])}"


def _indefinite(said: str, after_whole: bool) -> str:
    """One half, but two and a half."""
    return re.sub(r"^one ", "a ", said) if after_whole else said
