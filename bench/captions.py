"""Benchmark: accuracy of caption times, and speed of burning captions and reshaping.

Run as `python bench/captions.py` from the root; the last line is one JSON object:

median_ms, p95_ms       when words light up, against the known word times of local voices, where
                        the times had to be found in the sound (the worst honest source)
spread_median_ms        the same for the last resort, a guess between pauses
cue_median_ms           when cues appear, against the first sound of their first word
words, voices           how much was measured
burn_rtf, reshape_rtf   seconds of work for a second of 720p: captions; crop to 9:16 with captions
face_rtf                of which finding the face
burn_cpu                processor seconds for a second of 720p, which other work does not change
peak_rss_mb             of this process, voices and recogniser included
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from talkinghead.av.face_path import read_face_path  # noqa: E402
from talkinghead.av.reshape import Reshape, reshaped_size  # noqa: E402
from talkinghead.captions.cues import make_cues  # noqa: E402
from talkinghead.captions.painting.burner import Captions  # noqa: E402
from talkinghead.captions.styles import rules_for, style  # noqa: E402
from talkinghead.draft.pipeline import render_draft  # noqa: E402 - found from the root
from talkinghead.draft.values import DraftOrder  # noqa: E402
from talkinghead.exports.encode import export_video  # noqa: E402
from talkinghead.speech.alignment.realign import realigned  # noqa: E402
from talkinghead.speech.alignment.word_spread import spread  # noqa: E402
from talkinghead.speech.alignment.word_times import word_times  # noqa: E402
from talkinghead.speech.local_voice.synthesis import say  # noqa: E402
from talkinghead.speech.text.timed_words import TimedWord  # noqa: E402
from talkinghead.speech.text.utterance import Speech  # noqa: E402

PORTRAIT = ROOT / "components" / "portraits" / "samples" / "lady-agnew.jpg"
VOICES = ("af_heart", "bf_emma", "am_fenrir", "bm_george", "am_puck")
SCRIPT = (
    "Good morning everyone, and thank you for joining us today. My name is Lisa, and I am going to "
    "show you how our new platform helps small teams make better videos. You choose a portrait, "
    "you write a few words, and a moment later somebody says them for you. Does it cost much? No: "
    "a video of thirty seconds begins at 15 cents, and the first draft is always free. Try it "
    "before 6 pm on Friday, and tell us what you think."
)
ROUNDS = 3  # the best of them counts: other work on the machine only ever slows one down


def errors(found: tuple[TimedWord, ...], known: tuple[TimedWord, ...]) -> list[float]:
    """Return the differences in ms between the starts of the same words."""
    if len(found) != len(known):
        raise SystemExit(f"{len(found)} words for {len(known)}.")
    return [abs(a.start - b.start) * 1000 for a, b in zip(found, known, strict=True)]


def accuracy(speeches: list[Speech]) -> dict[str, float]:
    """Measure accuracy against known times."""
    aligned: list[float] = []
    guessed: list[float] = []
    cues: list[float] = []
    look = style("highlight")
    for speech in speeches:
        found = word_times(speech.sound, SCRIPT)
        if found.source != "aligned":
            raise SystemExit(f"The times were {found.source}.")
        known = realigned(speech.words, SCRIPT)  # "6 pm" is one word to a voice, two to a reader
        aligned += errors(found.words, known)
        guessed += errors(spread(SCRIPT, speech.sound), known)
        starts = np.array([word.start for word in known])
        for cue in make_cues(found.words, rules_for(look, 720, 1280)):
            cues.append(float(np.abs(starts - cue.start).min()) * 1000)
    return {
        "median_ms": float(np.median(aligned)),
        "p95_ms": float(np.percentile(aligned, 95)),
        "spread_median_ms": float(np.median(guessed)),
        "cue_median_ms": float(np.median(cues)),
        "words": len(aligned),
        "voices": len(speeches),
    }


def best(work: Callable[[], object], seconds: float) -> float:
    """Return the best time in seconds of work per second of video."""
    took = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        took = min(took, time.perf_counter() - started)
    return took / seconds


def speeds(speech: Speech) -> dict[str, float]:
    """Measure the speed of burning and reshaping, on a 720p draft."""
    with tempfile.TemporaryDirectory() as folder:
        video, out = Path(folder) / "video.mp4", Path(folder) / "out.mp4"
        order = DraftOrder(PORTRAIT, SCRIPT, None, VOICES[0], 1280, 720)
        seconds = render_draft(order, video, lambda fraction, line: None).seconds
        look = style("highlight")

        def finish(reshape: Reshape | None) -> None:
            size = reshaped_size(1280, 720, reshape)
            captions = Captions(make_cues(speech.words, rules_for(look, *size)), look)
            export_video(video, out, reshape=reshape, overlays=[captions])

        began = time.process_time()
        finish(None)
        return {
            "burn_cpu": (time.process_time() - began) / seconds,
            "burn_rtf": best(lambda: finish(None), seconds),
            "reshape_rtf": best(lambda: finish(Reshape("9:16")), seconds),
            "face_rtf": best(lambda: read_face_path(video), seconds),
        }


def main() -> None:
    """Measure everything and print it."""
    speeches = [say(SCRIPT, voice) for voice in VOICES]
    result = accuracy(speeches) | speeds(speeches[0])
    result["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({name: round(value, 3) for name, value in result.items()}))


if __name__ == "__main__":
    main()
