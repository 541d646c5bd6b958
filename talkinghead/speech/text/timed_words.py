"""Word times: parsed from a voice's answer, and checked against its sound.

No provider writes down the shape of its times, and shapes change. So an answer is searched for
anything that looks like characters or words beside seconds, and used only when it fits the sound.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # the gallery shows captions without the sound codecs
    from talkinghead.av.sound import Sound


class Timed(Protocol):
    """A word or a sentence with its times in seconds."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


@dataclass(frozen=True)
class TimedWord:
    """One word as written in the script.

    Attributes:
        text: the word with its punctuation; digits stay digits.
        start, end: seconds.
    """

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class TimesCheck:
    """A measure of the fit of word times to their sound.

    Attributes:
        ordered: no word begins before the one before it, none outside the sound.
        audible: the share of the words' time in which something is heard, 0 to 1.
        covered: the share of what is heard that is in or beside a word, 0 to 1.
        shift: seconds by which the words would fit better, positive where they come too early.
    """

    ordered: bool
    audible: float
    covered: float
    shift: float

    @property
    def fits(self) -> bool:
        """Whether the times are good enough for captions."""
        return self.ordered and self.audible >= _AUDIBLE and self.covered >= _COVERED


_PLACES = 3  # milliseconds
_AUDIBLE, _COVERED = 0.6, 0.7
_SLACK_SECONDS = 0.25  # past the end of the sound; encoders cut and pad
_HOP_SECONDS = 0.01
_QUIET_DECIBELS = 35.0  # under the loud parts
_BESIDE_HOPS = 15  # a breath or a late last consonant beside a word is no missing word
_ONSET_HOPS = 12  # of quiet before a beginning that counts
_LEAST_ONSETS = 2
_LARGEST_SHIFT, _AGREEMENT = 1.0, 0.05  # seconds


def word_values(words: Sequence[TimedWord]) -> list[Any]:
    """Return text, start and end of each word, as JSON values."""
    return [[word.text, round(word.start, _PLACES), round(word.end, _PLACES)] for word in words]


def words_of(values: Sequence[Any]) -> tuple[TimedWord, ...]:
    """Return the words that `word_values` wrote."""
    return tuple(TimedWord(text, start, end) for text, start, end in values)


def check_times(words: Sequence[TimedWord], sound: "Sound") -> TimesCheck:
    """Compare word times with where the sound is audible."""
    if not words:
        return TimesCheck(ordered=False, audible=0.0, covered=0.0, shift=0.0)
    ordered = (
        all(word.start <= word.end for word in words)
        and all(before.start <= after.start for before, after in pairwise(words))
        and words[0].start >= -_HOP_SECONDS
        and words[-1].end <= sound.seconds + _SLACK_SECONDS
    )
    heard = _heard(sound)
    said = _said(words, len(heard))
    near = np.convolve(said, np.ones(2 * _BESIDE_HOPS + 1), "same") > 0
    return TimesCheck(
        ordered=ordered,
        audible=float((heard & said).sum() / max(said.sum(), 1)),
        covered=float((heard & near).sum() / max(heard.sum(), 1)),
        shift=_shift(words, heard),
    )


def read_times(answer: Any, seconds: float) -> tuple[TimedWord, ...]:
    """Return the word times in a voice's answer, in any of its known shapes; empty if there are
    none.

    Understood are lists of characters beside lists of their starts and ends (ElevenLabs and those
    like it), and lists of words or characters that each carry a start and an end; in seconds or
    milliseconds; in one piece or in chunks that each begin at zero or go on.

    Args:
        answer: any part of the answer, as JSON values.
        seconds: the length of the sound, to distinguish seconds from milliseconds.
    """
    letters: list[TimedWord] = []
    for chunk in _chunks(answer):
        late = letters[-1].end if letters and chunk[0].start < letters[-1].start else 0.0
        letters += [TimedWord(each.text, each.start + late, each.end + late) for each in chunk]
    if letters and letters[-1].end > 20 * max(seconds, 0.1):
        letters = [TimedWord(e.text, e.start / 1000, e.end / 1000) for e in letters]
    return words_from_characters(letters)


def words_from_characters(letters: Sequence[TimedWord]) -> tuple[TimedWord, ...]:
    """Return words from timed characters or pieces of words, split at spaces.

    Where no piece holds a space and some hold several letters, each piece is a word by itself.
    """
    if not any(each.text[:1].isspace() or each.text[-1:].isspace() for each in letters) and any(
        len(each.text) > 1 for each in letters
    ):
        return tuple(each for each in letters if each.text)
    words: list[TimedWord] = []
    open_word = False
    for each in letters:
        text = each.text.strip()
        if text and open_word and not each.text[0].isspace():
            words[-1] = TimedWord(words[-1].text + text, words[-1].start, each.end)
        elif text:
            words.append(TimedWord(text, each.start, each.end))
        open_word = bool(text) and not each.text[-1].isspace()
    return tuple(words)


def _chunks(answer: Any) -> Iterator[list[TimedWord]]:
    """Every timed row in an answer, in order; one of several duplicates."""
    if isinstance(answer, Mapping):
        row = _parallel(answer)
        if row:
            yield row
            return
        found = [chunks for value in answer.values() if (chunks := list(_chunks(value)))]
        # "alignment" comes beside "normalized_alignment": the first is what the script says.
        yield from found[0] if found else ()
    elif isinstance(answer, list | tuple):
        row = [each for item in answer if (each := _single(item))]
        if row and len(row) == len(answer):
            yield row
            return
        for item in answer:
            yield from _chunks(item)


def _parallel(answer: Mapping[str, Any]) -> list[TimedWord]:
    """Texts, starts and ends in three lists of one length."""
    lists = {_plain(name): value for name, value in answer.items() if isinstance(value, list)}
    texts = next((v for k, v in lists.items() if k in _TEXT_LISTS), None)
    starts = next((v for k, v in lists.items() if "start" in k), None)
    ends = next((v for k, v in lists.items() if "end" in k), None)
    if not texts or not starts or not ends or not len(texts) == len(starts) == len(ends):
        return []
    rows = [_timed(*each) for each in zip(texts, starts, ends, strict=True)]
    return [row for row in rows if row]


def _single(item: Any) -> TimedWord | None:
    """A text with its start and end."""
    if not isinstance(item, Mapping):
        return None
    values = {_plain(str(name)): value for name, value in item.items()}
    text = next((values[name] for name in _TEXTS if isinstance(values.get(name), str)), None)
    start = next((v for k, v in values.items() if k.startswith(("start", "begin", "from"))), None)
    end = next((v for k, v in values.items() if k.startswith(("end", "stop", "to"))), None)
    return _timed(text, start, end)


def _timed(text: Any, start: Any, end: Any) -> TimedWord | None:
    numbers = all(isinstance(at, int | float) and np.isfinite(at) for at in (start, end))
    if not isinstance(text, str) or not text or not numbers:
        return None
    return TimedWord(text, float(start), float(end))


_TEXTS = ("word", "text", "character", "char", "token", "value", "symbol")
_TEXT_LISTS = tuple(f"{name}s" for name in _TEXTS)


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _heard(sound: "Sound") -> NDArray[np.bool_]:
    """Return where the sound is audible, per hop."""
    hop = max(round(sound.rate * _HOP_SECONDS), 1)
    blocks = sound.samples[: len(sound.samples) // hop * hop].reshape(-1, hop)
    power = np.square(blocks, dtype=np.float32).mean(axis=1) + 1e-12
    level = 10 * np.log10(power)
    loud = float(np.percentile(level, 95)) if len(level) else 0.0
    return np.asarray(level > max(loud - _QUIET_DECIBELS, -60.0))


def _said(words: Sequence[TimedWord], hops: int) -> NDArray[np.bool_]:
    """Return where a word is, per hop."""
    said = np.zeros(hops, np.bool_)
    for word in words:
        first = max(round(word.start / _HOP_SECONDS), 0)
        said[first : max(round(word.end / _HOP_SECONDS), first + 1)] = True
    return said


def _shift(words: Sequence[TimedWord], heard: NDArray[np.bool_]) -> float:
    """Return the seconds by which words after a pause come too early; 0 if they disagree.

    Only beginnings are compared: a voice fades long before a word is over.
    """
    quiet = np.convolve(~heard, np.ones(_ONSET_HOPS), "full")[: len(heard)] >= _ONSET_HOPS
    onsets = (np.flatnonzero(heard[1:] & quiet[:-1]) + 1) * _HOP_SECONDS
    begin = [
        after.start
        for before, after in pairwise([TimedWord("", 0.0, -1.0), *words])
        if after.start - before.end > _ONSET_HOPS * _HOP_SECONDS
    ]
    if len(onsets) < _LEAST_ONSETS or len(begin) < _LEAST_ONSETS:
        return 0.0
    all_off = onsets[None, :] - np.array(begin)[:, None]
    # The shift that most beginnings share.
    votes = all_off[np.abs(all_off) <= _LARGEST_SHIFT]
    near = [int((np.abs(all_off - vote) <= _AGREEMENT).any(axis=1).sum()) for vote in votes]
    if not near or max(near) < max(_LEAST_ONSETS, 0.6 * len(begin)):
        return 0.0
    shared = [vote for vote, count in zip(votes, near, strict=True) if count == max(near)]
    return float(min(shared, key=abs))
