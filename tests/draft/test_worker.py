"""The worker: a line of JSON in, lines of JSON out, and gone when nobody listens."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from talkinghead.core.workers.protocol import ABANDONED, DONE, REFUSED
from tests.draft.samples import MONA_LISA, ROOT, SPEECH, short_recording

PATIENCE = 60  # seconds; only a worker that hangs needs them


def worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "talkinghead.draft.worker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def order(recording: Path, out: Path, **changes: Any) -> bytes:
    values = {
        "portrait": str(MONA_LISA), "script": None, "recording": str(recording),
        "voice": "af_heart", "width": 128, "height": 128, "fps": 25, "seed": 0, "out": str(out),
    }  # fmt: skip
    return json.dumps(values | changes).encode() + b"\n"


def run(line: bytes) -> tuple[int, list[dict[str, Any]]]:
    """The exit code and the events; stdin stays open until the worker is done by itself."""
    with worker() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        process.stdin.flush()
        events = [json.loads(each) for each in process.stdout]
        return process.wait(PATIENCE), events


def test_events_lead_to_a_report_and_a_video(tmp_path: Path) -> None:
    out = tmp_path / "video.mp4"
    code, events = run(order(short_recording(tmp_path), out))
    assert code == DONE
    assert out.exists()
    fractions = [event["fraction"] for event in events]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert events[-1]["report"]["frames"] == 50
    assert "Found the face" in [event["line"] for event in events]


def test_a_refused_order_names_its_field(tmp_path: Path) -> None:
    code, events = run(order(SPEECH, tmp_path / "video.mp4", portrait=str(SPEECH)))
    assert code == REFUSED
    assert events[-1]["error"]["field"] == "portrait"
    assert events[-1]["error"]["text"].endswith(".")
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_is_no_order_is_refused() -> None:
    for line in (b"hello\n", b"{}\n", b'{"out": "x.mp4", "colour": 1}\n', b"[]\n"):
        code, events = run(line)
        assert code == REFUSED
        assert events[-1]["error"]["text"]


def test_it_ends_when_stdin_closes_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "videos"
    folder.mkdir()
    with worker() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(order(SPEECH, folder / "video.mp4", width=1280, height=1280))
        process.stdin.flush()
        for line in process.stdout:  # in the middle of the drawing
            if b"Drawing" in line:
                break
        process.stdin.close()
        assert process.wait(PATIENCE) == ABANDONED
    assert list(folder.iterdir()) == []


def test_it_ends_when_nobody_orders_anything() -> None:
    with worker() as process:
        process.communicate(timeout=PATIENCE)
        assert process.returncode == ABANDONED
