"""Numbers as words in English: amounts, years, times, dates, money, fractions."""

import re
from decimal import Decimal, InvalidOperation

from num2words import num2words

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

MAGNITUDES = {
    "lakh": "lakh", "lakhs": "lakh", "crore": "crore", "crores": "crore", "cr": "crore",
    "k": "thousand", "m": "million", "mn": "million", "mio": "million", "bn": "billion",
    "b": "billion", "tn": "trillion", "t": "trillion",
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
}  # fmt: skip

_LONGEST_AMOUNT = 15
"""Digits that are still said as an amount; more are a number plate, said one by one."""

_DENOMINATORS = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def cardinal(number: str) -> str:
    """An amount: "1,234" → "one thousand two hundred thirty-four", "-2" → "minus two".

    Digits that begin with a zero, or are too many for an amount, are said one by one.
    """
    sign = "minus " if number[:1] in "-−–" else ""
    whole, _, fraction = number.lstrip("-−–+").replace(",", "").partition(".")
    if len(whole) > _LONGEST_AMOUNT or re.match(r"0\d", whole):
        words = digits(whole)
    else:
        words = _plain(num2words(int(whole or 0)))
    return f"{sign}{words} point {digits(fraction)}" if fraction else sign + words


def digits(number: str) -> str:
    """Each digit by itself; anything else is a pause: "555-01" → "five five five, zero one"."""
    groups = re.findall(r"\d+", number)
    return ", ".join(" ".join(_plain(num2words(int(digit))) for digit in group) for group in groups)


def ordinal(number: str) -> str:
    """A place in a row: "21" → "twenty-first"."""
    return _plain(num2words(int(number.replace(",", "")), to="ordinal"))


def year(number: str) -> str:
    """A year as it is said: "1999" → "nineteen ninety-nine", "2005" → "two thousand five"."""
    return _plain(num2words(int(number), to="year")).replace("oh-", "oh ")


def number_or_year(number: str) -> str:
    """Four bare digits between 1100 and 2099 are most likely a year."""
    return year(number) if re.fullmatch(r"1[1-9]\d\d|20\d\d", number) else cardinal(number)


def plural(words: str) -> str:
    """Of a number's words: "nineteen ninety" → "nineteen nineties"."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("x", "s")) else "s")


def fraction(over: int, under: int) -> str:
    """A fraction: "three quarters", "one half", "seven over one hundred and twenty"."""
    if under in _DENOMINATORS:
        name = _DENOMINATORS[under][over != 1]
    elif 3 <= under <= 20 or under in (100, 1000):
        name = ordinal(str(under)) + ("" if over == 1 else "s")
    else:
        return f"{cardinal(str(over))} over {cardinal(str(under))}"
    return f"{cardinal(str(over))} {name}"


def clock(hour: int, minute: int, half: str = "") -> str:
    """A time of day: "three thirty P M", "nine oh five", "twelve o'clock", "fifteen hundred"."""
    said = cardinal(str(hour))
    if minute:
        said += f" oh {cardinal(str(minute))}" if minute < 10 else f" {cardinal(str(minute))}"
    elif not half:
        said = f"{said} o'clock" if 1 <= hour <= 12 else f"{said or 'zero'} hundred"
    return f"{said} {' '.join(half.upper())}".rstrip()


def duration(hours: int, minutes: int, seconds: int) -> str:
    """A length of time: "one hour two minutes three seconds"."""
    parts = ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
    return " ".join(f"{cardinal(str(n))} {unit if n == 1 else plural(unit)}" for n, unit in parts)


def date(day: int | None, month: int, year_number: str = "") -> str:
    """A date, month first: "November twenty-first, twenty twenty-six"."""
    said = MONTHS[month - 1] + (f" {ordinal(str(day))}" if day else "")
    return f"{said}, {year(year_number)}" if year_number else said


def roman(letters: str) -> int | None:
    """The value of a Roman numeral up to 89, or None where it is none."""
    if not re.fullmatch("L?X{0,3}(?:IX|IV|V?I{0,3})|XL(?:IX|IV|V?I{0,3})", letters):
        return None
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in letters]
    return sum(v if v >= n else -v for v, n in zip(values, [*values[1:], 0], strict=True))


def is_date(day: int, month: int) -> bool:
    """Whether the two can be a day and a month."""
    return 1 <= day <= 31 and 1 <= month <= 12


def is_one(number: str) -> bool:
    """Whether a canonical number is 1."""
    try:
        return Decimal(number or 0) == 1
    except InvalidOperation:
        return False


def indian(number: str) -> str:
    """An amount in lakhs and crores: "12500000" → "one crore twenty-five lakh"."""
    whole = int(number)
    said = []
    for size, name in ((10**7, "crore"), (10**5, "lakh")):
        if whole >= size:
            said.append(f"{cardinal(str(whole // size))} {name}")
            whole %= size
    if whole or not said:
        said.append(cardinal(str(whole)))
    return " ".join(said)


def in_pairs(number: str) -> str:
    """A number of a house, a flight or a model: "350" → "three fifty", "1600" → "sixteen hundred",
    "1204" → "twelve oh four", "5" → "five"."""
    if not 3 <= len(number) <= 4 or number[0] == "0" or number.endswith("000"):
        return cardinal(number)
    head, tail = cardinal(number[:-2]), number[-2:]
    if tail == "00":
        return f"{head} hundred"
    return f"{head} oh {cardinal(tail[1])}" if tail[0] == "0" else f"{head} {cardinal(tail)}"


def _plain(words: object) -> str:
    """As Americans say it, without the commas of num2words, which the voice would take for
    pauses."""
    return str(words).replace(",", "").replace(" and ", " ")
