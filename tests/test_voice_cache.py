"""The cache of what the local voice has spoken: the same sound, without the model."""

import subprocess
import sys

import numpy as np
import pytest

from talkinghead.core.workers.environment import worker_environment
from talkinghead.speech.local_voice.kokoro import Kokoro, Spoken

HELLO = "həlˈO wˈɜɹld."
IN_A_WORKER = """
import sys
import onnxruntime
from talkinghead.speech.local_voice.kokoro import Kokoro
onnxruntime.InferenceSession.uncached = None
print(len(Kokoro("af_heart").speak(sys.argv[1]).samples))
"""


@pytest.fixture(scope="module")
def hello() -> Spoken:
    """By the first voice; cached from here on."""
    return Kokoro("af_heart").speak(HELLO)


def test_what_is_cached_needs_no_model_and_equals_what_the_model_returns(
    hello: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession
    monkeypatch.setattr(session, "uncached", None)
    cached = Kokoro("af_heart").speak(HELLO)
    monkeypatch.undo()
    monkeypatch.setattr(onnxruntime, "InferenceSession", session.uncached)
    real = Kokoro("af_heart").speak(HELLO)
    for each in (hello, cached):
        assert np.array_equal(each.samples, real.samples)
        assert np.array_equal(each.frames, real.frames)
        assert (each.samples.dtype, each.frames.dtype) == (real.samples.dtype, real.frames.dtype)


def test_another_voice_and_other_phonemes_are_another_sound(hello: Spoken) -> None:
    assert not np.array_equal(Kokoro("bm_george").speak(HELLO).samples, hello.samples)
    assert len(Kokoro("af_heart").speak("wˈɜɹld.").samples) < len(hello.samples)


def test_a_worker_process_uses_the_same_cache(hello: Spoken) -> None:
    command = [sys.executable, "-c", IN_A_WORKER, HELLO]
    said = subprocess.run(command, env=worker_environment(), capture_output=True, check=True)
    assert int(said.stdout) == len(hello.samples)
