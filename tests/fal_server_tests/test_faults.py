"""Each fault has its documented effect, and only when it is set."""

from typing import Any, cast

import fal_client
import httpx
import pytest

from tests.fal_server import FalServer, Options
from tests.fal_server.errors import MODEL_ERRORS, REQUEST_ERRORS
from tests.fal_server.faults import CATALOGUE
from tests.fal_server_tests.proxied import ProxiedClient

FLASHHEAD = "fal-ai/flashhead"


@pytest.mark.parametrize("error_type", [*MODEL_ERRORS, *REQUEST_ERRORS])
def test_a_run_ends_with_each_error_and_is_not_billed(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any], error_type: str
) -> None:
    server.fault(f"run_{error_type}")
    handle = client.submit(FLASHHEAD, flashhead)
    with pytest.raises(fal_client.FalClientHTTPError) as failed:
        handle.get(interval=0.02)
    status = (
        MODEL_ERRORS[error_type].status_code
        if error_type in MODEL_ERRORS
        else REQUEST_ERRORS[error_type][0]
    )
    assert failed.value.status_code == status
    assert failed.value.error_type == error_type
    assert cast(Any, handle.status()).error_type == error_type
    assert not server.bills


def test_a_failure_may_be_charged(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.fault("run_error_charged")
    with pytest.raises(fal_client.FalClientHTTPError):
        client.subscribe(FLASHHEAD, flashhead, interval=0.02)
    assert len(server.bills) == 1


def test_a_retried_run_goes_back_to_the_queue_and_keeps_its_lines(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(run=1)
    server.fault("run_regression")
    handle = client.submit(FLASHHEAD, flashhead)
    seen = [type(status).__name__ for status in handle.iter_events(with_logs=True, interval=0.02)]
    changes = [name for name, before in zip(seen, ["", *seen], strict=False) if name != before]
    assert changes[-4:] == ["InProgress", "Queued", "InProgress", "Completed"]


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("status_logs_missing", KeyError),
        ("status_unknown", ValueError),
        ("status_no_position", KeyError),
        ("status_malformed_json", ValueError),
        ("status_404", fal_client.FalClientHTTPError),
        ("status_500", fal_client.FalClientHTTPError),
        ("status_json_503", fal_client.FalClientHTTPError),
        ("status_401", fal_client.FalClientHTTPError),
    ],
)
def test_a_status_fails_in_each_way_and_recovers(
    server: FalServer,
    client: ProxiedClient,
    flashhead: dict[str, Any],
    fault: str,
    problem: type[Exception],
) -> None:
    handle = client.submit(FLASHHEAD, flashhead)
    handle.get(interval=0.02)
    server.fault(fault, request_id=handle.request_id)
    with pytest.raises(problem):
        handle.status(with_logs=True)
    assert isinstance(handle.status(with_logs=True), fal_client.Completed)


def test_logs_may_be_null(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.fault("run_no_logs")
    handle = client.submit(FLASHHEAD, flashhead)
    handle.get(interval=0.02)
    assert cast(Any, handle.status(with_logs=True)).logs is None


def test_a_result_that_expired_is_not_found_ever_after(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    handle = client.submit(FLASHHEAD, flashhead)
    handle.get(interval=0.02)
    server.fault("result_expired")
    for _ in range(2):
        with pytest.raises(fal_client.FalClientHTTPError) as gone:
            client.result(FLASHHEAD, handle.request_id)
        assert gone.value.status_code == 404


@pytest.mark.parametrize(
    ("fault", "video"),
    [("result_no_video", None), ("result_plain_url", str), ("result_bare_file", dict)],
)
def test_a_result_comes_in_other_shapes(
    server: FalServer,
    client: ProxiedClient,
    flashhead: dict[str, Any],
    fault: str,
    video: type | None,
) -> None:
    server.fault(fault)
    found = client.subscribe(FLASHHEAD, flashhead, interval=0.02).get("video")
    assert found is None if video is None else isinstance(found, video)


def test_a_result_may_live_on_another_host(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.fault("result_other_host")
    url = client.subscribe(FLASHHEAD, flashhead, interval=0.02)["video"]["url"]
    assert url.startswith("http://localhost:")
    assert httpx.get(url).status_code == 200


@pytest.mark.parametrize(
    ("fault", "status", "text"),
    [
        ("cancel_completed", 400, "ALREADY_COMPLETED"),
        ("cancel_not_found", 404, "NOT_FOUND"),
        ("cancel_500", 500, "Internal"),
    ],
)
def test_a_cancel_is_refused_in_each_way(
    server: FalServer,
    client: ProxiedClient,
    flashhead: dict[str, Any],
    fault: str,
    status: int,
    text: str,
) -> None:
    server.latency(queue=30)
    handle = client.submit(FLASHHEAD, flashhead)
    server.fault(fault)
    with pytest.raises(fal_client.FalClientHTTPError, match=text) as refused:
        handle.cancel()
    assert refused.value.status_code == status


def test_a_run_completes_in_spite_of_a_cancel(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(run=1)
    server.fault("run_cancel_ignored")
    handle = client.submit(FLASHHEAD, flashhead)
    next(s for s in handle.iter_events(interval=0.01) if isinstance(s, fal_client.InProgress))
    handle.cancel()
    assert handle.get(interval=0.02)["video"]
    assert len(server.bills) == 1


def test_faults_strike_after_some_so_many_times_and_one_endpoint_only(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.fault("submit_500", times=2, skip=1, endpoint_id=FLASHHEAD)
    found = []
    for endpoint_id in (FLASHHEAD, FLASHHEAD, "fal-ai/stable-avatar", FLASHHEAD, FLASHHEAD):
        try:
            client.submit(endpoint_id, flashhead)
        except fal_client.FalClientHTTPError as problem:
            found.append(problem.status_code)
        else:
            found.append(200)
    assert found == [200, 500, 200, 500, 200]


def test_a_fault_waits_for_the_next_request_or_is_asked_for_in_its_words(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.fault("media_404", request_id="next", times=None)
    struck, well = (client.subscribe(FLASHHEAD, flashhead, interval=0.02) for _ in range(2))
    assert httpx.get(struck["video"]["url"]).status_code == 404
    assert httpx.get(well["video"]["url"]).status_code == 200
    asked = flashhead | {"text": "Good day. [fault run_face_detection_error]"}
    with pytest.raises(fal_client.FalClientHTTPError, match="face"):
        client.subscribe(FLASHHEAD, asked, interval=0.02)


def test_chance_is_the_same_with_the_same_seed(flashhead: dict[str, Any]) -> None:
    def codes() -> list[int]:
        with FalServer(Options(seed=5)) as server:
            server.fault("platform_500", times=None, probability=0.5)
            url = f"{server.url}/v1/models"
            return [httpx.get(url).status_code for _ in range(12)]

    first = codes()
    assert first == codes()
    assert set(first) == {200, 500}


def test_every_fault_has_a_name_that_can_be_set(server: FalServer) -> None:
    for name in CATALOGUE:
        server.fault(name)
    with pytest.raises(ValueError, match="no fault"):
        server.fault("submit_nonsense")
