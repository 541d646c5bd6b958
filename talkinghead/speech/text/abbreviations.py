"""Which full stops end a sentence: the one list of abbreviations of the whole project.

Sentences of a script, readings and captions all ask here.
"""

import re
import tomllib
from pathlib import Path

_LISTS: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "data" / "abbreviations.toml").read_text(encoding="utf-8")
)


def _listed(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


LEADING = _listed("leading")
"""Before a name or a number: never an end."""
NUMBERED = _listed("numbered")
"""Before a number, or in a clause that goes on in small letters; otherwise ordinary words."""
CLOSING = _listed("closing")
"""At the end of a sentence or in its midst: an end where a capital follows."""
STARTERS = _listed("starters")
"""Words that begin a sentence and hardly ever a name."""
ZONES = _listed("zones")

_OPENING = "\"'“‘„«‹([{¿¡*_"
_TOKEN = re.compile(r"\S+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_GENERATIONS = frozenset(["jr", "sr"])
"""A name may go on behind them: Martin Luther King Jr. Boulevard."""
_NUMBER = re.compile(r"[#№]?\d|[IVX]+\b|[a-zà-ÿ]")
_NAME = re.compile(r"(?:[A-Z][\w'-]*|\dth|\dst|\dnd|\drd)$")
_MONTHS = re.compile(
    r"(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|maj|elo|ene|abr)\w*", re.IGNORECASE
)
_ORDINAL_DIGITS = 2
_LONGEST_TOKEN = 60
_PLACES = frozenset(["st", "dr"])
"""A street at its end, a saint or a doctor before a name."""


def full_stop_ends(before: str, rest: str) -> bool:
    """Whether a single full stop surely ends a sentence.

    Args:
        before: the text up to the full stop, which it does not hold.
        rest: what follows it.
    """
    following = rest.lstrip().lstrip(_OPENING)[:1]
    return not (following.islower() or following in tuple(",;:")) and not is_abbreviation(
        before, rest
    )


def is_abbreviation(before: str, rest: str) -> bool:
    """Whether a full stop belongs to an abbreviation, an initial or an ordinal and ends nothing.

    Args:
        before, rest: see `full_stop_ends`.
    """
    rest = rest.lstrip()
    token = _TOKEN.search(before[-_LONGEST_TOKEN:])
    written = token[0].lstrip(_OPENING) if token else ""
    word = written.lower()
    if not rest or not word:
        return False
    if word in _PLACES:
        named = before[: -len(written)].rstrip(" ")[-_LONGEST_TOKEN:]
        is_street = not named or _NAME.search(named)
        return not is_street or first_word(rest) not in STARTERS
    if word in _GENERATIONS:
        return first_word(rest) not in STARTERS
    if word in LEADING:
        return True
    if word in NUMBERED:
        return _NUMBER.match(rest) is not None
    if word in CLOSING:
        return not (rest[:1].isupper() or rest[:1] in _OPENING) or _is_zone(rest)
    if word.isdigit() and len(word) <= _ORDINAL_DIGITS:  # "1. Step", "am 3. Mai"
        return before.strip() == written or _MONTHS.match(rest) is not None
    return len(word) == 1 and written.isupper() and word.isalpha() and word != "i"


def _is_zone(rest: str) -> bool:
    return first_word(rest).upper() in ZONES


def first_word(text: str) -> str:
    """Return the first word of a text, as written; "" if it begins with none."""
    found = _FIRST_WORD.match(text[:_LONGEST_TOKEN].lstrip().lstrip(_OPENING))
    return found[0] if found else ""
