"""Splits a script into sentences with the pauses between them, in any language.

Where it is not certain that a sentence ends, it goes on: a missed end is not heard, a wrong one
is a pause in the midst of a sentence. `[pause 0.8]` asks for silence; it ends what precedes
it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from talkinghead.speech.text.abbreviations import full_stop_ends

USUAL_PAUSE = 0.5
"""Seconds of `[pause]` without a number."""
LONGEST_PAUSE = 10.0

PAUSE_MARK = re.compile(
    r"\[\s*pause(?:[\s:=]+(\d+(?:[.,]\d+)?|[.,]\d+)\s*(ms|milliseconds?|s|secs?|seconds?)?)?\s*\]",
    re.IGNORECASE,
)

# Every mark that ends a sentence. Those of East Asia need no space after them.
_END = re.compile(
    r"(?P<mark>[.!?…؟۔।॥።։‽]+)(?P<closing>(?:[\"'”’»›)\]}*_]|\s[»›](?=\s|$))*)(?=\s|$)"
    r"|[。！？｡．…]+[」』”’）》】\"]*"
)
_LINE = re.compile(r"\n(?![a-zà-ÿ])")  # a line that goes on in small letters was only wrapped
_SAID = re.compile(r"[^\W_]")
_NEAR = 80
"""Characters after a mark that may decide whether it ends a sentence."""
_OPENING = "\"'“‘„«‹([{¿¡*_"


@dataclass(frozen=True)
class Sentence:
    """A sentence, or text between two pause marks.

    Attributes:
        text: as written in the script, without marks for pauses.
        pause_after: seconds of silence that were asked for after it; None leaves it to the voice.
        pause_before: likewise before it; only the first sentence can have one.
        ends_paragraph: whether an empty line, or the end, follows.
    """

    text: str
    pause_after: float | None = None
    pause_before: float = 0.0
    ends_paragraph: bool = False


def split_sentences(script: str) -> tuple[Sentence, ...]:
    """Return the sentences of a script, in order; empty if there is nothing to speak."""
    found: list[Sentence] = []
    lead = 0.0
    for text, pause in stretches(script):
        found += _sentences(text)
        if pause and found:
            last = found[-1]
            found[-1] = replace(last, pause_after=_at_most(pause + (last.pause_after or 0)))
        elif pause:
            lead = _at_most(lead + pause)
    if found:
        found[0] = replace(found[0], pause_before=lead)
        found[-1] = replace(found[-1], ends_paragraph=True)
    return tuple(found)


def stretches(script: str) -> Iterator[tuple[str, float]]:
    """Yield the text before each pause mark and the pause in seconds; 0 at the end."""
    start = 0
    for mark in PAUSE_MARK.finditer(script):
        yield script[start : mark.start()], _at_most(_seconds(mark))
        start = mark.end()
    yield script[start:], 0.0


def without_pauses(script: str) -> str:
    """Return the script without its pause marks, for captions and counts."""
    return re.sub(r"[^\S\n]{2,}", " ", PAUSE_MARK.sub(" ", script)).strip()


def _seconds(mark: re.Match[str]) -> float:
    if mark[1] is None:
        return USUAL_PAUSE
    number = float(mark[1].replace(",", "."))
    return number / 1000 if (mark[2] or "").lower().startswith("m") else number


def _at_most(seconds: float) -> float:
    return min(round(seconds, 3), LONGEST_PAUSE)


def _sentences(text: str) -> list[Sentence]:
    found: list[Sentence] = []
    for paragraph in re.split(r"\n\s*\n", text):
        here = [
            Sentence(piece)
            for line in _LINE.split(paragraph)
            for piece in _joined(_pieces(" ".join(line.split())))
        ]
        if here:
            here[-1] = replace(here[-1], ends_paragraph=True)
        found += here
    return [*found[:-1], *(replace(last, ends_paragraph=False) for last in found[-1:])]


def _pieces(line: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        if _is_end(line[start : end.start()], end, line[end.end() : end.end() + _NEAR].lstrip()):
            yield line[start : end.end()].strip()
            start = end.end()
    yield line[start:].strip()


def _joined(pieces: Iterator[str]) -> list[str]:
    """Return pieces with something to speak; signs alone join the piece before."""
    found: list[str] = []
    for piece in pieces:
        if _SAID.search(piece):
            found.append(piece)
        elif piece and found:
            found[-1] += f" {piece}"
    return found


def _is_end(before: str, end: re.Match[str], rest: str) -> bool:
    mark = end["mark"]
    if mark is None or not rest:
        return True
    following = rest.lstrip(_OPENING)[:1]
    if mark != ".":
        # “Really?” she said. – Wait… what?
        goes_on = bool(end["closing"]) or "…" in mark or mark.startswith("..")
        return not (goes_on and following.islower())
    return full_stop_ends(before, rest)
