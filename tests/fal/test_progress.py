"""Watching a render over a real socket."""

from typing import Any

import pytest

from talkinghead.core.errors import (
    KeyNeeded,
    RenderFailed,
)
from talkinghead.fal.renderer import FalRenderer
from talkinghead.jobs.renderer import Progress
from tests.fal.workbench import Workbench, posts, watched


def events(bench: Workbench, **options: Any) -> list[Progress]:
    """What a watch of a new render tells."""
    request = bench.request(bench.flashhead("Word " * 30))

    async def work(renderer: FalRenderer) -> list[Progress]:
        request_id = await renderer.submit(request, await renderer.prepare(request))
        return await watched(renderer, request, request_id, **options)

    return bench.run(work)


def lines(reported: list[Progress]) -> list[str]:
    return [line for progress in reported for line in progress.lines]


def test_every_log_line_is_reported_once_and_in_order(bench: Workbench) -> None:
    bench.fal.latency(run=1.2, queue=0.3)
    reported = lines(events(bench))
    (job,) = bench.fal.jobs
    assert reported == [entry["message"] for entry in job.logs]
    assert len(reported) > 5


def test_stored_lines_are_not_reported_again(bench: Workbench) -> None:
    first = lines(events(bench))
    (job,) = bench.fal.jobs
    request = bench.request(bench.flashhead("Word " * 30))
    again = bench.run(lambda r: watched(r, request, job.request_id, seen=first[:3]))
    assert lines(again) == first[3:]


def test_a_run_that_is_retried_goes_back_and_loses_no_line(bench: Workbench) -> None:
    bench.fal.latency(run=1.5, queue=0.5)
    bench.fal.fault("run_regression")
    reported = events(bench)
    phases = [progress.phase for progress in reported]
    assert phases.index("queued", phases.index("rendering")) > 0
    (job,) = bench.fal.jobs
    assert lines(reported) == [entry["message"] for entry in job.logs]


@pytest.mark.parametrize(
    "fault",
    ["status_drop", "status_404", "status_401", "status_500", "status_json_503", "status_nginx_502",
     "status_429", "status_malformed_json", "status_logs_missing", "status_logs_null",
     "status_unknown", "status_no_position", "run_no_logs"],
)  # fmt: skip
def test_a_paid_render_is_not_lost_by_trouble_while_watching(bench: Workbench, fault: str) -> None:
    bench.fal.fault(fault, times=2)
    assert bench.rendered(bench.flashhead(), patience=30).path.exists()
    assert (posts(bench), len(bench.fal.bills)) == (1, 1)


def test_a_request_that_fal_forgets_is_said_so(bench: Workbench) -> None:
    bench.fal.fault("status_404", times=None)
    with pytest.raises(RenderFailed, match="no longer has this render") as caught:
        bench.rendered(bench.flashhead())
    assert caught.value.charged is None


def test_a_key_that_is_withdrawn_makes_the_render_wait_not_fail(bench: Workbench) -> None:
    request = bench.request(bench.flashhead())
    request_id = bench.submitted(bench.flashhead())
    bench.fal.options.keys = ("another",)
    with pytest.raises(KeyNeeded):
        bench.run(lambda r: watched(r, request, request_id))


@pytest.mark.parametrize(
    ("fault", "field", "charged"),
    [
        ("run_face_detection_error", "portrait", None),
        ("run_image_too_small", "portrait", False),
        ("run_content_policy_violation", "script", None),
        ("run_internal_server_error", None, False),
        ("run_runner_disconnected", None, False),
        ("run_generation_timeout", None, False),
    ],
)
def test_a_failed_run_is_explained(
    bench: Workbench, fault: str, field: str | None, charged: bool | None
) -> None:
    bench.fal.fault(fault)
    with pytest.raises(RenderFailed) as caught:
        bench.rendered(bench.flashhead())
    assert (caught.value.field, caught.value.charged) == (field, charged)
