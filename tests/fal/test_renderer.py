"""The whole way of a video over a real socket, and cancelling on it."""

from typing import Any

import av
import pytest

from talkinghead.catalogue import MODELS, ModelInput, StableAvatarInput
from talkinghead.core.errors import (
    ProviderUnreachable,
    RenderCancelled,
)
from talkinghead.fal.renderer import FalRenderer
from talkinghead.jobs.renderer import RenderedVideo
from tests.fal.workbench import KEY, Workbench


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.endpoint_id)
def test_every_model_makes_a_video_and_is_billed_once(
    bench: Workbench, model: type[ModelInput]
) -> None:
    video = bench.rendered(bench.smallest(model))
    with av.open(str(video.path)) as container:
        assert container.streams.video[0].frames > 0
    assert len(bench.fal.bills) == 1
    assert video.billed_units == bench.fal.bills[0].units


def test_all_traffic_goes_to_the_proxy_and_carries_the_key(bench: Workbench) -> None:
    bench.fal.options.keys = (KEY,)
    bench.rendered(bench.smallest(StableAvatarInput))
    asked = [visit for visit in bench.fal.visits if "/files/b/" not in visit.url]
    assert {visit.url.split("/")[2] for visit in asked} == {
        "rest.fal.ai",
        "v3.fal.media",
        "queue.fal.run",
    }
    assert all(visit.through_proxy for visit in asked)


def test_a_video_is_fetched_without_the_key(bench: Workbench) -> None:
    bench.rendered(bench.flashhead())
    (download,) = [visit for visit in bench.fal.visits if "/files/b/" in visit.url]
    assert download.account is None


def test_a_video_at_fals_own_address_is_fetched_through_the_proxy(bench: Workbench) -> None:
    bench.fal.options.media_address = "fal"
    assert bench.rendered(bench.flashhead()).path.stat().st_size > 1000


def test_the_videos_seed_and_facts_come_with_it_but_no_address(bench: Workbench) -> None:
    video = bench.rendered(bench.flashhead())
    assert video.seed == 7
    assert set(video.facts) == {"duration", "timings"}


async def _cancelled(renderer: FalRenderer, bench: Workbench) -> tuple[str, RenderedVideo]:
    request = bench.request(bench.flashhead())
    request_id = await renderer.submit(request, await renderer.prepare(request))
    said = ""
    async for progress in renderer.watch(request, request_id):
        if not said and (progress.phase == "rendering" or bench.fal.options.latency.get("queue")):
            said = (await renderer.cancel(request, request_id)).text
    return said, await renderer.fetch(request, request_id)


@pytest.mark.parametrize("shown", ["completed", "not_found"])
def test_a_render_cancelled_in_the_queue_is_free(bench: Workbench, shown: Any) -> None:
    bench.fal.options.cancelled_shows = shown
    bench.fal.latency(queue=5)
    with pytest.raises(RenderCancelled, match="weren't charged") as caught:
        bench.run(lambda r: _cancelled(r, bench))
    assert caught.value.charged is False
    assert bench.fal.bills == []


def test_a_render_stopped_while_running_may_be_charged(bench: Workbench) -> None:
    bench.fal.latency(run=5)
    with pytest.raises(RenderCancelled) as caught:
        bench.run(lambda r: _cancelled(r, bench))
    assert caught.value.charged is None


def test_a_video_that_arrives_in_spite_of_a_cancel_is_kept(bench: Workbench) -> None:
    bench.fal.latency(run=1.5)
    bench.fal.fault("run_cancel_ignored")
    said, video = bench.run(lambda r: _cancelled(r, bench))
    assert "may still be charged" in said
    assert video.path.exists()


@pytest.mark.parametrize(
    ("fault", "words"),
    [("cancel_completed", "had already finished"), ("cancel_not_found", "no longer has")],
)
def test_each_answer_to_a_cancel_has_its_sentence(bench: Workbench, fault: str, words: str) -> None:
    bench.fal.latency(run=2)
    request_id = bench.submitted(bench.flashhead())
    bench.fal.fault(fault)
    request = bench.request(bench.flashhead())
    assert words in bench.run(lambda r: r.cancel(request, request_id)).text


def test_a_cancel_that_does_not_arrive_is_said_so(bench: Workbench) -> None:
    bench.fal.latency(run=2)
    request_id = bench.submitted(bench.flashhead())
    bench.fal.fault("cancel_500")
    request = bench.request(bench.flashhead())
    with pytest.raises(ProviderUnreachable, match="it continues"):
        bench.run(lambda r: r.cancel(request, request_id))
