"""Transfers word times to a slightly different text.

So a person corrects a caption and every word keeps its time; and the script, with its emoji, signs
and capitals, is laid over the words that a voice or a recogniser gave times to.
"""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np

from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.tokens import display_width, is_said, tokens

_LEAST_SECONDS_A_COLUMN = 0.015  # nobody speaks faster: such times are shared out instead


def realigned(words: Sequence[TimedWord], text: str) -> tuple[TimedWord, ...]:
    """Return the words of a text with the times of the words they correspond to.

    Words that are in both keep their times exactly; what was changed shares the time of what it
    replaces; what was added takes from the silence around it, or from the word before.

    Args:
        words: with times, in order.
        text: what is to be shown; it may be longer, shorter or quite different.
    """
    new = tokens(text)
    if not words or not new:
        return ()
    old_keys, new_keys = [_key(word.text) for word in words], [_key(token) for token in new]
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    found: list[TimedWord] = []
    for first, last, new_first, new_last in _blocks(matcher, len(words), len(new)):
        old, changed = words[first:last], new[new_first:new_last]
        if old_keys[first:last] == new_keys[new_first:new_last]:
            found += [replace(word, text=token) for word, token in zip(old, changed, strict=True)]
        else:
            before = found[-1].end if found else max(words[0].start, 0.0)
            after = words[last].start if last < len(words) else words[-1].end
            found += _shared_out(old, changed, before, after)
    return tuple(found)


def _key(text: str) -> str:
    """Return what two words are compared by: letters and digits."""
    bare = "".join(letter for letter in text.casefold() if letter.isalnum())
    return bare if is_said(text) else text


Block = tuple[int, int, int, int]


def _blocks(matcher: "SequenceMatcher[str]", old: int, new: int) -> list[Block]:
    """Return blocks that are equal or changed; added words join the word before or after them."""
    blocks: list[Block] = []
    for kind, *places in matcher.get_opcodes():
        first, last, new_first, new_last = places
        if kind == "insert":
            if blocks:  # the word before gives some of its time
                o1, o2, n1, n2 = blocks.pop()
                if o2 - o1 > 1 and n2 - n1 > 1:
                    blocks.append((o1, o2 - 1, n1, n2 - 1))
                    o1, n1 = o2 - 1, n2 - 1
                blocks.append((o1, last, n1, new_last))
            else:
                blocks.append((first, last, new_first, new_last))
        elif kind != "delete":
            blocks.append((first, last, new_first, new_last))
    if blocks and blocks[0][0] == blocks[0][1] and len(blocks) > 1:  # added before the first
        _, _, n1, _ = blocks.pop(0)
        o1, o2, _, n2 = blocks[0]
        if o2 - o1 > 1 and n2 - blocks[0][2] > 1:
            blocks[0] = (o1 + 1, o2, blocks[0][2] + 1, n2)
            blocks.insert(0, (o1, o1 + 1, n1, blocks[0][2]))
        else:
            blocks[0] = (o1, o2, n1, n2)
    return blocks or [(0, old, 0, new)]


def _shared_out(
    old: Sequence[TimedWord], new: Sequence[str], before: float, after: float
) -> list[TimedWord]:
    """Return new words over the time of old ones, matched letter by letter."""
    start = old[0].start if old else before
    end = max(old[-1].end if old else after, start)
    need = sum(display_width(token) for token in new) * 2 * _LEAST_SECONDS_A_COLUMN
    end = max(end, min(start + need, after))
    old_text, new_text = "".join(_key(word.text) for word in old), "".join(map(_key, new))
    places, seconds = [0.0], [start]
    times = _letter_times(old)
    for a, b, size in SequenceMatcher(None, old_text, new_text, False).get_matching_blocks():
        for at, second in ((b, times[a]), (b + size, times[a + size])):
            if size and at > places[-1] and second >= seconds[-1]:
                places.append(float(at))
                seconds.append(second)
    if places[-1] < len(new_text):
        places.append(float(len(new_text)))
        seconds.append(end)
    ends = np.cumsum([len(_key(token)) for token in new])
    edges = np.interp(np.concatenate([[0], ends]), places, seconds)
    widths = np.array([display_width(token) for token in new], float)
    if (np.diff(edges) < widths * _LEAST_SECONDS_A_COLUMN).any():
        edges = start + (end - start) * np.concatenate([[0], np.cumsum(widths)]) / widths.sum()
    return [TimedWord(token, float(edges[i]), float(edges[i + 1])) for i, token in enumerate(new)]


def _letter_times(words: Sequence[TimedWord]) -> list[float]:
    """Return the start of each letter of the words, and the end of the last."""
    times: list[float] = []
    for word in words:
        count = len(_key(word.text))
        times += [word.start + (word.end - word.start) * at / count for at in range(count)]
    return [*times, words[-1].end if words else 0.0]
