"""Normalises a script for speech: every number, sign, address and abbreviation becomes words.

The script is read once from left to right. At each position the first matching rule consumes its
text and returns the words to say; text that no rule matches is a plain word, or is skipped. Each
spoken word carries the script's text that it came from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import emoji

from talkinghead.speech.reading import plain_words
from talkinghead.speech.reading.markup import plain
from talkinghead.speech.reading.rule import NEAR
from talkinghead.speech.reading.rules import RULES
from talkinghead.speech.text.abbreviations import is_abbreviation


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
    if plain_words.is_foreign(text):
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
    found = _joined(_scan(emoji.replace_emoji(part, _without_picture).replace("\n", " ")))
    yield from found[:-1]
    for last in found[-1:]:
        ended = last.spoken if last.spoken[-1] in ".?!" else last.spoken.rstrip(",;:") + "."
        yield SpokenWord(last.text, ended)


def _without_picture(sign: str, _: dict[str, str]) -> str:
    """Return a space for an emoji, or the sign itself where a rule reads it."""
    return sign if sign in _READ_SIGNS else " "


@dataclass(frozen=True)
class _Piece:
    """The result of one rule: text, words, the pause after it, and whether a space precedes it."""

    text: str
    spoken: str
    mark: str
    spaced: bool


def _scan(text: str) -> Iterator[_Piece]:
    at = 0
    shouted = iter(plain_words.shouted_until(text))
    until, shouting = next(shouted, (len(text), False))
    while at < len(text):
        space = _SPACE.match(text, at)
        start = space.end() if space else at
        opening = _OPENING.match(text, start)
        inner = opening.end() if opening else start
        if inner >= len(text):
            break
        while inner >= until:
            until, shouting = next(shouted, (len(text), False))
        end, spoken = _said(text, inner, shouting)
        closing = _CLOSING.match(text, end)
        after = closing.end() if closing else end
        mark = _mark(text, inner, end, after)
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
        return match.end(), plain_words.word(match[0], shouting=shouting)
    return at + 1, ""


def _mark(text: str, start: int, end: int, after: int) -> str:
    """The one pause that replaces all punctuation between two words.

    Args:
        text: of the part.
        start, end: the word.
        after: where its punctuation ends.
    """
    closing, rest = text[end:after], text[after : after + NEAR]
    if ".." in closing and _GOES_ON.match(rest):
        return ","
    if closing == "." and is_abbreviation(text[max(start - NEAR, 0) : end], rest):
        return ""  # of an abbreviation
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
        if words and piece.spoken == "to" and words[-1].spoken.endswith(","):
            # The dash of a range is said, and is no pause.
            words[-1] = SpokenWord(words[-1].text, words[-1].spoken[:-1])
        spoken = _paused(piece.spoken, piece.mark) if piece.spoken else ""
        if words and (not piece.spoken or not piece.spaced):
            last = words[-1]
            text = last.text if piece.spaced else last.text + piece.text
            joined = f"{last.spoken} {spoken}" if spoken else _paused(last.spoken, piece.mark)
            words[-1] = SpokenWord(text, joined)
        elif spoken:
            words.append(SpokenWord(piece.text, spoken))
    return words


def _paused(spoken: str, mark: str) -> str:
    """Return the words with a pause after them: never two, and the longer one."""
    if spoken[-1] == "," and mark in (*".?!",) and mark:
        return spoken[:-1] + mark
    return spoken if not mark or spoken[-1] in ".,;:?!" else spoken + mark


_READ_SIGNS = frozenset("©⭐")
_SPACE = re.compile(r"\s+")
_GOES_ON = re.compile(r"\s*[a-z]")
_DASH = re.compile(r"[—–)]|--")
_DASH_NEXT = re.compile(r"\s+(?:[—–]|--?)\s(?!\d)")
_OPENING = re.compile(r"""(?:[("\[{¿¡*_]|'(?!\d\d))+(?=\S)""")
_CLOSING = re.compile(r"""(?:\.{2,}|[.,;:!?)\]}"'*_]|[—–](?!\d)|--)+""")
_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+|[̀-ͯ]+)*'?")
