"""Readings of units, abbreviations, signs, acronyms and addresses.

The words themselves are in `data/spellings.toml`.
"""

import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from talkinghead.speech.reading.numerals import cardinal

_TABLES: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "data" / "spellings.toml").read_text(encoding="utf-8")
)


def _listed(name: str) -> frozenset[str]:
    return frozenset(_TABLES[name].split())


UNITS: dict[str, tuple[str, str]] = {
    unit: (one, many) for unit, (one, many) in _TABLES["units"].items()
}
"""After a number: the word for one and for many."""
ABBREVIATIONS: dict[str, str] = _TABLES["abbreviations"]
SIGNS: dict[str, str] = _TABLES["signs"]
RATES: dict[str, str] = _TABLES["rates"]
"""After a slash: the word after "per"; "" where it is said as written."""
STREETS: dict[str, tuple[str, bool]] = {
    short: (said, needs_stop) for short, (said, needs_stop) in _TABLES["streets"].items()
}
"""After a name: the word, and whether it is short only with a full stop."""
FLATS: dict[str, str] = _TABLES["flats"]
STATES: dict[str, str] = _TABLES["states"]
MIXED: dict[str, str] = _TABLES["mixed"]
RESPELLED: dict[str, str] = _TABLES["respelled"]
_LABELS: dict[str, str] = _TABLES["labels"]
WORDLIKE_STATES = _listed("wordlike_states")
DIALLED = _listed("dialled")
BEFORE_FLAT = _listed("before_flat")
BEFORE_PAIRS = _listed("before_pairs")
BEFORE_NUMBER = _listed("before_number")
BEFORE_NAME = _listed("before_name")
AFTER_NUMBER = _listed("after_number")
BEFORE_LETTER = _listed("before_letter")
BEFORE_ROMAN = _listed("before_roman")
RULERS = _listed("rulers")
INTERJECTIONS = _listed("interjections")
DOMAINS = "|".join(sorted(_listed("domains_said") | _listed("domains_spelled")))

SAID_AS_WORDS = _listed("said_as_words")
_SAID_AS_LETTERS = _listed("said_as_letters")
_SHOUTED = _listed("shouted")
_WORD_DOMAINS = _listed("domains_said")
_LONGEST_PATH = 40
_LONGEST_SPELLED = 3
_MARKS = {".": "dot", "-": "dash", "_": "underscore", "+": "plus", "@": "at", "=": "equals"}


def spell(letters: str) -> str:
    """One by one: "API" → "A P I"."""
    return " ".join(letters.upper())


def acronym(word: str, *, shouting: bool) -> str:
    """A word in capitals: spelled, said as a word, or only said loudly."""
    stem, ending = (word[:-1], "s") if re.fullmatch(r"[A-Z]{2,}s", word) else (word, "")
    if stem in SAID_AS_WORDS:
        return stem.capitalize() + ending
    if stem in _SAID_AS_LETTERS and not (shouting and stem in ("IT", "US")):
        return spell(stem) + ("'s" if ending else "")
    vowels = re.search(r"[AEIOU]", stem)
    if stem in _SHOUTED or (vowels and (shouting or len(stem) > 5)):
        return word.lower()
    if vowels and len(stem) > 3 and not re.search(r"[^AEIOUY]{4}", stem):
        return word.lower()
    return spell(stem) + ("'s" if ending else "")


def is_common(word: str) -> bool:
    """Whether a word in capitals is a common one."""
    return word in _SHOUTED and word not in _SAID_AS_LETTERS


def is_word(word: str) -> bool:
    """Whether a word in capitals is no acronym: a common one, or a long one with a vowel."""
    is_long = len(word) > 4 and re.search(r"[AEIOUY]", word) is not None
    return is_common(word) or (is_long and word not in SAID_AS_WORDS)


def address(text: str) -> str:
    """A web or e-mail address: "https://fal.ai/models" → "fal dot A I slash models"."""
    text = re.sub(r"^(?:[a-z]+://|mailto:)", "", unquote(text), flags=re.IGNORECASE)
    text = re.sub(r"^www\.", "", text, flags=re.IGNORECASE)
    host, _, path = re.split(r"[?#]", text)[0].partition("/")
    user, at, domain = host.rpartition("@")
    said = f"{_labels(user)} at " if at else ""
    said += _host(domain)
    parts = [part for part in path.split("/") if part]
    if parts and len(path) <= _LONGEST_PATH:
        said += "".join(f" slash {_path_label(part)}" for part in parts)
    return said


def _host(domain: str) -> str:
    name, _, ending = domain.rpartition(".")
    port = re.search(r":(\d+)$", ending)
    ending = ending.split(":")[0]
    known = ending.lower() in _WORD_DOMAINS or ending.upper() in _SHOUTED
    said = ending.lower() if known else _label(ending, spelled=bool(name))
    if name:
        said = f"{_labels(name)} dot {said}"
    return said + (f" port {cardinal(port[1])}" if port else "")


def _labels(text: str) -> str:
    """Parts of an address between its marks, the marks said."""
    pieces = re.findall(r"[^\W\d_]+|\d+|[.\-_+@=]", text)
    return " ".join(_MARKS.get(piece) or _label(piece) for piece in pieces)


def _path_label(text: str) -> str:
    """A part of a path: short ones that are no words are spelled, as in youtu.be/abc."""
    short = text.isalpha() and len(text) <= _LONGEST_SPELLED and not is_common(text.upper())
    if short:
        return spell(text)
    if re.fullmatch(r"(?=\w{0,7}\d)(?=\w{0,7}[a-zA-Z])\w{4,8}", text):  # a short link's code
        return " ".join(cardinal(each) if each.isdecimal() else each.upper() for each in text)
    return _labels(text)


def _label(text: str, *, spelled: bool = False) -> str:
    if text.isdecimal():
        return cardinal(text)
    if not text.isalpha():
        return _labels(text)
    if text.lower() in _LABELS:
        return _LABELS[text.lower()]
    unsayable = len(text) < 5 and not re.search(r"[aeiouy]", text, re.IGNORECASE)
    return spell(text) if (spelled and len(text) < 5) or unsayable else text
