"""The words of a script: cleaned, counted, and how long they take to say."""

import re
import unicodedata
from decimal import Decimal

from talkinghead.errors import InvalidScript

LONGEST_SCRIPT = 5000
"""Characters; about five and a half minutes, and more than any of the models takes in one piece."""

# Seconds; fitted to the nine local voices, which say 13 texts of all kinds within 15 % of this.
_SYLLABLE = 0.175
_WORD = 0.045
_COMMA = 0.20
_SENTENCE = 0.45
_END = 0.35

# Directions that would reorder the rest of the page, marks of byte order, and half characters.
_REMOVED = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts that part words by no space, and Hangul: a character is counted as a word of its own."""
_VOWELS = re.compile("[aeiouyàâäáãåæèéêëìíîïòóôöõøœùúûüýÿаеёиоуыэюяαεηιουω]+")
_SILENT_END = re.compile("(?<![aeiouylr])(?:e|es|ed)$|(?<=[aeiouy][lr])(?:e|es|ed)$")
_SYLLABLES_OF_DIGITS = 1.7  # each, as in "nineteen eighty-four"
_LETTERS_OF_SYLLABLE = 2.3  # where vowels are not written, as in Arabic and Hebrew


def check_script(script: str) -> str:
    """The script as it is kept and said: one kind of space and line end, nothing invisible.

    Markup stays as it is written: it is text to us. Right-to-left text and emoji stay too.

    Raises:
        InvalidScript: nothing to say, or more than 5000 characters.
    """
    clean = _cleaned(script)
    if not any(unicodedata.category(character)[0] in "LNS" for character in clean):
        raise InvalidScript("There is nothing to say yet. Write at least one word.")
    if len(clean) > LONGEST_SCRIPT:
        raise InvalidScript(
            f"The script has {len(clean):,} characters, {len(clean) - LONGEST_SCRIPT:,} more than "
            f"the {LONGEST_SCRIPT:,} that fit. Shorten it or split it into several videos."
        )
    return clean


def script_words(script: str) -> int:
    """How many words a person would count."""
    spaced = _WIDE.sub(" ", script).split()
    words = sum(any(character.isalnum() for character in token) for token in spaced)
    return words + len(_WIDE.findall(script))


def estimate_seconds(script: str, pace: float = 1.0) -> Decimal:
    """How long the words take to say, to a tenth of a second.

    Args:
        script: as `check_script` returns it.
        pace: 2.0 speaks twice as fast.
    """
    words = script_words(script)
    if not words:
        return Decimal("0.0")
    syllables = sum(_syllables(word) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", script))
    pauses = len(re.findall(r"[.!?…。！？]+[\"'”’)]*(?=\s|$)|[。！？]|\n\s*", script.strip()))
    commas = len(re.findall(r"[,;:،、，](?=\s|$)|[、，]|\s[–—-]\s|—", script))
    seconds = syllables * _SYLLABLE + words * _WORD + commas * _COMMA + pauses * _SENTENCE
    return Decimal((seconds + _END) / pace).quantize(Decimal("0.1"))


def _cleaned(script: str) -> str:
    text = _REMOVED.sub("", script.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text).replace("\u2028", "\n").replace("\u2029", "\n")
    text = "".join(
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character) != "Cc"
    )
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def _syllables(word: str) -> float:
    """About how many syllables a word has: exact for most English, a fair guess for the rest."""
    if word.isdigit():
        return _SYLLABLES_OF_DIGITS * len(word)
    if word.isupper() and 1 < len(word) <= 4:  # an abbreviation, said letter by letter
        return len(word)
    if _WIDE.search(word):
        return len(word)
    lower = word.lower()
    groups = len(_VOWELS.findall(lower))
    if groups > 1 and _SILENT_END.search(lower):
        groups -= 1
    return groups or max(1.0, len(word) / _LETTERS_OF_SYLLABLE)
