"""Parts become one video, frame by frame."""

import itertools
from pathlib import Path

import av
import numpy as np
import pytest

from talkinghead.av.sound import read_sound
from talkinghead.core.errors import InvalidRecording, RenderCancelled, RenderFailed
from talkinghead.renders.parts.joining import join_parts
from talkinghead.renders.parts.part_video import PartVideo, read_index
from tests.renders.marked_parts import marked_part, marked_video, marks_of, speech_of

LENGTHS = [(60, 63), (40, 38), (75, 75)]  # frames wanted, frames there
FAST = {"preset": "ultrafast", "crf": "32", "g": "25"}


def parts_in(folder: Path, options: dict[str, str] | None = None) -> list[PartVideo]:
    return [
        marked_part(folder, number, wanted, have, options=options)
        for number, (wanted, have) in enumerate(LENGTHS)
    ]


def expected(fade: int = 0) -> list[int | None]:
    """The marks of the joined video; None within a crossfade."""
    marks: list[int | None] = []
    for number, (wanted, have) in enumerate(LENGTHS):
        own: list[int | None] = [1000 * number + min(k, have - 1) for k in range(wanted)]
        marks += own if number == len(LENGTHS) - 1 else own[: wanted - fade] + [None] * fade
    return marks


@pytest.mark.parametrize("options", [None, FAST], ids=["reordered", "in order"])
def test_each_part_gives_exactly_its_frames(tmp_path: Path, options: dict[str, str] | None) -> None:
    parts = parts_in(tmp_path, options)
    facts = join_parts(parts, speech_of(tmp_path, 175), tmp_path / "out.mp4", crossfade_frames=0)
    assert marks_of(tmp_path / "out.mp4") == expected()
    assert (facts.frames, facts.fps, facts.has_sound) == (175, 25.0, True)


def test_a_crossfade_moves_no_frame(tmp_path: Path) -> None:
    join_parts(parts_in(tmp_path), speech_of(tmp_path, 175), tmp_path / "out.mp4")
    seen = marks_of(tmp_path / "out.mp4")
    wanted = expected(fade=4)
    assert len(seen) == len(wanted)
    assert all(mark == want for mark, want in zip(seen, wanted, strict=True) if want is not None)


def test_frames_have_their_own_times(tmp_path: Path) -> None:
    join_parts(parts_in(tmp_path), speech_of(tmp_path, 175), tmp_path / "out.mp4")
    with av.open(str(tmp_path / "out.mp4")) as file:
        times = [frame.time for frame in file.decode(video=0)]
    assert times == pytest.approx([number / 25 for number in range(175)], abs=1e-4)


def test_pictures_away_from_joins_are_copied_bit_for_bit(tmp_path: Path) -> None:
    parts = parts_in(tmp_path, FAST)
    join_parts(parts, speech_of(tmp_path, 175), tmp_path / "out.mp4")

    def packets(path: Path) -> list[bytes]:
        with av.open(str(path)) as file:
            return [bytes(packet) for packet in file.demux(video=0) if packet.size]

    joined = set(packets(tmp_path / "out.mp4"))
    assert set(packets(parts[0].path)[:50]) <= joined
    assert set(packets(parts[2].path)) <= joined


def test_the_sound_is_the_whole_speech_without_a_seam(tmp_path: Path) -> None:
    speech = speech_of(tmp_path, 175)
    join_parts(parts_in(tmp_path), speech, tmp_path / "out.mp4")
    before, after = read_sound(speech, 24_000).samples, read_sound(tmp_path / "out.mp4", 24_000)
    count = min(len(before), len(after.samples)) - 2000
    assert abs(len(before) - len(after.samples)) < 2400
    assert np.corrcoef(before[1000:count], after.samples[1000:count])[0, 1] > 0.95


def test_parts_of_different_kinds_are_joined_all_the_same(tmp_path: Path) -> None:
    parts = [
        PartVideo(marked_video(tmp_path / "a.mp4", 50, 0), 50),
        PartVideo(marked_video(tmp_path / "b.mp4", 52, 1000, options=FAST), 50),
        PartVideo(marked_video(tmp_path / "c.mp4", 120, 2000, fps=50), 60),
    ]
    join_parts(parts, speech_of(tmp_path, 160), tmp_path / "out.mp4", crossfade_frames=0)
    seen = marks_of(tmp_path / "out.mp4")
    assert seen[:100] == [*range(50), *range(1000, 1050)]
    assert len(seen) == 160
    assert np.abs(np.array(seen[100:]) - (2000 + 2 * np.arange(60))).max() <= 1


def test_other_sizes_take_the_first_parts_size(tmp_path: Path) -> None:
    parts = [
        PartVideo(marked_video(tmp_path / "a.mp4", 30, 0), 30),
        PartVideo(marked_video(tmp_path / "b.mp4", 30, 1000, size=(192, 128)), 30),
    ]
    facts = join_parts(parts, speech_of(tmp_path, 60), tmp_path / "out.mp4")
    assert (facts.width, facts.height, facts.frames) == (160, 96, 60)


def test_a_part_much_too_short_is_named(tmp_path: Path) -> None:
    parts = [marked_part(tmp_path, 0, 50, 50), marked_part(tmp_path, 1, 90, 50)]
    with pytest.raises(RenderFailed, match=r"Part 2 .* 1.6 s too short"):
        join_parts(parts, speech_of(tmp_path, 140), tmp_path / "out.mp4")


def test_a_damaged_part_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    good = marked_part(tmp_path, 0, 50, 50)
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(good.path.read_bytes()[:300])
    speech = speech_of(tmp_path, 100)
    with pytest.raises(RenderFailed, match="damaged or missing"):
        join_parts([good, PartVideo(bad, 50)], speech, tmp_path / "out.mp4")
    assert {each.name for each in tmp_path.iterdir()} == {"part0.mp4", "bad.mp4", "speech.wav"}


def test_a_speech_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecording):
        join_parts([marked_part(tmp_path, 0, 50, 50)], tmp_path / "gone", tmp_path / "out.mp4")


def test_joining_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    parts, speech, reported = parts_in(tmp_path), speech_of(tmp_path, 175), list[float]()
    join_parts(parts, speech, tmp_path / "out.mp4", on_progress=reported.append)
    assert reported == sorted(reported)
    assert reported[-1] == 1.0
    asked = itertools.count()
    with pytest.raises(RenderCancelled):
        join_parts(parts, speech, tmp_path / "no.mp4", is_cancelled=lambda: next(asked) > 0)
    assert not list(tmp_path.glob("*no*"))


def test_an_index_knows_where_packets_can_end(tmp_path: Path) -> None:
    index = read_index(marked_video(tmp_path / "a.mp4", 60))
    assert index.is_regular
    assert index.frames == 60
    assert index.whole_packets(60) == 60
    kept = index.whole_packets(50)
    assert 45 <= kept <= 50
    assert sorted(index.order[:kept]) == list(range(kept))
