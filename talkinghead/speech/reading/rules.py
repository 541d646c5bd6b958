"""All reading rules, in order of precedence.

The order matters: an address is full of dots and digits, a date of numbers.
"""

from talkinghead.speech.reading import abbreviations, amounts, dates
from talkinghead.speech.reading.rule import Rule

RULES: tuple[Rule, ...] = (
    *abbreviations.ADDRESSES,
    *dates.RULES,
    *amounts.RULES,
    *abbreviations.RULES,
)
