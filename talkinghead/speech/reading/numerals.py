"""Numbers as words in English: amounts, years, times, dates, money, fractions."""

import re
from decimal import Decimal, InvalidOperation

from num2words import num2words

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

MAGNITUDES = {
    "k": "thousand", "m": "million", "mn": "million", "mio": "million", "bn": "billion",
    "b": "billion", "tn": "trillion", "t": "trillion",
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
}  # fmt: skip

CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"), "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"), "¥": ("yen", "yen", "", ""),
    "₹": ("rupee", "rupees", "paisa", "paise"), "₩": ("won", "won", "", ""),
    "₽": ("ruble", "rubles", "kopeck", "kopecks"), "₿": ("bitcoin", "bitcoins", "", ""),
    "¢": ("cent", "cents", "", ""),
}  # fmt: skip
"""Of each sign: the unit for one and for many, and its hundredth likewise."""

_LONGEST_AMOUNT = 15
"""Digits that are still said as an amount; more are a number plate, said one by one."""

_DENOMINATORS = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def cardinal(number: str) -> str:
    """An amount: "1,234" → "one thousand two hundred and thirty-four", "-2" → "minus two".

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
    """A year as it is said: "1999" → "nineteen ninety-nine", "2005" → "two thousand and five"."""
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


def money(number: str, magnitude: str, sign: str) -> str:
    """An amount of money: ("5.99", "", "$") → "five dollars and ninety-nine cents"."""
    one, many, hundredth, hundredths = CURRENCIES[sign]
    if magnitude:
        return f"{cardinal(number)} {MAGNITUDES[magnitude.lower()]} {many}"
    whole, _, part = number.partition(".")
    if not (re.fullmatch(r"\d\d", part) and hundredth):
        return f"{cardinal(number)} {one if _is_one(number) else many}"
    said = []
    if int(whole.replace(",", "") or 0) or not int(part):
        said.append(f"{cardinal(whole)} {one if _is_one(whole) else many}")
    if int(part):
        said.append(f"{cardinal(str(int(part)))} {hundredth if int(part) == 1 else hundredths}")
    return " and ".join(said)


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
    """The value of a Roman numeral of I, V and X, or None where it is none."""
    if not re.fullmatch("X{0,3}(?:IX|IV|V?I{0,3})", letters):
        return None
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters]
    return sum(v if v >= n else -v for v, n in zip(values, [*values[1:], 0], strict=True))


def is_date(day: int, month: int) -> bool:
    """Whether the two can be a day and a month."""
    return 1 <= day <= 31 and 1 <= month <= 12


def _is_one(number: str) -> bool:
    try:
        return Decimal(number.replace(",", "") or 0) == 1
    except InvalidOperation:
        return False


def _plain(words: object) -> str:
    """Without the commas of num2words, which the voice would take for pauses."""
    return str(words).replace(",", "")
