"""Subtitle files: SubRip (SRT) and WebVTT, written and read.

Sources: W3C WebVTT, and for SRT, which nobody specified, what players agree on.
"""

import html
import re
from collections.abc import Iterator, Sequence

from talkinghead.captions.cues import Cue, Line
from talkinghead.core.errors import InvalidInput
from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.tokens import display_width, is_right_to_left, tokens

FIELD = "captions"
"""The name of the form's field that an unreadable file is reported for."""

_RIGHT_TO_LEFT_MARK = "\u200f"
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TIMES = re.compile(
    r"^\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})\s*-->\s*"
    r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})(?:\s.*)?$"
)
_TAG = re.compile(r"</?(?:[biuscv]|font|lang|ruby|rt|\d+:)[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)
_OTHER_BLOCKS = ("WEBVTT", "NOTE", "STYLE", "REGION")


def write_srt(cues: Sequence[Cue]) -> str:
    """Return a SubRip file: for social platforms and editors."""
    blocks = (
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_directed(cue)}\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join(blocks)


def write_vtt(cues: Sequence[Cue], *, word_times: bool = False) -> str:
    """Return a WebVTT file: for players on web pages.

    Args:
        cues: in order.
        word_times: with the time of each word inside, by which a player can show what was said.
    """
    blocks = (
        f"{number}\n{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n"
        f"{_directed(cue, escape=True, word_times=word_times)}\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join(["WEBVTT\n", *blocks])


def read_subtitles(text: str) -> tuple[Cue, ...]:
    """Return the cues of an SRT or VTT file; each word gets its share of its cue's time.

    Raises:
        InvalidInput: there is no caption in it.
    """
    is_vtt = text.lstrip("\ufeff").startswith("WEBVTT")
    cues = sorted(_cues(text.lstrip("\ufeff"), is_vtt), key=lambda cue: cue.start)
    if not cues:
        raise InvalidInput(
            "There are no captions in this file. Choose an SRT or VTT file.", field=FIELD
        )
    return tuple(cues)


def spread(text: str, start: float, end: float) -> tuple[Line, ...]:
    """Return lines of words that share a time by their length; as many lines as the text has."""
    lines = [found for line in text.splitlines() if (found := tokens(line))]
    total = sum(display_width(token) for line in lines for token in line) or 1
    at, done = start, 0
    rows: list[Line] = []
    for line in lines:
        row = []
        for token in line:
            done += display_width(token)
            until = start + (end - start) * done / total
            row.append(TimedWord(token, at, until))
            at = until
        rows.append(tuple(row))
    return tuple(rows)


def _cues(text: str, is_vtt: bool) -> Iterator[Cue]:
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    for block in re.split(r"\n\s*\n", normal):
        lines = block.strip("\n").split("\n")
        if is_vtt and lines[0].startswith(_OTHER_BLOCKS):
            continue
        for number, line in enumerate(
            lines[:2]
        ):  # the time is on the first line, or after a number
            match = _TIMES.match(line)
            if match:
                start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
                rows = spread(_bare("\n".join(lines[number + 1 :]), is_vtt), start, end)
                if rows and end > start:
                    yield Cue(start, end, rows)
                break


def _bare(text: str, is_vtt: bool) -> str:
    """Return the text without styling and direction marks, unescaped."""
    text = _MARKS.sub("", _TAG.sub("", text))
    return html.unescape(text) if is_vtt else text


def _directed(cue: Cue, *, escape: bool = False, word_times: bool = False) -> str:
    """Return the lines of a cue; right-to-left lines are marked as such, whatever word they begin
    with."""
    is_turned = is_right_to_left(cue.text)
    lines = []
    for words, text in zip(cue.lines, cue.texts, strict=True):
        line = _escaped(text) if escape else text
        if word_times:
            line = _with_times(words, text)
        lines.append(f"{_RIGHT_TO_LEFT_MARK}{line}{_RIGHT_TO_LEFT_MARK}" if is_turned else line)
    return "\n".join(lines)


def _with_times(words: Line, text: str) -> str:
    """Return each word behind its start time."""
    line, at = "", 0
    for word in words:
        place = text.index(word.text, at)
        line += _escaped(text[at:place]) + f"<{_clock(word.start, '.')}>" + _escaped(word.text)
        at = place + len(word.text)
    return line


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(seconds: float, point: str) -> str:
    milliseconds = max(round(seconds * 1000), 0)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int(fraction.ljust(3, "0")) / 1000
