"""Word times of a script, from the best source that fits the sound.

the local voice's own durations   exact
what a bought voice sends along   where it is understood and fits what is heard
alignment of script and sound     English; a recording, or a voice that sends nothing
the script over the speech        any language: by length alone, between the pauses
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from talkinghead.av.sound import Sound
from talkinghead.speech.alignment.realign import realigned
from talkinghead.speech.alignment.recording_alignment import hear
from talkinghead.speech.alignment.word_spread import spread
from talkinghead.speech.reading.markup import plain
from talkinghead.speech.text.timed_words import TimedWord, check_times, read_times
from talkinghead.speech.text.tokens import tokens

Source = Literal["engine", "voice", "aligned", "spread"]

_LEAST_SHIFT = 0.08  # seconds; less is not seen
_LEAST_FOUND = 0.6  # of the script's words, that an alignment must place
_MARKUP = re.compile(r"[*_`#<>\[\]|~\\]")
_PAUSE_MARK = re.compile(r"\[\s*pause[^\]]*\]", re.IGNORECASE)


@dataclass(frozen=True)
class WordTimes:
    """The words for captions, with their source.

    Attributes:
        words: of the script, with its emoji and signs; in order.
        source: the source of the times: "engine" and "voice" were reported, "aligned" is found in
            the sound, "spread" is only a guess between pauses.
    """

    words: tuple[TimedWord, ...]
    source: Source


def word_times(
    sound: Sound,
    script: str,
    *,
    spoken: Sequence[TimedWord] = (),
    answer: Any = None,
    on_progress: Callable[[float], None] | None = None,
) -> WordTimes:
    """Return the words of a script with their times in a sound.

    Args:
        sound: the speech.
        script: what is said in it.
        spoken: from the local voice that said it: `Speech.words`.
        answer: what a bought voice sent beside the sound, as JSON values; any shape.
        on_progress: called with the completed fraction, 0 to 1; only alignment takes time.
    """
    text = shown_text(script)
    reported: tuple[tuple[Source, Sequence[TimedWord]], ...] = (
        ("engine", spoken),
        ("voice", read_times(answer, sound.seconds) if answer is not None else ()),
    )
    for source, words in reported:
        fitted = _fitted(words, sound)
        if fitted:
            return WordTimes(realigned(fitted, text), source)
    heard = hear(sound, plain(text), on_progress).words
    if len(heard) >= _LEAST_FOUND * len(tokens(text)) and check_times(heard, sound).fits:
        return WordTimes(realigned(heard, text), "aligned")
    return WordTimes(spread(text, sound), "spread")


def shown_text(script: str) -> str:
    """Return a script as captions show it: without markup and pause marks."""
    text = _PAUSE_MARK.sub(" ", script)
    return plain(text) if _MARKUP.search(text) else text


def _fitted(words: Sequence[TimedWord], sound: Sound) -> Sequence[TimedWord]:
    """Return the words if their times fit the sound, shifted if that suffices; otherwise none."""
    check = check_times(words, sound)
    if abs(check.shift) >= _LEAST_SHIFT:
        moved = [
            replace(word, start=max(word.start + check.shift, 0.0), end=word.end + check.shift)
            for word in words
        ]
        again = check_times(moved, sound)
        if again.fits:
            return moved
    return words if check.fits else ()
