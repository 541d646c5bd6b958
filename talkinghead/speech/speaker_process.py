"""Runs a local voice for samples, in a process of its own.

The voice takes some hundred megabytes, which a small host needs for the drafts. So it lives in a
process that is started for the first sample, stays for the next ones, and ends after a short
silence.

As a program (`python -m talkinghead.speech.speaker_process`) this is that process: a JSON line in,
`{"voice", "text"}`, a line out, `{"wav"}` in base64 or `{"error"}`; it ends when its input closes.
"""

import base64
import json
import math
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from talkinghead.core.errors import InvalidScript, RenderFailed
from talkinghead.core.workers.budget import MACHINE, SAMPLE
from talkinghead.core.workers.limits import LimitWatch, WorkerLimits
from talkinghead.core.workers.start import LONGEST_ANSWER, start_worker

SPEAKER = (sys.executable, "-m", "talkinghead.speech.speaker_process")
LIMITS = WorkerLimits(seconds=math.inf)  # it stays as long as samples are asked for
KEPT_SECONDS = 45.0  # the process stays this long after its last sample
_UNHEARD = "The voice couldn't be played. Try again."
MOST_WAITING = 3  # samples of a client
BUSY = "Several of your samples are still being generated. Wait for them, then try again."
PATIENCE_SECONDS = 90.0  # a sample that takes longer hangs


class Speaker:
    """Synthesises short texts in local voices, one after the other, in turns by client.

    Args:
        command: the process; the tests give a smaller one.
        limits: of the process; a single sample has `PATIENCE_SECONDS`.
    """

    def __init__(self, command: Sequence[str] = SPEAKER, limits: WorkerLimits = LIMITS) -> None:
        self._command = tuple(command)
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: LimitWatch | None = None
        self._timer: threading.Timer | None = None
        self._turn = threading.Lock()
        self._closed = False

    def say(self, voice: str, text: str, client: str = "") -> bytes:
        """Return the text as WAV.

        Args:
            voice: a local voice, or one that the nearest local voice stands in for.
            text: what is said.
            client: whose turn it is.

        Raises:
            InvalidScript: nothing of it can be said.
            RenderFailed: the process ended without an answer, or too many samples of the client
                wait already.
        """
        if MACHINE.count_waiting(SAMPLE, client) >= MOST_WAITING:
            raise RenderFailed(BUSY)
        with MACHINE.hold(SAMPLE, client, self._raise_if_closed), self._turn:
            answer = json.loads(self._ask(json.dumps({"voice": voice, "text": text})))
            if MACHINE.waiting:  # it holds its memory as long as it lives
                self._end()
        if "error" in answer:
            raise InvalidScript(answer["error"])
        return base64.b64decode(answer["wav"])

    def close(self) -> None:
        """End the process, and what waits for it."""
        self._closed = True
        with self._turn:
            self._end()

    def _raise_if_closed(self) -> None:
        if self._closed:
            raise RenderFailed(_UNHEARD)

    def _ask(self, question: str) -> bytes:
        self._end_after(PATIENCE_SECONDS)
        answer = b""
        with suppress(OSError):  # it ended under our hands: no answer
            process = self._running()
            assert process.stdin is not None  # noqa: S101  both were asked for as pipes
            assert process.stdout is not None  # noqa: S101
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline(LONGEST_ANSWER)
        if not answer.endswith(b"\n"):
            excess = self._watch.excess if self._watch else None
            self._end()
            raise RenderFailed(excess or _UNHEARD)
        self._end_after(KEPT_SECONDS)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process, self._watch = start_worker(self._command, self._limits)
        return self._process

    def _end_after(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(seconds, self._kill)
        self._timer.daemon = True
        self._timer.start()

    def _kill(self) -> None:
        """Kill the process from the timer, which must not wait for a hanging sample: the asking
        thread cleans up."""
        process = self._process
        if process is not None:
            process.kill()

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._process is not None:
            self._process.kill()
            with suppress(OSError):
                self._process.communicate()
            self._process = None


def main() -> None:
    """Synthesise each line from stdin, until it closes."""
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.write(json.dumps(_answer(order["voice"], order["text"])) + "\n")
        sys.stdout.flush()


def _answer(voice: str, text: str) -> dict[str, str]:
    from talkinghead.av.sound import sound_bytes
    from talkinghead.speech.local_voice.local_voices import nearest_voice
    from talkinghead.speech.local_voice.synthesis import say

    try:
        sound = say(text, nearest_voice(voice).id).sound
    except InvalidScript as error:
        return {"error": str(error)}
    return {"wav": base64.b64encode(sound_bytes(sound, ".wav")).decode()}


if __name__ == "__main__":
    main()
