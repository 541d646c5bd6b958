"""Renders on fal, over a real socket: the whole way, and each part alone."""

import av
import pytest

from tests.renderers.workbench import Workbench

MODELS = ("flashhead", "infinitalk", "infinitalk-text", "stable-avatar", "heygen")


@pytest.mark.parametrize("number", range(5), ids=MODELS)
def test_every_model_makes_a_video_and_is_billed_once(bench: Workbench, number: int) -> None:
    video = bench.rendered(bench.inputs()[number])
    with av.open(str(video.path)) as container:
        assert container.streams.video[0].frames > 0
    assert len(bench.fal.bills) == 1
    assert video.billed_units == float(bench.fal.bills[0].units)
