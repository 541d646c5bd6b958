"""Runs a local voice for samples, in a process of its own.

The voice takes some hundred megabytes, which a small host needs for the drafts. So it lives in a
process that is started for the first sample, stays for the next ones, and ends after a short
silence.

As a program (`python -m talkinghead.speech.speaker_process`) this is that process: a JSON line in,
`{"voice", "text"}`, a line out, `{"wav"}` in base64 or `{"error"}`; it ends when its input closes.
"""

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from talkinghead.core.errors import InvalidScript, RenderFailed

SPEAKER = (sys.executable, "-m", "talkinghead.speech.speaker_process")
KEPT_SECONDS = 45.0  # the process stays this long after its last sample
PATIENCE_SECONDS = 90.0  # a sample that takes longer hangs

_ROOT = Path(__file__).parents[2]  # where `-m talkinghead…` is found without being installed


class Speaker:
    """Synthesises short texts in local voices, one after the other.

    Args:
        command: the process; the tests give a smaller one.
    """

    def __init__(self, command: Sequence[str] = SPEAKER) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[str] | None = None
        self._timer: threading.Timer | None = None
        self._turn = threading.Lock()

    def say(self, voice: str, text: str) -> bytes:
        """Return the text as WAV.

        Raises:
            InvalidScript: nothing of it can be said.
            RenderFailed: the process ended without an answer.
        """
        with self._turn:
            answer = json.loads(self._ask(json.dumps({"voice": voice, "text": text})))
        if "error" in answer:
            raise InvalidScript(answer["error"])
        return base64.b64decode(answer["wav"])

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _ask(self, question: str) -> str:
        self._end_after(PATIENCE_SECONDS)
        answer = ""
        with suppress(OSError):  # it ended under our hands: no answer
            process = self._running()
            assert process.stdin is not None  # noqa: S101  both were asked for as pipes
            assert process.stdout is not None  # noqa: S101
            process.stdin.write(question + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        if not answer:
            self._end()
            raise RenderFailed("The voice could not be heard just now. Try again.")
        self._end_after(KEPT_SECONDS)
        return answer

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603  our own program, no part of it from outside
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=_ROOT,
            )
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
