"""Groups timed words into caption cues: which words are shown together, in which lines, and how
long.

All cues of a text are chosen at once, by the lowest sum of small costs: a cue ends best where a
sentence does, then at a comma or a pause, never after an article; it is read in the time it has;
no word is alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from talkinghead.captions.line_breaks import boundary_cost
from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.tokens import (
    CLAUSE_ENDS,
    are_apart,
    display_width,
    ending,
    ends_sentence,
    joined,
    phrases,
)

Line = tuple[TimedWord, ...]


@dataclass(frozen=True)
class Cue:
    """Lines shown together for a time.

    Attributes:
        start, end: seconds.
        lines: the words of each line.
    """

    start: float
    end: float
    lines: tuple[Line, ...]

    @property
    def words(self) -> Line:
        """All words in order."""
        return tuple(word for line in self.lines for word in line)

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines as text."""
        return tuple(joined([word.text for word in line]) for line in self.lines)

    @property
    def text(self) -> str:
        """All lines, one under another."""
        return "\n".join(self.texts)


@dataclass(frozen=True)
class CaptionRules:
    """Limits on what one cue may contain.

    Attributes:
        columns: the longest line; a square letter of East Asia takes two.
        lines: at most so many.
        words: at most so many in a cue; None for no limit.
        shortest, longest: seconds that a cue is shown, where speech allows it.
        columns_per_second: what a person can read; 20 is common for adults.
    """

    columns: int
    lines: int = 2
    words: int | None = None
    shortest: float = 0.8
    longest: float = 6.0
    columns_per_second: float = 20.0


_GAP_SECONDS = 1.2  # of silence: the screen is cleared
_LINGER_SECONDS = 0.5  # that a cue stays when nothing follows
_CLOSED_SECONDS = 0.4  # a shorter gap between two cues would only flicker
_EARLIER_SECONDS = 0.15  # that a very short cue may come before it is heard

_CUE, _SECOND_LINE, _INNER_END, _ORPHAN, _UNREADABLE = 4.0, 0.6, 5.0, 8.0, 12.0
_INNER_CLAUSE = 3.0  # only where a cue holds a few words


def make_cues(words: Sequence[TimedWord], rules: CaptionRules) -> tuple[Cue, ...]:
    """Return the captions of a speech.

    Args:
        words: in order.
        rules: of the picture's shape and the style; see `caption_styles.rules_for`.
    """
    parts = [part for word in words for part in _parts(word)]
    # best[i]: the lowest cost of the first i words, and where the last cue of them begins
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(parts) + 1):
        best.append(
            min((best[start][0] + broken + _cost(parts, start, end, rules), start)
                for start, broken in _starts(parts, end, rules))
        )  # fmt: skip
    rows: list[tuple[int, int]] = []
    end = len(parts)
    while end:
        rows.insert(0, (best[end][1], end))
        end = best[end][1]
    return timed([broken(parts[start:end], rules) for start, end in rows], rules)


def single_lines(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Return the captions with one line each: what was in several lines follows one another."""
    found: list[Cue] = []
    for cue in cues:
        starts = [cue.start, *(min(line[0].start, cue.end) for line in cue.lines[1:])]
        for line, start, end in zip(cue.lines, starts, [*starts[1:], cue.end], strict=True):
            found.append(Cue(start, end, (line,)))
    return tuple(found)


def broken(words: Sequence[TimedWord], rules: CaptionRules) -> tuple[Line, ...]:
    """Return the words in lines, broken where the cost is lowest."""
    return _break(tuple(words), rules)[1]


def timed(rows: Sequence[tuple[Line, ...]], rules: CaptionRules) -> tuple[Cue, ...]:
    """Return cues for the lines: each is shown while spoken, long enough to be read, without
    flicker."""
    cues = [Cue(row[0][0].start, row[-1][-1].end, row) for row in rows if row and row[0]]
    found: list[Cue] = []
    for cue, following in pairwise([*cues, None]):
        assert cue is not None  # noqa: S101 - only the last of a pair is None
        limit = following.start if following else float("inf")
        end = min(max(cue.end + _LINGER_SECONDS, cue.start + rules.shortest), limit)
        if limit - end < _CLOSED_SECONDS:
            end = limit
        start = cue.start
        if end - start < rules.shortest:
            free = found[-1].end if found else 0.0
            start = max(end - rules.shortest, start - _EARLIER_SECONDS, min(free, start), 0.0)
        found.append(replace(cue, start=start, end=max(end, start + 0.04)))
    return tuple(found)


def _parts(word: TimedWord) -> list[TimedWord]:
    """Split a word at phrase boundaries if its script has no spaces, each part with its share of
    the time."""
    texts = [each for chunk in word.text.split(" ") for each in phrases(chunk)]
    if " " in word.text or len(texts) < 2:
        return [word]
    total = sum(map(display_width, texts)) or 1
    at, done, parts = word.start, 0, []
    for text in texts:
        done += display_width(text)
        end = word.start + (word.end - word.start) * done / total
        parts.append(TimedWord(text, at, end))
        at = end
    return parts


def _starts(parts: Sequence[TimedWord], end: int, rules: CaptionRules) -> list[tuple[int, float]]:
    """Return the possible starts of a cue that ends before word `end`, with the cost of its lines;
    a single word is always possible."""
    starts = [(end - 1, 0.0)]
    columns = display_width(parts[end - 1].text)
    for start in range(end - 2, -1, -1):
        columns += display_width(parts[start].text)
        if (
            columns > rules.columns * rules.lines
            or end - start > (rules.words or end)
            or parts[start + 1].start - parts[start].end > _GAP_SECONDS
            or parts[end - 1].end - parts[start].start > rules.longest
        ):
            break
        cost = _break(tuple(parts[start:end]), rules)[0]
        if cost < float("inf"):
            starts.append((start, cost))
    return starts


def _cost(parts: Sequence[TimedWord], start: int, end: int, rules: CaptionRules) -> float:
    """Return the cost of one cue, except that of its lines."""
    words = tuple(parts[start:end])
    until = parts[end].start if end < len(parts) else words[-1].end + rules.shortest
    seconds = max(until - words[0].start, 0.05)
    columns = _columns(words)[-1]
    cost = _CUE + _UNREADABLE * max(columns / seconds / rules.columns_per_second - 1, 0)
    cost += _UNREADABLE * max(1 - seconds / rules.shortest, 0)
    cost += _INNER_END * sum(
        ends_sentence(word.text, after.text) for word, after in pairwise(words)
    )
    if rules.words:
        cost += _INNER_CLAUSE * sum(ending(word.text) in CLAUSE_ENDS for word in words[:-1])
    if end < len(parts):
        cost += boundary_cost(words[-1], parts[end])
    following = parts[end].text if end < len(parts) else ""
    is_whole = (not start or ends_sentence(parts[start - 1].text, words[0].text)) and (
        ends_sentence(words[-1].text, following)
    )
    if len(words) == 1 and not is_whole and columns < rules.columns / 2:
        cost += _ORPHAN
    return cost


def _break(words: Line, rules: CaptionRules) -> tuple[float, tuple[Line, ...]]:
    """Return the lines of a cue and their cost; infinite if they do not fit."""
    columns = _columns(words)
    if len(words) == 1 or columns[-1] <= rules.columns:
        return 0.0, (words,)
    if rules.lines < 2:
        return float("inf"), (words,)
    options: list[tuple[float, int]] = []
    for at in range(1, len(words)):
        upper = columns[at]
        lower = columns[-1] - upper - are_apart(words[at - 1].text, words[at].text)
        fits = all(
            width <= rules.columns or count == 1
            for width, count in ((upper, at), (lower, len(words) - at))
        )
        if not fits:
            continue
        uneven = abs(upper - lower) / rules.columns
        alone = len(words) - at == 1 and lower < rules.columns / 3 and len(words) > 2
        cost = _SECOND_LINE + 2.5 * uneven + 0.4 * boundary_cost(words[at - 1], words[at])
        options.append((cost + (_ORPHAN / 2 if alone else 0), at))
    if not options:
        return float("inf"), (words,)
    cost, at = min(options)
    return cost, (words[:at], words[at:])


def _columns(words: Line) -> list[int]:
    """Return the cumulative display widths of the words in a row."""
    columns = [0]
    for number, word in enumerate(words):
        space = number > 0 and are_apart(words[number - 1].text, word.text)
        columns.append(columns[-1] + space + display_width(word.text))
    return columns
