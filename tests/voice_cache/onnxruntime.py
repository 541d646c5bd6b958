"""The real onnxruntime, with sessions that cache their outputs in the folder of this file.

The fixture `voice_cache` copies this file into a folder of the test run and puts that first on the
path of this process and of those it starts. So a sentence that several tests have spoken is
computed once a run, and a cached one is returned without loading the model.
"""

import hashlib
import sys
from collections.abc import Mapping
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import numpy as np

FOLDER = Path(__file__).resolve().parent


def import_real() -> ModuleType:
    """Import the package that this file hides."""
    spec = PathFinder.find_spec("onnxruntime", [each for each in sys.path if Path(each) != FOLDER])
    assert spec is not None, "onnxruntime is not installed."
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["onnxruntime"] = module  # its own modules import it by this name
    spec.loader.exec_module(module)
    return module


real: Any = import_real()


class CachedSession:
    """An `InferenceSession` that loads its model only for inputs that are not in the cache.

    Args:
        path: the model; its name contains the checksum of its content.
        arguments, named: for the real session.
    """

    uncached = real.InferenceSession

    def __init__(self, path: str, *arguments: Any, **named: Any) -> None:
        self._path = path
        self._arguments, self._named = arguments, named
        self._session: Any = None
        if any(getattr(each, "optimized_model_filepath", "") for each in arguments):
            self._loaded()  # which writes that file

    def run(self, outputs: None, inputs: Mapping[str, Any]) -> list[Any]:
        """Return the model's outputs for these inputs."""
        file = FOLDER / f"{self._fingerprint(inputs)}.npz"
        if not file.exists():
            partial = file.with_name(f"{uuid4().hex}.part")
            with partial.open("xb") as target:
                np.savez(target, *self._loaded().run(outputs, inputs))
            partial.replace(file)
        with np.load(file) as cached:
            return [cached[f"arr_{number}"] for number in range(len(cached.files))]

    def _fingerprint(self, inputs: Mapping[str, Any]) -> str:
        digest = hashlib.sha256(Path(self._path).name.encode())
        for name, value in sorted(inputs.items()):
            digest.update(f"{name} {value.dtype} {value.shape} ".encode())
            digest.update(value.tobytes())
        return digest.hexdigest()

    def _loaded(self) -> Any:
        if self._session is None:
            self._session = self.uncached(self._path, *self._arguments, **self._named)
        return self._session


real.InferenceSession = CachedSession
