"""pocketsphinx: recognises phones, and aligns known words.

Every sound here is at RATE and at most LONGEST_SECONDS long: the memory of an alignment grows with
the square of the length, and after some minutes it ends the process.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from talkinghead.speech.local_voice.phonemes import FROM_ARPABET, PAUSE

RATE = 16_000
FRAMES_PER_SECOND = 100
LONGEST_SECONDS = 25.0
"""The longest sound that it is given."""

NOISE = "?"
"""The name of a sound that is no phone: music, a cough, a click."""

_SILENCE_NAMES = frozenset(["SIL", "<s>", "</s>", "<sil>", "(NULL)"])


@dataclass(frozen=True)
class Heard:
    """A recognised phone or word.

    Attributes:
        name: a phoneme, PAUSE, NOISE, or the number of a word.
        start, end: seconds from the beginning of the sound.
    """

    name: str
    start: float
    end: float


def moved(heard: Sequence[Heard], by: float) -> list[Heard]:
    """Return the same phones or words, `by` seconds later."""
    return [Heard(each.name, each.start + by, each.end + by) for each in heard]


Alignment = tuple[list[Heard], list[Heard]]
"""The phones, and the words named by their position."""


class Recogniser:
    """The English model; its parts are loaded at first use, 70 MB each."""

    def __init__(self) -> None:
        self._phone_loop: Any = None
        self._aligner: Any = None
        self._known: set[str] = set()

    def phones(self, samples: NDArray[np.float32]) -> list[Heard]:
        """Return the recognised phones, without knowing the words."""
        if self._phone_loop is None:
            from pocketsphinx import get_model_path

            grammar = get_model_path("en-us/en-us-phone.lm.bin")
            self._phone_loop = _decoder(allphone=grammar, lw=2.0, beam=1e-20, pbeam=1e-20)
        _listen(self._phone_loop, samples)
        return [
            Heard(
                _phoneme(each.word),
                each.start_frame / FRAMES_PER_SECOND,
                (each.end_frame + 1) / FRAMES_PER_SECOND,
            )
            for each in self._phone_loop.seg() or ()
        ]

    def align(
        self, samples: NDArray[np.float32], words: Sequence[Sequence[str]]
    ) -> Alignment | None:
        """Return the times of known words.

        Args:
            samples: float32 at RATE.
            words: the ARPAbet phones of each word, in the order they are said.

        Returns:
            The words may be fewer than asked for: the last ones are not in the sound. None where
            nothing fits.
        """
        if self._aligner is None:
            self._aligner = _decoder()
        names = [self._taught(phones) for phones in words]
        # Its running mean of the spectrum settles with the first hearing; where that was not enough
        # for the second pass to follow the first, it is with the next.
        for _ in range(2):
            found = self._aligned(samples, names)
            if found is not None:
                return found
        return None

    def _aligned(self, samples: NDArray[np.float32], names: list[str]) -> Alignment | None:
        """Align in two passes: words first, then the phones within them."""
        try:
            self._aligner.set_align_text(" ".join(names))
            _listen(self._aligner, samples)
            if self._aligner.hyp() is None:
                return None
            self._aligner.set_alignment()
            _listen(self._aligner, samples)
        except RuntimeError:  # its only error: the words do not fit the sound
            return None
        return _of_alignment(self._aligner.get_alignment())

    def _taught(self, phones: Sequence[str]) -> str:
        """Return the dictionary entry for a word pronounced so; added if it is new."""
        name = "w_" + "_".join(phones).lower()
        if name not in self._known:
            self._aligner.add_word(name, " ".join(phones), False)
            self._known.add(name)
        return name


def _decoder(**options: Any) -> Any:
    from pocketsphinx import Decoder

    # Nothing may reach the console: the worker speaks to its parent there.
    return Decoder(lm=None, loglevel="FATAL", logfn=os.devnull, **options)


def _listen(decoder: Any, samples: NDArray[np.float32]) -> None:
    pcm = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
    decoder.start_utt()
    decoder.process_raw(pcm.tobytes(), full_utt=True)
    decoder.end_utt()


def _phoneme(name: str) -> str:
    if name in _SILENCE_NAMES:
        return PAUSE
    return FROM_ARPABET.get(name, NOISE)


def _of_alignment(alignment: Any) -> Alignment | None:
    phones: list[Heard] = []
    words: list[Heard] = []
    for entry in alignment or ():
        for phone in entry:
            start, end = phone.start, phone.start + phone.duration
            phones.append(
                Heard(_phoneme(phone.name), start / FRAMES_PER_SECOND, end / FRAMES_PER_SECOND)
            )
        if entry.name.startswith("w_"):
            start, end = entry.start, entry.start + entry.duration
            words.append(Heard(str(len(words)), start / FRAMES_PER_SECOND, end / FRAMES_PER_SECOND))
    return (phones, words) if words else None
