"""The rules by which signs and digits are read: each a pattern, and what is said of its match.

A rule answers None where its pattern fits but the match is something else after all; the next one is asked.
"""

import re
from collections.abc import Callable
from datetime import date

from talkinghead.draft import numerals, spellings
from talkinghead.draft.numerals import cardinal

Match = re.Match[str]
Rule = tuple[re.Pattern[str], Callable[[Match], str | None]]

_RULES: list[Rule] = []

# Building blocks. A number is written 1,234.5 or 1.234,5 or 1 234 567 or .5; signs stand right before it.
_SIGN = r"(?:(?<![\w.])[-−+](?=[.\d$€£¥₹]))?"
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?: \d{3}){2,}|\d{1,3} 000"
    r"|(?<!\d,)\d+,\d{1,2}|\d+\.\d+|\.\d+|\d+)(?![\d]|,\d{3})"
)
_END = r"(?![^\W_])"
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[1-9]\d\d|20\d\d)"
_HALF = r"(?: ?(?P<half>[aApP])\.?[mM](?:\.(?!\s+[A-Z]|\s*$)|(?!\w)))"
_CURRENCY = "[" + re.escape("".join(numerals.CURRENCIES)) + "]"
_MAGNITUDE = r"(?: ?(?P<magnitude>thousand|million|billion|trillion|[kKmMbBtT]|[mbt]n|mio)\b)"
_UNIT = "|".join(re.escape(unit) for unit in sorted(spellings.UNITS, key=len, reverse=True))
_VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
           "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
           "⅞": (7, 8), "⅒": (1, 10)}  # fmt: skip


def _rule(
    pattern: str, flags: int = 0
) -> Callable[[Callable[[Match], str | None]], Callable[[Match], str | None]]:
    def register(say: Callable[[Match], str | None]) -> Callable[[Match], str | None]:
        _RULES.append((re.compile(pattern, flags), say))
        return say

    return register


def _canonical(number: str) -> str:
    """A number with a point for its fraction and nothing else: "1.234,5" → "1234.5"."""
    number = number.replace(" ", "").replace("−", "-").lstrip("+")
    if re.search(r",\d{1,2}$|\.\d{3},", number):
        number = number.replace(".", "").replace(",", ".")
    return number.replace(",", "")


# Addresses


@_rule(r"[\w.+-]*\w@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
@_rule(
    r"(?:https?|ftp)://[^\s<>\"]*[^\s<>\".,;:!?)\]'*_]|www\.[^\s<>\"]*[^\s<>\".,;:!?)\]'*_]",
    re.IGNORECASE,
)
@_rule(
    rf"(?:[A-Za-z0-9][A-Za-z0-9_-]*\.)+(?:{spellings.DOMAINS})(?![\w@-])(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]'])?"
)
def _address(match: Match) -> str:
    return spellings.address(match[0])


@_rule(r"(?<!\w)([@#])([^\W\d]\w*)")
def _handle(match: Match) -> str:
    named = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[2])
    sign = "at" if match[1] == "@" else "hashtag"
    return f"{sign} {spellings.address(named).replace(' underscore ', ' ')}"


@_rule(r"(\d{3,4}) ?[x×] ?(\d{3,4})(?!\w)|(\d{3,4})p(?!\w)")
def _picture_size(match: Match) -> str:
    return " by ".join(map(_as_size, filter(None, match.groups()[:2]))) or f"{_as_size(match[3])} P"


@_rule(r"(?:km/h|m/s|[kMG]B/s|Mbit/s)(?!\w)")
def _unit_alone(match: Match) -> str:
    return spellings.UNITS[match[0]][1]


@_rule(r"(?:#|№|[Nn]o\.) ?(\d+)" + _END)
def _numbered(match: Match) -> str:
    return f"number {cardinal(match[1])}"


# Dates and times


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


@_rule(rf"{_MONTH} {_DAY}(?:,? {_YEAR})?{_END}(?!:)")
@_rule(rf"{_DAY}(?P<of> of)? {_MONTH}(?:,? {_YEAR})?{_END}")
@_rule(rf"{_MONTH} {_YEAR}{_END}(?P<day>)")
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


# Amounts


@_rule(
    r"(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,5}\)[ .-]?|\d{2,5}[ .-])\d{3,4}[ .-]?\d{3,4}(?![\d,.]*\d)|\+\d[\d .()-]{6,}\d|\d{3}-\d{4}(?!\d)"
)
def _telephone(match: Match) -> str | None:
    spaced = re.fullmatch(r"\d{1,3}(?: \d{3})+", match[0])
    if spaced or re.fullmatch(r"\d+\.\d+|\d{4}-\d{4}", match[0]):
        return None
    return ("plus " if match[0].startswith("+") else "") + numerals.digits(match[0])


@_rule(
    rf"(?<![\d.,/-])({_CURRENCY}?)({_NUMBER})({_CURRENCY}?)(?: ?[-–—] ?| ?\.\.\. ?)({_CURRENCY}?)({_NUMBER}) ?(%|(?:{_UNIT}){_END})?{_END}(?![-/])"
)
def _range(match: Match) -> str | None:
    low, high = _canonical(match[2]), _canonical(match[5])
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
    rf"(?P<sign>{_SIGN})(?:US|CA|AU|[ACU])?(?P<unit>{_CURRENCY}) ?(?P<minus>-?)(?P<number>{_NUMBER}){_MAGNITUDE}?{_END}"
)
@_rule(
    rf"(?P<sign>{_SIGN})(?P<number>{_NUMBER}){_MAGNITUDE}? ?(?P<unit>{_CURRENCY}){_END}(?P<minus>)"
)
def _money(match: Match) -> str:
    minus = "minus " if match["sign"] in ("-", "−") or match["minus"] else ""
    return minus + numerals.money(
        _canonical(match["number"]), match["magnitude"] or "", match["unit"]
    )


@_rule(rf"(?P<unit>USD|EUR|GBP|JPY) ?(?P<number>{_NUMBER}){_MAGNITUDE}?{_END}")
@_rule(rf"(?P<number>{_NUMBER}){_MAGNITUDE}? ?(?P<unit>USD|EUR|GBP|JPY){_END}")
def _coded_money(match: Match) -> str:
    sign = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}[match["unit"]]
    return numerals.money(_canonical(match["number"]), match["magnitude"] or "", sign)


@_rule(r"(?:(\d+) |(\d+)-)?(\d+)[/⁄](\d+)" + _END + r"(?!/)")
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


@_rule(r"(\d*) ?([" + "".join(_VULGAR) + "])" + _END)
def _vulgar_fraction(match: Match) -> str:
    said = numerals.fraction(*_VULGAR[match[2]])
    return f"{cardinal(match[1])} and {_indefinite(said, True)}" if match[1] else said


@_rule(r"(\d)['′](?: ?(\d{1,2})(?:\"|″|'')?)(?!\w)")
def _height(match: Match) -> str:
    return f"{cardinal(match[1])} foot {cardinal(match[2])}"


@_rule(
    rf"(?<![^\W\d_])(?P<sign>{_SIGN})(?P<number>{_NUMBER})(?P<gap> ?|-)(?P<unit>{_UNIT})(?P<power>[²³]?){_END}"
)
def _measure(match: Match) -> str | None:
    unit, gap = match["unit"], match["gap"]
    # "5 in the morning", "3 m" fits, "2 x" too; a spaced single letter K, B or x is a word by itself.
    if gap == " " and unit in ("in", "K", "k", "B", "x", "M", "V", "W", "cal"):
        return None
    if unit == "s" and re.fullmatch(r"\d+0", match["number"]):
        return None  # a decade
    if unit == "K" and match["number"] in "248":
        return f"{cardinal(match['number'])} K"  # the size of a picture
    number = _canonical(match["number"])
    power = {"²": "square ", "³": "cubic "}.get(match["power"], "")
    said = spellings.UNITS[unit][0] if gap == "-" else _unit(number, unit).strip()
    return f"{_signed(match['sign'])}{cardinal(number)} {power}{said}"


@_rule(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)" + _END, re.IGNORECASE)
def _ordinal(match: Match) -> str:
    return numerals.ordinal(match[1])


@_rule(r"'?((?:1[1-9]|20)?\d0)'?s" + _END)
def _decade(match: Match) -> str:
    return numerals.plural(numerals.number_or_year(match[1]))


@_rule(r"'(\d\d)" + _END)
def _short_year(match: Match) -> str:
    return cardinal(match[1]) if match[1][0] != "0" else f"oh {cardinal(match[1][1])}"


@_rule(r"[vV]?(\d+(?:\.\d+){2,})" + _END)
def _version(match: Match) -> str:
    between = " dot " if match[1].count(".") == 3 else " point "
    return ("version " if match[0][0] in "vV" else "") + between.join(
        cardinal(part) for part in match[1].split(".")
    )


@_rule(r"[vV](\d+(?:\.\d+)?)" + _END)
def _short_version(match: Match) -> str:
    return f"version {cardinal(match[1])}"


@_rule(rf"(?P<sign>{_SIGN})(?P<number>{_NUMBER})(?P<plus>\+(?!\w))?")
def _amount(match: Match) -> str:
    plus = " plus" if match["plus"] else ""
    number = match["number"]
    read = numerals.number_or_year if not match["sign"] else cardinal
    words = read(number) if number.isdecimal() else cardinal(_canonical(number))
    return f"{_signed(match['sign'])}{words}{plus}"


# Abbreviations and signs


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


@_rule(r"(?:(?<=\d)|(?<=\d ))[xX×*](?= ?\d)")
def _times(match: Match) -> str:
    return "times" if match[0] == "*" or match.string[match.start() - 1] == " " else "by"


@_rule(r"(?<=[mM.\d])[-–—](?=\d{1,2}(?::\d\d| ?[apAP]\.?[mM]))|(?:(?<=[mM.\d] ))[-–—] (?=\d)")
def _until(match: Match) -> str:
    return "to"


@_rule(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,2}\.? ?[-–—] ?(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,2}(?!\w)"
)
def _weekdays(match: Match) -> str:
    names = {"Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Sat": "Saturday"}
    return " to ".join(names.get(day, f"{day}day") for day in match.groups())


@_rule(r"(?<=[a-z] )([IVX]{2,6})(?![\w.'-])")
def _roman(match: Match) -> str | None:
    value = numerals.roman(match[1])
    before = match.string[: match.start()].split()[-1]
    if value is None or not before[0].isupper():
        return None
    return f"the {numerals.ordinal(str(value))}" if before in _RULERS else cardinal(str(value))


_RULERS = frozenset(
    ["Henry", "Elizabeth", "Louis", "George", "Charles", "William", "Edward", "Richard", "James", "Philip", "Paul",
     "Benedict", "Pius", "Alexander", "Catherine", "Nicholas", "Frederick", "Napoleon", "Leo", "Gregory", "Innocent",
     "Peter", "Mary", "Ivan", "Francis", "Ferdinand", "Clement", "Urban", "Ramses", "Cleopatra", "Margrethe"]
)  # fmt: skip


RULES: tuple[Rule, ...] = tuple(_RULES)


def _as_size(number: str) -> str:
    """1080 is ten eighty, 720 is seven twenty."""
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
