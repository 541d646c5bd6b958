"""Words that no rule took: capitals, accents, words without a vowel."""

import re
import unicodedata

from talkinghead.speech.reading import spellings

_LIGATURES = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
     "đ": "d", "Đ": "D", "ı": "i", "þ": "th", "Þ": "Th", "ð": "th"}
)  # fmt: skip
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?\n]+|$)")
_MOST_SENTENCE = 0.6
"""Of the words of a sentence in capitals, from which capitals mean nothing."""
# The last é of a word, which English says as in "day", and the plural.
_FINAL_E = re.compile(r"(?:é|ée)(s?)$")


def word(written: str, *, shouting: bool) -> str:
    """Return a word as it is said: Latin letters as they are, all others not at all."""
    if respelled := _respelled(written):
        return respelled
    letters = latin(written)
    if not re.search(r"[A-Za-z]", letters):
        return ""
    if re.fullmatch(r"[A-Z]{2,}s?", letters):
        return spellings.acronym(letters, shouting=shouting)
    if re.fullmatch(r"[A-Z]+(?:['-][A-Z]+)+", letters):
        return _hyphenated(letters, shouting=shouting)
    if re.search(r"[a-z][A-Z]|^[A-Z][a-z]", letters) is None and _is_unsayable(letters):
        return spellings.spell(letters)
    return letters


def latin(written: str) -> str:
    """Return letters without their accents, the rest dropped: the dictionary knows only plain
    ones."""
    decomposed = unicodedata.normalize("NFKD", written.translate(_LIGATURES))
    return "".join(c for c in decomposed if c.isascii() and (c.isalpha() or c in "'-")).strip("-'")


def is_foreign(text: str) -> bool:
    """Whether there are letters and none is Latin; digits alone are not spoken in such a text."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and not any(latin(letter) for letter in letters)


def shouted_until(text: str) -> list[tuple[int, bool]]:
    """Return the end of each sentence, and whether it is written in capitals for loudness."""
    return [(each.end(), _is_shouting(each[0])) for each in _SENTENCE.finditer(text) if each[0]]


def _is_shouting(sentence: str) -> bool:
    """Whether most words are in capitals, and one of them is a common word: "JUST DO IT", but not
    "IBM UK"."""
    words = re.findall(r"[A-Za-z]{2,}(?:'[A-Za-z]+)?", sentence)
    upper = [each for each in words if each.isupper()]
    return (
        len(upper) > 1
        and len(upper) > _MOST_SENTENCE * len(words)
        and any(map(spellings.is_word, upper))
    )


def _hyphenated(letters: str, *, shouting: bool) -> str:
    """Words in capitals with an apostrophe or a hyphen: DON'T, BUILT-IN, B-C."""
    if "'" in letters:
        return letters.lower()
    parts = letters.split("-")
    return " ".join(
        spellings.acronym(part, shouting=shouting) if len(part) > 1 else part for part in parts
    )


def _respelled(written: str) -> str:
    """Return a word with a final é in letters that sound so, or one of the table; "" for others."""
    composed = unicodedata.normalize("NFC", written)
    known = composed.lower().removesuffix("s")
    for key, ending in ((composed.lower(), ""), (known, "s")):
        if key in spellings.RESPELLED:
            said = spellings.RESPELLED[key] + ending
            return said.capitalize() if composed[0].isupper() else said
    final = _FINAL_E.search(composed)
    if not final or len(composed) < 4:
        return ""
    stem = composed[: final.start()]
    stem = re.sub("c$", "s", re.sub("g$", "zh", stem))
    return f"{latin(stem)}ay{final[1]}"


def _is_unsayable(letters: str) -> bool:
    return (
        1 < len(letters) < 6
        and not re.search(r"[aeiouyAEIOUY']", letters)
        and letters.lower() not in spellings.INTERJECTIONS
    )
