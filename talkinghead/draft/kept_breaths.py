"""The spoken breaths of a draft, kept beside its video until the whole script is spoken.

A minute of script takes longer to speak than others should wait. Each input of the voice model
gives the same sound whenever it is spoken, so a worker that is ended between two loses nothing.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from talkinghead.speech.local_voice.kokoro import Spoken

TURN_SECONDS = 8.0
"""A worker goes on for so long before it may be ended; loading the voice takes two of them."""


class KeptBreaths:
    """Keeps what the voice model made of each input, in files.

    Args:
        folder: of the files; made with the first.
        on_turn: called after a breath is kept, once a turn is over; the process may be ended then.
    """

    def __init__(self, folder: Path, on_turn: Callable[[], None]) -> None:
        self._folder = folder
        self._on_turn = on_turn
        self._began = time.monotonic()

    def read(self, voice_id: str, letters: Sequence[str]) -> Spoken | None:
        """Return what was kept of an input; None if it was not spoken yet."""
        path = self._path(voice_id, letters)
        if not path.exists():
            return None
        with np.load(path) as kept:
            return Spoken(kept["samples"], kept["frames"])

    def keep(self, voice_id: str, letters: Sequence[str], spoken: Spoken) -> None:
        """Keep the model's output for an input."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(voice_id, letters)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.savez(file, samples=spoken.samples, frames=spoken.frames)
        unfinished.replace(path)
        if time.monotonic() - self._began >= TURN_SECONDS:
            self._on_turn()

    def _path(self, voice_id: str, letters: Sequence[str]) -> Path:
        # By content: a newer release may divide a script in another way.
        content = hashlib.sha256(f"{voice_id}\n{''.join(letters)}".encode()).hexdigest()
        return self._folder / f"breath-{content[:32]}.npz"
