"""Times of day and lengths of time."""

from functools import partial

from talkinghead.speech.reading import numerals
from talkinghead.speech.reading.rule import Match, Rule, before, rule
from talkinghead.speech.text.abbreviations import ZONES

RULES: list[Rule] = []
_rule = partial(rule, RULES)

_ZONE = "|".join(sorted(ZONES))
# The last point is the sentence's too, unless a zone or small letters follow.
_HALF = (
    rf"(?: ?(?P<half>[aApP])\.?[mM](?:\.(?=\s+(?:{_ZONE})\b|\s*[,;:)–—-])"
    r"|\.(?!\s+[A-Z]|\s*$)|(?!\w)))"
)


@_rule(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:])(?P<half>)")
@_rule(rf"(\d{{1,2}})[:.](\d\d)(?::(\d\d))?(?![\d:]){_HALF}")
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


@_rule(r"(\d{1,2})(?= ?[-–—] ?\d{1,2}(?::\d\d)? ?[apAP]\.?[mM]\b)")
def _first_hour(match: Match) -> str | None:
    return numerals.cardinal(match[1]) if int(match[1]) <= 12 else None


@_rule(
    r"(?:(?<=[mM.\dn])|(?<=[mM.] )|(?<=\d ))[-–—] ?(?=\d{1,2}(?::\d\d| ?[apAP]\.?[mM]))"
    r"|(?:(?<=[mM.] )|(?<=:\d\d ))[-–—] (?=\d)|(?<=\d)[-–—](?=noon|midnight)"
    r"|(?<=[mM])[-–—](?=noon|midnight|close|late)"
)
def _until(match: Match) -> str | None:
    if before(match, 1) == "n" and not before(match, 4).lower().endswith("noon"):
        return None
    return "to"
