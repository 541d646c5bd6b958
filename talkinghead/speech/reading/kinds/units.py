"""Units: their words, in any case that is not ambiguous."""

import re

from talkinghead.speech.reading import spellings

_UNITS = spellings.UNITS


def _unambiguous() -> dict[str, tuple[str, str]]:
    """Return the units that mean the same in any case: "KG", but not "M" or "mW"."""
    meanings: dict[str, set[tuple[str, str]]] = {}
    for unit, words in _UNITS.items():
        meanings.setdefault(unit.casefold(), set()).add(words)
    return {
        unit: next(iter(words))
        for unit, words in meanings.items()
        if len(unit) > 1 and len(words) == 1
    }


_FOLDED = _unambiguous()
# After a space these are words by themselves: "5 in the morning", "plan 2 B".
_ONLY_GLUED = frozenset(["in", "K", "k", "B", "x", "M", "V", "cal", "pp", "T"])


def _pattern(unit: str) -> str:
    return re.escape(unit).replace(r"\ ", r"[ .]{1,2}")


UNIT = "|".join(_pattern(unit) for unit in sorted(_UNITS, key=len, reverse=True))
"""A pattern of all units, to be matched in any case; `unit_word` then says whether it is one."""


def unit_word(unit: str, number: str, gap: str = "") -> str | None:
    """Return the word of a unit, for one or for many; None where it is no unit.

    Args:
        unit: as written: "kg", "KG", "sq. ft".
        number: what it follows, canonical.
        gap: what is between the number and the unit; with a space a few are words instead.
    """
    words = find_unit(unit)
    if words is None or (gap == " " and unit in _ONLY_GLUED):
        return None
    return words[0] if number == "1" else words[1]


def find_unit(unit: str) -> tuple[str, str] | None:
    """Return the word of a unit for one and for many, or None."""
    unit = re.sub(r"[ .]+", " ", unit.strip(" ."))
    return _UNITS.get(unit) or _FOLDED.get(unit.casefold())
