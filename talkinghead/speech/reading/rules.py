"""All reading rules, in order of precedence.

The order matters: an address is full of dots and digits, a date of numbers.
"""

from talkinghead.speech.reading.kinds import (
    abbreviations,
    addresses,
    amounts,
    dates,
    measures,
    numbers,
    places,
    ratings,
    signs,
    telephones,
    times,
)
from talkinghead.speech.reading.rule import Rule

RULES: tuple[Rule, ...] = (
    *addresses.RULES,
    *ratings.SHAPES,
    *numbers.SIZES,
    *telephones.RULES,
    *dates.RULES,
    *times.RULES,
    *ratings.RULES,
    *measures.RATES,
    *amounts.RANGES,
    *amounts.RULES,
    *places.RULES,
    *signs.POWERS,
    *measures.RULES,
    *abbreviations.RULES,
    *numbers.RULES,
    *signs.RULES,
)
