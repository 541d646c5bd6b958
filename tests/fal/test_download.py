"""A video is whole, or it is not there."""

from pathlib import Path

import pytest

from talkinghead.fal.download import Incomplete, check_whole, file_of
from tests.fal.workbench import Workbench


@pytest.mark.parametrize(
    ("output", "file"),
    [
        ({"video": {"url": "https://a/b.mp4", "file_size": 9}}, ("https://a/b.mp4", 9)),
        ({"video": {"url": "https://a/b.mp4", "file_size": None}}, ("https://a/b.mp4", None)),
        ({"video": "https://a/b.mp4"}, ("https://a/b.mp4", None)),
        ({"video": "b.mp4"}, None),
        ({"video": {"url": None}}, None),
        ({"seed": 1}, None),
        (None, None),
        ([], None),
    ],
)
def test_the_video_is_found_in_any_form_of_output(output: object, file: object) -> None:
    assert file_of(output) == file


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_video_that_was_cut_is_incomplete_wherever_it_was(
    bench: Workbench, tmp_path: Path, share: float
) -> None:
    whole = bench.rendered(bench.flashhead("Some words to speak.")).path.read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Incomplete):
        check_whole(path, None)


def test_a_video_smaller_than_its_announced_size_is_incomplete(bench: Workbench) -> None:
    path = bench.rendered(bench.flashhead()).path
    check_whole(path, path.stat().st_size)
    with pytest.raises(Incomplete):
        check_whole(path, path.stat().st_size + 1)
