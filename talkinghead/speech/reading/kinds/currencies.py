"""Amounts of money as words."""

import re

from talkinghead.speech.reading.numerals import MAGNITUDES, cardinal, indian, is_one
from talkinghead.speech.reading.rule import alternatives, canonical

_CENTS = ("cent", "cents")
_UNITS: dict[str, tuple[str, str, str, str]] = {
    "$": ("dollar", "dollars", *_CENTS), "€": ("euro", "euros", *_CENTS),
    "£": ("pound", "pounds", "penny", "pence"), "¥": ("yen", "yen", "", ""),
    "₹": ("rupee", "rupees", "paisa", "paise"), "₩": ("won", "won", "", ""),
    "₽": ("ruble", "rubles", "kopeck", "kopecks"), "₿": ("bitcoin", "bitcoins", "", ""),
    "¢": ("cent", "cents", "", ""), "₪": ("shekel", "shekels", "", ""),
    "₺": ("lira", "lira", "", ""), "₱": ("peso", "pesos", "", ""),
    "฿": ("baht", "baht", "", ""), "₫": ("dong", "dong", "", ""),
    "franc": ("franc", "francs", "", ""), "yuan": ("yuan", "yuan", "", ""),
    "krona": ("krona", "kronor", "", ""), "krone": ("krone", "kroner", "", ""),
    "zloty": ("zloty", "zlotys", "", ""), "dirham": ("dirham", "dirhams", "", ""),
    "real": ("real", "reais", "", ""), "rand": ("rand", "rand", "", ""),
}  # fmt: skip
"""Of each currency: the unit for one and for many, and its hundredth likewise."""

SIGNS = "[" + "".join(sign for sign in _UNITS if len(sign) == 1) + "]"
_NAMED = {
    "US": "U S", "CA": "Canadian", "C": "Canadian", "AU": "Australian", "A": "Australian",
    "NZ": "New Zealand", "HK": "Hong Kong", "SG": "Singapore", "S": "Singapore", "MX": "Mexican",
    "CN": "Chinese", "JP": "",
}  # fmt: skip
PREFIXES = "(?:" + "|".join(sorted(_NAMED, key=len, reverse=True)) + ")"
"""Before a sign: whose dollar it is."""
_CODES = {
    "USD": ("U S", "$"), "EUR": ("", "€"), "GBP": ("", "£"), "JPY": ("", "¥"), "INR": ("", "₹"),
    "CHF": ("Swiss", "franc"), "CAD": ("Canadian", "$"), "AUD": ("Australian", "$"),
    "NZD": ("New Zealand", "$"), "SGD": ("Singapore", "$"), "HKD": ("Hong Kong", "$"),
    "CNY": ("", "yuan"), "RMB": ("", "yuan"), "SEK": ("Swedish", "krona"),
    "NOK": ("Norwegian", "krone"), "DKK": ("Danish", "krone"), "PLN": ("", "zloty"),
    "AED": ("", "dirham"), "BRL": ("", "real"), "R$": ("", "real"), "ZAR": ("", "rand"),
    "MXN": ("Mexican", "₱"), "Rs.": ("", "₹"), "Rs": ("", "₹"), "BTC": ("", "₿"),
}  # fmt: skip
CODES = alternatives(list(_CODES))
MAGNITUDE = (
    r"(?:(?: |-|)(?:thousand|[mb]illion|trillion|lakhs?|crores?|[mb]n|tn|mio|[mM]|Cr|cr)\b"
    r"|[kKbBtT]\b| [kK]\b|(?<=\d)L\b)"
)


def money(
    number: str, magnitude: str, currency: str, *, singular: bool = False, bare: bool = False
) -> str:
    """An amount of money: ("5.99", "", "$") → "five dollars ninety-nine".

    Args:
        number: as written.
        magnitude: "k", " million"; "" where there is none.
        currency: a sign with or without its country, or a code.
        singular: as in "a five dollar bill".
        bare: without the unit, for the lower end of a range.
    """
    whose, unit = _unit(currency)
    one, many, hundredth, hundredths = _UNITS[unit]
    if magnitude == "L":
        magnitude = "lakh"
    if magnitude:
        said = f"{cardinal(canonical(number))} {MAGNITUDES[magnitude.strip(' -').lower()]}"
        return said if bare else f"{said} {whose}{one if singular else many}"
    if is_indian(number, unit):
        said = indian(number.replace(",", ""))
        return said if bare else f"{said} {whose}{many}"
    number = canonical(number)
    if bare:
        return cardinal(number)
    whole, _, part = number.partition(".")
    part = f"{part}0" if len(part) == 1 else re.sub(r"(?<=\d\d)0+$", "", part)
    if not (re.fullmatch(r"\d\d", part) and hundredth):
        return f"{cardinal(number)} {whose}{one if singular or is_one(number) else many}"
    if not int(part):
        return f"{cardinal(whole)} {whose}{one if singular or is_one(whole) else many}"
    cents = f"{cardinal(str(int(part)))} {hundredth if int(part) == 1 else hundredths}"
    if not int(whole or 0):
        return cents
    article = "a" if is_one(whole) and one != "euro" else cardinal(whole)
    said = f"{article} {whose}{one if singular or is_one(whole) else many}"
    return f"{said} and {cents}" if int(part) < 10 else f"{said} {cardinal(part)}"


def has_cents(number: str) -> bool:
    """Whether an amount has hundredths that are not zero."""
    return bool(re.search(r"\.\d*[1-9]", canonical(number)))


def is_indian(number: str, unit: str) -> bool:
    """Whether a number is grouped as in India: 1,00,000."""
    grouped = bool(re.fullmatch(r"\d{1,2}(?:,\d\d)+,\d{3}", number))
    return grouped or (unit == "₹" and bool(re.fullmatch(r"\d+00000", number)))


def _unit(currency: str) -> tuple[str, str]:
    """The adjective with a space after it, and the unit."""
    if currency in _CODES:
        whose, unit = _CODES[currency]
    else:
        whose, unit = _NAMED.get(currency[:-1], ""), currency[-1]
    return f"{whose} " if whose else "", unit
