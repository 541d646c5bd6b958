"""The pronunciation list: "fal.ai" is spoken "fall dot A I", and captions still show "fal.ai"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from talkinghead.speech.text.timed_words import Timed, TimedWord

_CONTINUOUS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that part words by no space."""


@dataclass(frozen=True)
class Pronunciation:
    """One entry of a workspace's list.

    Attributes:
        written: as written in scripts; in small letters it is found in capitals too.
        said: the words in its place.
    """

    written: str
    said: str


@dataclass(frozen=True)
class Replaced:
    """A place where the spoken text differs from the written one.

    Attributes:
        start, end: its characters in the text that is said.
        written: what the script has there.
    """

    start: int
    end: int
    written: str


@dataclass(frozen=True)
class Pronounced:
    """A spoken text that keeps its written form."""

    text: str
    replaced: tuple[Replaced, ...] = ()


def pronounced(text: str, pronunciations: Iterable[Pronunciation]) -> Pronounced:
    """Return a text with every entry of the list applied.

    Whole words only; of several entries that fit, the longest.
    """
    entries = sorted(pronunciations, key=lambda entry: -len(entry.written))
    entries = [entry for entry in entries if entry.written.strip() and entry.said.strip()]
    if not entries:
        return Pronounced(text)
    pattern = re.compile("|".join(f"({_pattern(entry.written.strip())})" for entry in entries))
    said, replaced, start, length = [], [], 0, 0
    for match in pattern.finditer(text):
        words = entries[(match.lastindex or 1) - 1].said.strip()
        length += match.start() - start
        said += [text[start : match.start()], words]
        replaced.append(Replaced(length, length + len(words), match[0]))
        length += len(words)
        start = match.end()
    return Pronounced("".join([*said, text[start:]]), tuple(replaced))


def written_back(text: str, pronunciations: Iterable[Pronunciation]) -> str:
    """Return a spoken text in its written form, as far as the list allows."""
    back = [Pronunciation(each.said, each.written) for each in pronunciations]
    return pronounced(text, back).text


def as_written(words: Sequence[Timed], said: Pronounced) -> tuple[TimedWord, ...]:
    """Return timed spoken words in their written form, for captions.

    Args:
        words: in order, as a voice or an alignment found them in `said.text`.
        said: the text that was spoken.
    """
    row: list[TimedWord] = []
    at, before = 0, None
    for word in words:
        found = said.text.find(word.text, at)
        start, at = (at, at) if found < 0 else (found, found + len(word.text))
        inside = next(
            (each for each in said.replaced if each.start < at and start < each.end), None
        )
        after = said.text[inside.end : at] if inside else ""  # its comma or full stop
        if inside is None:
            row.append(TimedWord(word.text, word.start, word.end))
        elif inside is before:
            row[-1] = TimedWord(row[-1].text + after, row[-1].start, word.end)
        else:
            opening = said.text[start : inside.start]
            row.append(TimedWord(opening + inside.written + after, word.start, word.end))
        before = inside
    return tuple(row)


def _pattern(written: str) -> str:
    flags = "(?i:{})" if written == written.lower() else "{}"
    inner = r"\s+".join(map(re.escape, written.split()))
    before = "" if _CONTINUOUS.match(written[0]) else r"(?<!\w)"
    after = "" if _CONTINUOUS.match(written[-1]) else r"(?!\w)"
    return before + flags.format(inner) + after
