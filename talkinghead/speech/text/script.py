"""The words of a script: cleaned, counted, and their estimated duration."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from talkinghead.core.errors import InvalidScript

LONGEST_SCRIPT = 12_000
"""Characters; more than ten minutes, however fast the voice."""
ENDS_SECONDS = 0.898
"""The time that a text takes beside its words, at its beginning and its end together."""

# Seconds, fitted to the mean of local voices on 23 texts of all kinds and tried on 7 others: within
# 15 % on all but those made of two-word sentences, which take up to 22 % longer than guessed.
_SYLLABLE, _WORD, _COMMA, _SENTENCE, _SIGN = 0.180, 0.053, 0.13, 0.35, 0.212

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_COMMAS = re.compile(r"[,;:،](?=\s|$)|[、，]|\s[–-]\s|—")
_SENTENCES = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|[。！？]|\n\s*")
_SIGNS = re.compile(r"[$€£%&@+=#°]|(?<=\w)[./](?=\w)")  # each is said as a word

# Directions that would reorder the rest of the page, marks of byte order, and half characters.
_REMOVED = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts that part words by no space, and Hangul: a character is counted as a word of its own."""
_VOWELS = re.compile("[aeiouyàâäáãåæèéêëìíîïòóôöõøœùúûüýÿаеёиоуыэюяαεηιουω]+")
_SILENT_END = re.compile("(?<![aeiouylr])(?:e|es|ed)$|(?<=[aeiouy][lr])(?:e|es|ed)$")
_SYLLABLES_OF_DIGITS = 1.7  # each, as in "nineteen eighty-four"
_SYLLABLES_OF_PICTOGRAPH = 4  # emoji are said by name, as in "party popper"
_LETTERS_OF_SYLLABLE = 2.3  # where vowels are not written, as in Arabic and Hebrew


def check_script(script: str) -> str:
    """Return the script as stored and spoken: one kind of space and line end, nothing invisible.

    Markup stays as it is written: it is text to us. Right-to-left text and emoji stay too.

    Raises:
        InvalidScript: nothing to say, or more than `LONGEST_SCRIPT` characters.
    """
    clean = _cleaned(script)
    if not any(unicodedata.category(character)[0] in "LNS" for character in clean):
        raise InvalidScript("The script is empty. Write at least one word.")
    if len(clean) > LONGEST_SCRIPT:
        raise InvalidScript(
            f"The script has {len(clean):,} characters, {len(clean) - LONGEST_SCRIPT:,} over the "
            f"limit of {LONGEST_SCRIPT:,}. Shorten it or split it into several videos."
        )
    return clean


def script_words(script: str) -> int:
    """Return the number of words that a person would count."""
    spaced = _WIDE.sub(" ", script).split()
    words = sum(any(character.isalnum() for character in token) for token in spaced)
    return words + len(_WIDE.findall(script))


def script_problem(script: str) -> str | None:
    """Return why a script cannot be spoken, as a sentence, or None."""
    try:
        check_script(script)
    except InvalidScript as error:
        return str(error)
    return None


@lru_cache(maxsize=64)  # one run of a page asks a hundred times about the same script
def estimate_seconds(script: str, pace: float = 1.0) -> Decimal:
    """Return the estimated duration of the words, to a tenth of a second.

    Args:
        script: as `check_script` returns it.
        pace: 2.0 speaks twice as fast.
    """
    words = script_words(script) + _pictographs(script)
    if not words:
        return Decimal("0.0")
    seconds = (
        ENDS_SECONDS
        + _SYLLABLE * sum(_syllables(token) for token in _TOKEN.findall(script))
        + _SYLLABLE * _SYLLABLES_OF_PICTOGRAPH * _pictographs(script)
        + _WORD * words
        + _COMMA * len(_COMMAS.findall(script))
        + _SENTENCE * len(_SENTENCES.findall(script.strip()))
        + _SIGN * len(_SIGNS.findall(script))
    )
    return Decimal(seconds / pace).quantize(Decimal("0.1"))


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


def _pictographs(script: str) -> int:
    return sum(unicodedata.category(character) == "So" for character in script)


def _syllables(word: str) -> float:
    """Estimate the syllables of a word; tuned to English."""
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
