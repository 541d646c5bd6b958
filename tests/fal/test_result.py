"""Fetching what was paid for in spite of faults on the way."""

import pytest

from talkinghead.core.errors import (
    ProviderUnreachable,
    RenderFailed,
)
from talkinghead.jobs.renderer import RenderedVideo
from tests.fal.workbench import Workbench, watched


def fetched(bench: Workbench, *faults: str, times: int | None = 1) -> RenderedVideo:
    for fault in faults:
        bench.fal.fault(fault, times=times)
    return bench.rendered(bench.flashhead())


@pytest.mark.parametrize(
    "fault",
    ["result_drop", "result_401", "result_404", "result_429", "result_500", "result_json_503",
     "result_nginx_502", "result_in_progress", "result_malformed_json", "result_no_video",
     "result_plain_url", "result_bare_file", "result_other_host", "media_drop", "media_404",
     "media_429", "media_500", "media_truncated", "media_short", "media_wrong_type", "media_empty",
     "media_not_video", "media_redirect", "media_redirect_loop", "media_no_length",
     "run_octet_stream"],
)  # fmt: skip
def test_a_finished_video_is_had_in_spite_of(bench: Workbench, fault: str) -> None:
    assert fetched(bench, fault).path.stat().st_size > 1000
    assert len(bench.fal.bills) == 1


@pytest.mark.parametrize("fault", ["result_500", "result_in_progress", "media_short", "media_drop"])
def test_a_video_that_cannot_be_had_now_may_be_had_later(bench: Workbench, fault: str) -> None:
    with pytest.raises(ProviderUnreachable, match="ownload it again"):
        fetched(bench, fault, times=None)
    bench.fal.fal.faults.clear()
    (job,) = bench.fal.jobs
    request = bench.request(bench.flashhead())
    assert bench.run(lambda r: r.fetch(request, job.request_id)).path.exists()
    assert len(bench.fal.bills) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("result_expired", "no longer has this render"),
        ("media_expired", "no longer keeps this video"),
        ("result_no_video", "sent no video"),
    ],
)
def test_a_video_that_is_gone_is_said_so(bench: Workbench, fault: str, words: str) -> None:
    with pytest.raises(RenderFailed, match=words) as caught:
        fetched(bench, fault, times=None)
    assert caught.value.charged is not False


def test_nothing_unfinished_is_left_in_the_folder(bench: Workbench) -> None:
    with pytest.raises(ProviderUnreachable):
        fetched(bench, "media_truncated", times=None)
    assert list(bench.request(bench.flashhead()).folder.iterdir()) == []


def test_a_failed_run_is_explained_by_fetching_too(bench: Workbench) -> None:
    bench.fal.fault("run_face_detection_error")
    request_id = bench.submitted(bench.flashhead())
    request = bench.request(bench.flashhead())
    with pytest.raises(RenderFailed):
        bench.run(lambda r: watched(r, request, request_id))
    with pytest.raises(RenderFailed) as caught:
        bench.run(lambda r: r.fetch(request, request_id))
    assert caught.value.field == "portrait"
