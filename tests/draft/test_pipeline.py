"""A whole draft: from files to a finished video whose lips follow the sound."""

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from talkinghead.av.loudness import loudness
from talkinghead.av.sound import read_sound
from talkinghead.core.errors import (
    InvalidParameters,
    InvalidPortrait,
    InvalidRecording,
    InvalidScript,
    StorageFailed,
)
from talkinghead.draft.mouth.lip_reading import best_lag, read_lips
from talkinghead.draft.mouth.visemes import frame_count, mouth_curves
from talkinghead.draft.pipeline import render_draft
from talkinghead.draft.values import DraftOrder, DraftReport
from talkinghead.speech.alignment.recording_alignment import hear
from tests.draft.samples import ASTRONAUT, MONA_LISA, SPEECH, short_recording


def silent(fraction: float, line: str | None) -> None:
    """Nobody listens to the progress."""


def render(order: DraftOrder, out: Path) -> DraftReport:
    return render_draft(order, out, silent)


def order(folder: Path, seconds: float = 1.2, side: int = 128) -> DraftOrder:
    recording = short_recording(folder, seconds)
    return DraftOrder(portrait=MONA_LISA, recording=recording, width=side, height=side)


def frames(path: Path) -> list[npt.NDArray[np.uint8]]:
    with av.open(str(path)) as file:
        decoded = (frame.to_ndarray(format="rgb24") for frame in file.decode(video=0))
        return [each.astype(np.uint8, copy=False) for each in decoded]


@pytest.mark.parametrize("portrait", [MONA_LISA, ASTRONAUT], ids=lambda path: path.stem)
def test_the_lips_in_the_finished_file_follow_the_plan(portrait: Path, tmp_path: Path) -> None:
    out = tmp_path / "video.mp4"
    recording = short_recording(tmp_path, 6.0)
    render(DraftOrder(portrait=portrait, recording=recording, width=256, height=256), out)
    plan = mouth_curves(hear(read_sound(recording)), 25).open
    lag, agreement = best_lag(read_lips(out).opening, plan)
    assert abs(lag) <= 1
    assert agreement > 0.8


def test_the_video_lasts_as_long_as_the_sound_and_holds_it(tmp_path: Path) -> None:
    given, out = order(tmp_path, 1.5), tmp_path / "video.mp4"
    report = render(given, out)
    assert len(frames(out)) == report.frames == frame_count(1.5, 25)
    assert report.seconds == pytest.approx(1.5, abs=0.001)
    sound, original = read_sound(out, 16_000), read_sound(tmp_path / "recording.wav", 16_000)
    count = min(len(sound.samples), len(original.samples))
    assert np.corrcoef(sound.samples[:count], original.samples[:count])[0, 1] > 0.95


def test_the_report_tells_what_was_rendered(tmp_path: Path) -> None:
    report = render(
        replace(order(tmp_path), width=131, height=96), tmp_path / "video.mp4"
    ).as_json()
    assert (report["width"], report["height"], report["fps"]) == (130, 96, 25)
    assert report["voice"] is None
    assert report["face"]["score"] > 0.8
    assert len(report["face"]["box"]) == 4
    assert report["render_seconds"] > 0
    assert report["peak_rss_mb"] > 0


def test_a_script_is_spoken_by_the_nearest_voice(tmp_path: Path) -> None:
    lines: list[str | None] = []
    given = DraftOrder(MONA_LISA, script="Hello you.", voice="George", width=96, height=96)
    report = render_draft(given, tmp_path / "video.mp4", lambda fraction, line: lines.append(line))
    assert report.voice == "bm_george"
    assert report.seconds > 0.5
    assert len(frames(tmp_path / "video.mp4")) == report.frames
    assert any(line and "George" in line for line in lines)


def test_a_script_is_as_loud_as_a_levelled_recording(tmp_path: Path) -> None:
    given = DraftOrder(MONA_LISA, script="Good morning, everybody.", width=96, height=96)
    render(given, tmp_path / "video.mp4")
    assert loudness(read_sound(tmp_path / "video.mp4")) == pytest.approx(-16, abs=1)


def test_eyes_that_are_not_to_blink_stay_open(tmp_path: Path) -> None:
    given = order(tmp_path, 3.0, 256)
    for blinks in (True, False):
        render(replace(given, blinks=blinks, gaze="at the camera"), tmp_path / f"{blinks}.mp4")
    blinking, staring = (read_lips(tmp_path / f"{blinks}.mp4").eyes for blinks in (True, False))
    assert np.ptp(staring) < 0.5 * np.ptp(blinking)


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    given = order(tmp_path)
    for name in ("a.mp4", "b.mp4"):
        render(given, tmp_path / name)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_another_seed_gives_other_movements_and_the_same_lips(tmp_path: Path) -> None:
    given = order(tmp_path, 4.0, 256)
    for seed in (1, 2):
        render(replace(given, seed=seed), tmp_path / f"{seed}.mp4")
    first, second = (read_lips(tmp_path / f"{seed}.mp4") for seed in (1, 2))
    assert np.corrcoef(first.opening, second.opening)[0, 1] > 0.9
    assert np.abs(first.eyes - second.eyes).max() > 0.01


def test_progress_goes_forward_to_the_end_in_words(tmp_path: Path) -> None:
    reported: list[tuple[float, str | None]] = []
    render_draft(
        order(tmp_path), tmp_path / "video.mp4", lambda *each: reported.append((each[0], each[1]))
    )
    fractions = [fraction for fraction, _ in reported]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    words = " ".join(line for _, line in reported if line)
    assert "Found the face" in words
    assert "Drawing frame" in words


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"portrait": Path("nowhere.png")}, InvalidPortrait),
        ({"portrait": SPEECH}, InvalidPortrait),
        ({"recording": MONA_LISA}, InvalidRecording),
        ({"recording": None}, InvalidParameters),
        ({"recording": None, "script": "  "}, InvalidScript),
        ({"recording": None, "script": "a" * 100_000}, InvalidScript),
        ({"width": 32}, InvalidParameters),
        ({"height": 4000}, InvalidParameters),
        ({"fps": 0}, InvalidParameters),
        ({"liveliness": "wild"}, InvalidParameters),
        ({"gaze": "inwards"}, InvalidParameters),
    ],
    ids=str,
)
def test_a_bad_order_is_refused_and_nothing_is_written(
    changes: dict[str, object], error: type[Exception], tmp_path: Path
) -> None:
    folder = tmp_path / "videos"
    folder.mkdir()
    with pytest.raises(error):
        render(replace(order(tmp_path), **changes), folder / "video.mp4")  # type: ignore[arg-type]  # wrong on purpose
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="folder"):
        render(order(tmp_path), tmp_path / "missing" / "video.mp4")


def test_an_error_on_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "videos"
    folder.mkdir()

    def stop(fraction: float, line: str | None) -> None:
        if line and line.startswith("Drawing"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        render_draft(order(tmp_path), folder / "video.mp4", stop)
    assert list(folder.iterdir()) == []
