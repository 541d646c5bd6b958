"""Synthesises a script: sound, and the exact time of every phoneme and word."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from talkinghead.av.sound import Sound
from talkinghead.core.errors import InvalidScript
from talkinghead.speech.local_voice.kokoro import FRAME, RATE, Kokoro, Spoken
from talkinghead.speech.local_voice.local_voices import nearest_voice
from talkinghead.speech.local_voice.phonemes import LETTERS
from talkinghead.speech.local_voice.timeline import Timeline
from talkinghead.speech.local_voice.word_phonemes import Pronouncer, Symbol
from talkinghead.speech.reading.spoken_text import SpokenWord, sentences, spoken_words
from talkinghead.speech.text.sentences import stretches
from talkinghead.speech.text.utterance import Speech, TimedPhoneme, TimedWord

__all__ = [
    "Breaths",
    "Speech",
    "TimedPhoneme",
    "TimedWord",
    "Utterance",
    "say",
    "say_each",
    "speak",
    "utterances",
]

PAUSE_SECONDS = 0.22
"""Between two sentences, on top of the breath that each keeps around itself."""
LEAD_SECONDS = 0.1
"""Before the first sound: the lips begin to move before they are heard."""
TAIL_SECONDS = 0.3
"""After the last sound, so that no player or encoder clips the last syllable."""

_LONGEST_BREATH = 200
"""Symbols spoken at once: under half of what the model takes, since its memory grows with them."""
_BREATH_SECONDS = 0.12
"""Between the clauses of a sentence too long for one breath."""
_CLAUSE_MARKS = frozenset(",;:—")

_AUDIBLE = 0.01
_KEPT_FRAMES = (3, 4)  # of silence before and after what is heard of a breath: 75 and 100 ms

_LEVEL = 10 ** (-18 / 20)  # of full scale, over the parts with speech; about -18 LUFS
_PEAK = 0.95


@dataclass(frozen=True)
class Utterance:
    """A sentence to speak, with the pause after it.

    Attributes:
        words: one sentence.
        pause_after: seconds of silence that follow it.
    """

    words: tuple[SpokenWord, ...]
    pause_after: float = PAUSE_SECONDS


class Breaths(Protocol):
    """Keeps the model's output of each input, so that no input is spoken twice."""

    def read(self, voice_id: str, letters: Sequence[str]) -> Spoken | None:
        """Return what was kept of an input, or None."""

    def keep(self, voice_id: str, letters: Sequence[str], spoken: Spoken) -> None:
        """Keep the model's output for an input."""


def say(
    script: str,
    voice_id: str,
    on_progress: Callable[[float], None] | None = None,
    breaths: Breaths | None = None,
) -> Speech:
    """Synthesise a script; deterministic.

    Args:
        script: anything a person types; what cannot be said in English is left out, and
            `[pause 0.8]` is silence.
        voice_id: a local voice, or another voice's name, for which the nearest local one is used.
        on_progress: called with the completed fraction, 0 to 1.
        breaths: what was spoken of it before; None to speak all of it.

    Raises:
        InvalidScript: there is nothing in it that can be said in English.
        ConfigurationError: the voice model cannot be read.
    """
    return speak(utterances(script), voice_id, on_progress, breaths)


def utterances(script: str) -> list[Utterance]:
    """Return the sentences of a script with the pause after each; empty if nothing can be
    spoken."""
    found: list[Utterance] = []
    for text, pause in stretches(script):
        found += [Utterance(words) for words in sentences(spoken_words(text))]
        if pause and found:
            found[-1] = replace(found[-1], pause_after=pause)
    return found


def say_each(
    texts: Sequence[str], voice_id: str, on_progress: Callable[[float], None] | None = None
) -> tuple[Speech | None, ...]:
    """Synthesise sentences independently, so that an edit of one leaves the others unchanged.

    Args:
        texts: of the sentences; see `say`.
        voice_id: see `say`.
        on_progress: called with the completed fraction, 0 to 1.

    Returns:
        One speech for each text; None where nothing in it can be said in English.
    """
    report_progress = on_progress or (lambda fraction: None)
    voice, pronouncer = _Voice(nearest_voice(voice_id).id), Pronouncer()
    spoken: list[Speech | None] = []
    for text in texts:
        breaths = list(breaths_of(utterances(text), pronouncer))
        spoken.append(_spoken(voice, breaths, lambda fraction: None) if breaths else None)
        report_progress(len(spoken) / len(texts))
    return tuple(spoken)


def speak(
    said: Sequence[Utterance],
    voice_id: str,
    on_progress: Callable[[float], None] | None = None,
    kept: Breaths | None = None,
) -> Speech:
    """Synthesise sentences with the pauses between them; see `say`."""
    report_progress = on_progress or (lambda fraction: None)
    voice = _Voice(nearest_voice(voice_id).id, kept)
    breaths = list(breaths_of(said))
    if not breaths:
        raise InvalidScript(
            "Drafts speak English only and can't say this script. Write it in English, or add a "
            "recording, which lip-syncs in any language."
        )
    return _spoken(voice, breaths, report_progress)


class _Voice:
    """The model with one voice, loaded in a thread while the pronunciation is looked up."""

    def __init__(self, voice_id: str, kept: Breaths | None = None) -> None:
        self._id, self._kept = voice_id, kept
        loading = ThreadPoolExecutor(1, "voice model")
        self._model = loading.submit(Kokoro, voice_id)
        loading.shutdown(wait=False)

    def speak(self, letters: Sequence[str]) -> Spoken:
        known = self._kept.read(self._id, letters) if self._kept else None
        if known is not None:
            return known
        spoken = self._model.result().speak(letters)
        if self._kept:
            self._kept.keep(self._id, letters, spoken)
        return spoken


def _spoken(
    voice: _Voice, breaths: "list[Breath]", report_progress: Callable[[float], None]
) -> Speech:
    timeline = Timeline(RATE, lead=LEAD_SECONDS)
    total, done = sum(len(breath.symbols) for breath in breaths), 0
    for breath in breaths:
        spoken = _trimmed(voice.speak([symbol.letter for symbol in breath.symbols]))
        timeline.add(spoken, breath.symbols, breath.words)
        timeline.pause(breath.pause_after)
        done += len(breath.symbols)
        report_progress(done / total)
    samples, phonemes, words = timeline.finished(tail=TAIL_SECONDS)
    return Speech(Sound(_levelled(samples), RATE), phonemes, words, "en")


@dataclass(frozen=True)
class Breath:
    """The input of one model call."""

    symbols: list[Symbol]
    words: tuple[SpokenWord, ...]
    pause_after: float


def breaths_of(said: Sequence[Utterance], pronouncer: Pronouncer | None = None) -> Iterator[Breath]:
    """Yield inputs no longer than the model takes; what is silent is left out."""
    pronouncer = pronouncer or Pronouncer()
    for utterance in said:
        parts = [p for p in _split(pronouncer.symbols(utterance.words)) if _is_audible(p)]
        for part in parts[:-1]:
            yield Breath(part, utterance.words, _BREATH_SECONDS)
        for part in parts[-1:]:
            yield Breath(part, utterance.words, utterance.pause_after)


def _split(symbols: list[Symbol]) -> Iterator[list[Symbol]]:
    """Yield pieces of at most _LONGEST_BREATH, cut after a clause, else between words, else
    anywhere."""
    while len(symbols) > _LONGEST_BREATH:
        letters = [symbol.letter for symbol in symbols[:_LONGEST_BREATH]]
        clauses = [i for i, letter in enumerate(letters) if letter in _CLAUSE_MARKS]
        spaces = [i for i, letter in enumerate(letters) if letter == " "]
        # A clause that would leave a scrap is no place to breathe.
        late = [i for i in clauses if i > _LONGEST_BREATH // 4]
        cut = (late or spaces or [_LONGEST_BREATH - 1])[-1] + 1
        yield symbols[:cut]
        symbols = symbols[cut:]
    yield symbols


def _is_audible(symbols: list[Symbol]) -> bool:
    return any(symbol.letter in LETTERS for symbol in symbols)


def _trimmed(spoken: Spoken) -> Spoken:
    """Trim most of the silence that the model puts around every input, 0.2 to 0.5 s a side."""
    peaks = np.abs(spoken.samples.reshape(-1, FRAME)).max(axis=1)
    heard = np.flatnonzero(peaks > _AUDIBLE)
    if not len(heard):
        return spoken
    before, after = _KEPT_FRAMES
    start = min(max(heard[0] - before, 0), spoken.frames[0])
    # At the end the silence is in the full stop and in the edge after it.
    end = min(max(len(peaks) - heard[-1] - 1 - after, 0), spoken.frames[-2:].sum())
    frames = spoken.frames.copy()
    frames[0] -= start
    last = min(end, frames[-1])
    frames[-1] -= last
    frames[-2] -= end - last
    return Spoken(spoken.samples[start * FRAME : (len(peaks) - end) * FRAME], frames)


def _levelled(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Normalise the loudness to that of every draft, measured where there is speech; peaks are
    soft-clipped."""
    blocks = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    power = (blocks.astype(np.float64) ** 2).mean(axis=1)
    speech = power[power > power.max() * 1e-3]
    if not len(speech) or not power.max():
        return samples
    louder = samples * np.float32(_LEVEL / np.sqrt(speech.mean()))
    over = np.abs(louder) > _PEAK / 2
    rounded = np.tanh((np.abs(louder[over]) - _PEAK / 2) / (_PEAK / 2)) * (_PEAK / 2) + _PEAK / 2
    louder[over] = np.sign(louder[over]) * rounded
    return louder.astype(np.float32)
