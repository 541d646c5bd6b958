"""What the local voice has spoken in one test is not computed again in another.

The model is deterministic, and one sentence costs it seconds. What it returned is cached for the
run alone, so every run has each sentence really spoken. The tests of the voice itself ask for
`uncached_voice`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

SHIM = Path(__file__).with_name("onnxruntime.py")


@pytest.fixture(scope="session", autouse=True)
def voice_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where what was spoken is cached, shared by all processes of the run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder /= "voice-cache"
    folder.mkdir(exist_ok=True)
    partial = folder / f".{os.getpid()}.part"
    copyfile(SHIM, partial)
    partial.replace(folder / SHIM.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        # An allowed variable: the processes that speak get few others.
        patch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
        yield folder


@pytest.fixture(scope="module")
def uncached_voice(voice_cache: Path) -> Iterator[None]:
    """The module's tests have everything spoken by the model itself, loaded once for them all."""
    import onnxruntime  # takes a moment, and few tests need it

    load = onnxruntime.InferenceSession.uncached
    loaded: dict[str, Any] = {}

    def load_once(path: str, *arguments: Any, **named: Any) -> Any:
        if path not in loaded:
            loaded[path] = load(path, *arguments, **named)
        return loaded[path]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onnxruntime, "InferenceSession", load_once)
        yield
