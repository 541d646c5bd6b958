"""`draft`: one line of JSON, or one line on standard error and exit code 2."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from talkinghead.__main__ import main
from talkinghead.av.loudness import TARGET, loudness
from talkinghead.av.sound import Sound, read_sound, write_sound
from tests.draft.samples import ASTRONAUT, MONA_LISA, ROOT, SPEECH, short_recording

GOOD = {"--portrait": str(MONA_LISA), "--script": "Hello.", "--size": "96x96"}


def arguments(out: Path, **changes: str | None) -> list[str]:
    """The draft command; a change to None leaves the option out."""
    options: dict[str, str | None] = {**GOOD, "--out": str(out)}
    options |= {f"--{name}": value for name, value in changes.items()}
    pairs = ((name, value) for name, value in options.items() if value is not None)
    return ["draft", *(part for pair in pairs for part in pair)]


def test_a_script_becomes_a_video_and_one_line_of_json(tmp_path: Path) -> None:
    out = tmp_path / "video.mp4"
    done = subprocess.run(
        [sys.executable, "-m", "talkinghead", *arguments(out, voice="Aria", seed="3")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    (line,) = done.stdout.splitlines()
    report = json.loads(line)
    assert set(report) == {
        "seconds", "frames", "width", "height", "fps", "render_seconds", "peak_rss_mb", "voice",
        "face",
    }  # fmt: skip
    assert set(report["face"]) == {"box", "score"}
    assert (report["width"], report["height"], report["voice"]) == (96, 96, "af_heart")
    assert out.stat().st_size > 1000


def test_a_recording_becomes_a_video(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audio = str(short_recording(tmp_path, 1.0))
    assert main(arguments(tmp_path / "video.mp4", script=None, audio=audio)) == 0
    assert json.loads(capsys.readouterr().out)["frames"] == 25


def test_a_quiet_recording_is_as_loud_as_on_the_page(tmp_path: Path) -> None:
    speech = read_sound(short_recording(tmp_path, 2.0))
    quiet = tmp_path / "quiet.wav"
    write_sound(Sound(speech.samples * np.float32(0.05), speech.rate), quiet)
    out = tmp_path / "video.mp4"
    assert main(arguments(out, script=None, audio=str(quiet))) == 0
    assert loudness(read_sound(out)) == pytest.approx(TARGET, abs=1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"portrait": "nowhere.png"}, "does not exist"),
        ({"portrait": "."}, "is a folder"),
        ({"portrait": str(SPEECH)}, "photo"),
        ({"portrait": None}, "--portrait"),
        ({"script": None, "audio": "nowhere.wav"}, "does not exist"),
        ({"script": None, "audio": str(ASTRONAUT)}, "recording"),
        ({"audio": str(SPEECH)}, "not allowed with"),
        ({"script": None}, "--script and --audio is required"),
        ({"script": ""}, "is empty"),
        ({"script": "🙂" * 12_001}, "12,000"),
        ({"voice": "Beethoven"}, "no voice"),
        ({"size": "512"}, "WIDTHxHEIGHT"),
        ({"size": "0x0"}, "64 to 1920"),
        ({"size": "5000x512"}, "64 to 1920"),
        ({"seed": "-1"}, "seed"),
        ({"seed": "many"}, "seed"),
        ({"colour": "red"}, "colour"),
    ],
    ids=str,
)
def test_an_error_is_one_line_and_nothing_is_written(
    changes: dict[str, str | None],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(arguments(tmp_path / "video.mp4", **changes)) == 2
    output = capsys.readouterr()
    assert output.out == ""
    (line,) = output.err.splitlines()
    assert said in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("out", "said"),
    [("", "is a folder"), ("missing/video.mp4", "does not exist"), ("video.avi", ".mp4")],
)
def test_a_place_that_cannot_hold_the_video_is_said_at_once(
    out: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments(tmp_path / out)) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_no_command_is_an_error_of_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_draft_loads_neither_database_nor_engine_before_it_is_ordered() -> None:
    code = (
        "import sys; from talkinghead.__main__ import main; main(['draft', '--size', '1x1']); "
        "print(sorted({'sqlalchemy', 'dbos', 'numpy', 'streamlit'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
