"""Normalises a script for speech: every number, sign, address and abbreviation becomes words.

The script is read once from left to right. At each position the first matching rule consumes its
text and returns the words to say; text that no rule matches is a plain word, or is skipped. Each
spoken word carries the script's text that it came from.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import emoji

from talkinghead.speech.reading import spellings
from talkinghead.speech.reading.markup import plain
from talkinghead.speech.reading.rules import RULES


@dataclass(frozen=True)
class SpokenWord:
    """A word of the script with its reading.

    Attributes:
        text: as written, with its punctuation.
        spoken: as it is said: words of plain letters, with . , ? ! ; : for pauses.
    """

    text: str
    spoken: str


def speakable(script: str) -> str:
    """Return the script in words that can be read aloud; "" if there is nothing to speak."""
    return " ".join(word.spoken for word in spoken_words(script))


def spoken_words(script: str) -> tuple[SpokenWord, ...]:
    """Return the words of a script with their readings; without those that English cannot say."""
    text = plain(script)
    if _is_foreign(text):
        return ()
    words = tuple(word for part in _parts(text) for word in _words(part))
    if words:
        return words
    # Emoji decorate a text and are passed over there; alone they are all there is to say.
    named = emoji.demojize(text, delimiters=(" ", ", ")).replace("_", " ")
    return tuple(_words(re.sub(r" [\w-]+ skin tone", "", named)))


def sentences(words: tuple[SpokenWord, ...]) -> list[tuple[SpokenWord, ...]]:
    """The words up to each full stop, question or exclamation mark."""
    found: list[tuple[SpokenWord, ...]] = []
    start = 0
    for end, word in enumerate(words, 1):
        if word.spoken.endswith((".", "?", "!")) or end == len(words):
            found.append(words[start:end])
            start = end
    return found


def _parts(text: str) -> Iterator[str]:
    """Paragraphs, and lines that are sentences by themselves."""
    for paragraph in text.split("\n\n"):
        # A line that goes on in small letters was only wrapped.
        yield from re.split(r"\n(?![a-z])", paragraph)


def _words(part: str) -> Iterator[SpokenWord]:
    """The words of a part; the last ends its sentence."""
    found = _joined(_scan(emoji.replace_emoji(part, " ").replace("\n", " "), _is_shouting(part)))
    yield from found[:-1]
    for last in found[-1:]:
        ended = last.spoken if last.spoken[-1] in ".?!" else last.spoken.rstrip(",;:") + "."
        yield SpokenWord(last.text, ended)


@dataclass(frozen=True)
class _Piece:
    """The result of one rule: text, words, the pause after it, and whether a space precedes it."""

    text: str
    spoken: str
    mark: str
    spaced: bool


def _scan(text: str, shouting: bool) -> Iterator[_Piece]:
    at = 0
    while at < len(text):
        space = _SPACE.match(text, at)
        start = space.end() if space else at
        opening = _OPENING.match(text, start)
        inner = opening.end() if opening else start
        if inner >= len(text):
            break
        end, spoken = _said(text, inner, shouting)
        closing = _CLOSING.match(text, end)
        after = closing.end() if closing else end
        mark = _mark(text[end:after], text[after:])
        yield _Piece(text[start:after], spoken, mark, spaced=bool(space) or at == 0)
        at = after


def _said(text: str, at: int, shouting: bool) -> tuple[int, str]:
    """Return where the first matching rule ends, and its reading."""
    for pattern, say in RULES:
        match = pattern.match(text, at)
        if match and match.end() > at:
            said = say(match)
            if said is not None:
                return match.end(), said
    match = _WORD.match(text, at)
    if match:
        return match.end(), _word(match[0], shouting)
    return at + 1, ""


def _mark(closing: str, rest: str) -> str:
    """The one pause that replaces all punctuation between two words."""
    if ".." in closing and _GOES_ON.match(rest):
        return ","
    for mark in "?!.;:,":
        if mark in closing:
            return mark
    if rest.strip() and (_DASH.search(closing) or _DASH_NEXT.match(rest)):
        return ","
    return ""


def _joined(pieces: Iterator[_Piece]) -> list[SpokenWord]:
    """Return words: pieces without a space between are one; silent ones pass their pause to the
    last."""
    words: list[SpokenWord] = []
    for piece in pieces:
        spoken = piece.spoken + (piece.mark if piece.spoken else "")
        if words and (not piece.spoken or not piece.spaced):
            last = words[-1]
            text = last.text if piece.spaced else last.text + piece.text
            joined = f"{last.spoken} {spoken}" if spoken else _paused(last.spoken, piece.mark)
            words[-1] = SpokenWord(text, joined)
        elif spoken:
            words.append(SpokenWord(piece.text, spoken))
    return words


def _paused(spoken: str, mark: str) -> str:
    return spoken if not mark or spoken[-1] in ".,;:?!" else spoken + mark


def _word(word: str, shouting: bool) -> str:
    """A word that no rule took: Latin letters as they are, all others not at all."""
    letters = _latin(word)
    if not re.search(r"[A-Za-z]", letters):
        return ""
    if re.fullmatch(r"[A-Z]{2,}s?", letters):
        return spellings.acronym(letters, shouting=shouting)
    if re.search(r"[a-z][A-Z]|^[A-Z][a-z]", letters) is None and _is_unsayable(letters):
        return spellings.spell(letters)
    return letters


def _latin(word: str) -> str:
    """Letters without their accents, the rest dropped: the dictionary knows only plain ones."""
    word = word.translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if c.isascii() and (c.isalpha() or c in "'-")).strip("-'")


def _is_unsayable(letters: str) -> bool:
    return (
        1 < len(letters) < 6
        and not re.search(r"[aeiouyAEIOUY']", letters)
        and letters.lower() not in spellings.INTERJECTIONS
    )


def _is_foreign(text: str) -> bool:
    """Whether there are letters and none is Latin; digits alone are not spoken in such a text."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and not any(_latin(letter) for letter in letters)


def _is_shouting(text: str) -> bool:
    """Whether most words are in capitals, so that capitals mean nothing."""
    words = re.findall(r"[A-Za-z]{3,}", text)
    return len(words) > 2 and sum(word.isupper() for word in words) > 0.6 * len(words)


_LIGATURES = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
     "đ": "d", "Đ": "D", "ı": "i", "þ": "th", "Þ": "Th", "ð": "th"}
)  # fmt: skip
_SPACE = re.compile(r"\s+")
_GOES_ON = re.compile(r"\s*[a-z]")
_DASH = re.compile(r"[—–)]|--")
_DASH_NEXT = re.compile(r"\s+(?:[—–]|--?)\s(?!\d)")
_OPENING = re.compile(r"""(?:[("\[{¿¡*_]|'(?!\d\d))+(?=\S)""")
_CLOSING = re.compile(r"""(?:\.{2,}|[.,;:!?)\]}"'*_]|[—–](?!\d)|--)+""")
_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+|[̀-ͯ]+)*'?")
