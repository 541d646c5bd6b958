"""Signs, powers, formulas and emoticons."""

import re
from functools import partial

from talkinghead.speech.reading import numerals, spellings
from talkinghead.speech.reading.numerals import cardinal
from talkinghead.speech.reading.rule import Match, Rule, after, before, rule

RULES: list[Rule] = []
POWERS: list[Rule] = []
_rule = partial(rule, RULES)
_power_rule = partial(rule, POWERS)

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


@_power_rule(r"(?<=[\w)])\^\(?(-?\d{1,4}|[a-z])\)?(?!\w)")
@_power_rule(r"(?<=[\w)])([⁻⁺]?[⁰¹²³⁴-⁹]{1,4})")
def _power(match: Match) -> str:
    exponent = match[1].translate(_RAISED)
    if exponent in ("2", "3"):
        return "squared" if exponent == "2" else "cubed"
    if exponent.isdecimal():
        return f"to the {numerals.ordinal(exponent)}"
    return f"to the {cardinal(exponent) if exponent[0] in '-+' else exponent.upper()}"


@_power_rule(
    r"(?<![A-Za-z])(?:[A-Z][a-z]?[₀-₉]{0,3}|[a-z][₀-₉]{1,3}){1,12}(?<=[₀-₉])(?:[A-Z][a-z]?[₀-₉]{0,3}){0,12}(?![a-z])"
)
@_power_rule(r"(?<![A-Za-z])(?:[A-Z][a-z]?){1,6}[₀-₉](?:[A-Z][a-z]?[₀-₉]{0,3}){0,12}(?![a-z])")
def _formula(match: Match) -> str:
    pieces = re.findall(r"[A-Za-z]|[₀-₉]+", match[0])
    return " ".join(
        cardinal(each.translate(_LOWERED))
        if not each.isalpha() or each[0] in "₀₁₂₃₄₅₆₇₈₉"
        else each.upper()
        for each in pieces
    )


@_power_rule(r"(?<!\w)(?!(?:[kcm]?m|ft)[²³](?! ?[=+]))[A-Za-z]{1,3}(?=[²³⁴-⁹⁻])")
def _variable(match: Match) -> str:
    return spellings.spell(match[0])


@_rule(r"C\+\+|[CF]#(?!\w)|\.NET\b")
def _language(match: Match) -> str:
    return {"C++": "C plus plus", "C#": "C sharp", "F#": "F sharp", ".NET": "dot net"}[match[0]]


@_rule(r"(?:[:;]|(?<!\w)=)['^-]?[)(DPpO3/\\|\]](?!\w)|<3+(?!\d)(?! [a-z])|\^_\^|[xX]D\b")
def _emoticon(match: Match) -> str:
    return ""


@_rule(r"([<>]=?|[≤≥])(?= ?[$€£¥₹]?\d)")
def _bound(match: Match) -> str | None:
    if re.search(r"[\w)] ?$", before(match, 2)):
        return None  # a comparison
    return {"<": "less than", ">": "more than", "<=": "at most", ">=": "at least",
            "≤": "at most", "≥": "at least"}[match[1]]  # fmt: skip


@_rule(r"(?<=[\w)%²³])([=+×÷])(?=[\w(.])")
@_rule(r"(?<=[A-Za-z%°])(\+)(?=[\s.,!?;:)]|$)")
@_rule(r"(&)(?!\w+;)")
def _sign_in_word(match: Match) -> str:
    return spellings.SIGNS[match[1]]


@_rule(
    r"(?<![\w])(he|she|his|him|her|yes|they|s)/(she|he|her|hers|him|they|them|no)(?!\w)",
    re.IGNORECASE,
)
def _either(match: Match) -> str:
    return f"{match[1]} or {match[2]}"


@_rule(r"(?<=[\w)])−(?=[\w(])|(?<=\d)-(?=\d{1,6} ?=)")
def _minus(match: Match) -> str:
    return "minus"


@_rule(r"(?<=I )<3(?= \w)")
def _heart(match: Match) -> str:
    return "love"


@_rule(r"@(?=\d)")
def _at(match: Match) -> str:
    return "at"


@_rule(r"→ ?")
def _arrow(match: Match) -> str:
    between = re.search(r"\w ?$", before(match, 2)) and re.match(r"\w", after(match, 1))
    return "to" if between else ""


@_rule("(?<!\\S)[" + re.escape("".join(spellings.SIGNS)) + "](?=\\s|$|\\w)")
def _sign(match: Match) -> str | None:
    sign, alone = match[0], not re.match(r"\S", after(match, 1))
    if sign in "-/#@$" and not alone:
        return None
    if sign == "-":  # between two numbers it counts, between words it is a pause
        around = before(match, 4).rstrip()[-1:] + after(match, 4).lstrip()[:1]
        return "minus" if around.isdecimal() and len(around) == 2 else None
    return spellings.SIGNS[sign]


@_rule(r"[°√π∞Ω€£§№±≈≤≥≠©¢]")
def _special(match: Match) -> str:
    return spellings.SIGNS[match[0]]
