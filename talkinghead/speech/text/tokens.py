"""Properties of scripts for captions: display width, direction, and line break opportunities."""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import emoji

from talkinghead.speech.text.abbreviations import is_abbreviation

_SENTENCE_ENDS = frozenset(".!?…。！？؟۔।")
CLAUSE_ENDS = frozenset(",;:—–、，；：،؛")
_CLOSING = "\"'»”’)]}」』）】*_"
_JOINER, _VARIANT = "\u200d", "\ufe0f"
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\u202a\u202b\u202c\u2067\u2069"
)


@lru_cache(maxsize=8192)
def display_width(text: str) -> int:
    """Return the columns of a text: one per letter, two for East Asian wide ones and emoji."""
    pictures = emoji.emoji_list(text)
    columns = 2 * len(pictures)
    inside = {at for each in pictures for at in range(each["match_start"], each["match_end"])}
    for at, letter in enumerate(text):
        if at in inside or letter in _INVISIBLE or unicodedata.combining(letter):
            continue
        columns += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
    return columns


def is_right_to_left(text: str) -> bool:
    """Whether at least half of a text's letters are written right to left.

    Not its first letter alone (UAX #9 P2): a brand's name in front does not turn an Arabic line.
    """
    directions = [unicodedata.bidirectional(letter) for letter in text]
    leftwards = sum(each in ("R", "AL") for each in directions)
    return leftwards > 0 and leftwards >= directions.count("L")


def is_spaceless(letter: str) -> bool:
    """Whether a letter's script has no spaces between words: Chinese, Japanese, Thai."""
    return any(first <= ord(letter) <= last for first, last in _SPACELESS)


_SPACELESS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3000, 0x30FF),  # signs and kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF00, 0xFF60),  # full-width signs
    (0x20000, 0x3FFFF),
)


def joined(words: Sequence[str]) -> str:
    """Join words, with spaces if their script has them."""
    text = ""
    for word in words:
        text += f" {word}" if text and are_apart(text, word) else word
    return text


def are_apart(before: str, after: str) -> bool:
    """Whether there is a space between two words."""
    return bool(after) and not (is_spaceless(before[-1]) and is_spaceless(after[0]))


def is_said(token: str) -> bool:
    """Whether a token has a letter or digit; otherwise it is an emoji, a dash or another sign."""
    return any(letter.isalnum() for letter in token)


def tokens(text: str) -> list[str]:
    """Return the words of a text; signs and emoji join the word they follow.

    What is written without spaces is parted into phrases that a line may end after.
    """
    found: list[str] = []
    waiting = ""
    for chunk in text.split():
        if not is_said(chunk):
            if found:
                found[-1] += f" {chunk}"
            else:
                waiting += f"{chunk} "
            continue
        first, *others = phrases(chunk)
        found += [waiting + first, *others]
        waiting = ""
    return found or ([waiting.strip()] if waiting else [])


def phrases(chunk: str) -> list[str]:
    """Split text without spaces at phrase boundaries; most scripts are one piece."""
    if not any(map(is_spaceless, chunk)):
        return [chunk]
    return [part for part in _parser(_language(chunk)).parse(chunk) if part] or [chunk]


def ending(token: str) -> str:
    """Return the last punctuation of a token, ignoring quotation marks and emoji."""
    bare = "".join(each for each in emoji.replace_emoji(token, "") if each not in _INVISIBLE)
    bare = bare.rstrip().rstrip(_CLOSING)
    return bare[-1:]


@lru_cache(maxsize=8192)
def ends_sentence(token: str, following: str = "") -> bool:
    """Whether a sentence ends with a token; not after "Dr." before a name.

    Args:
        token: a word with its punctuation.
        following: the next one, "" at the end.
    """
    mark = ending(token)
    if mark != "." or not following:
        return mark in _SENTENCE_ENDS
    return not is_abbreviation(token[: token.rindex(".")], following)


def _language(chunk: str) -> str:
    if any(0x0E00 <= ord(letter) <= 0x0E7F for letter in chunk):
        return "thai"
    kana = any(0x3040 <= ord(letter) <= 0x30FF for letter in chunk)
    return "japanese" if kana else "simplified_chinese"


@cache
def _parser(language: str) -> Any:
    """BudouX, a small model of where phrases end. Source: google/budoux."""
    import budoux

    return getattr(budoux, f"load_default_{language}_parser")()
