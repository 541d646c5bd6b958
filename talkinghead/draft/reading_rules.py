"""All reading rules, in the order in which they are asked.

The order matters: an address is full of dots and digits, a date of numbers.
"""

from talkinghead.draft import reading_amounts, reading_dates, reading_signs
from talkinghead.draft.reading import Rule

RULES: tuple[Rule, ...] = (
    *reading_signs.ADDRESSES,
    *reading_dates.RULES,
    *reading_amounts.RULES,
    *reading_signs.RULES,
)
