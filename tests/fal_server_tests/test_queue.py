"""Submit, status, result, cancel, as the real client sees them."""

import asyncio
from typing import Any

import fal_client
import httpx
import pytest

from tests.fal_server import FalServer
from tests.fal_server_tests.conftest import PORTRAIT
from tests.fal_server_tests.proxied import AsyncProxiedClient, ProxiedClient

FLASHHEAD = "fal-ai/flashhead"


def _ask(server: FalServer, url: str, method: str = "GET", key: str = "k-1") -> httpx.Response:
    headers = {"x-fal-target-url": url} | ({"authorization": f"Key {key}"} if key else {})
    return httpx.request(method, server.url, headers=headers)


def _now(handle: Any) -> Any:
    return handle.status()


def _wait_for(handle: Any, kind: type) -> Any:
    for status in handle.iter_events(with_logs=True, interval=0.01):
        if isinstance(status, kind):
            return status
    raise AssertionError(f"never {kind.__name__}")


def test_submit_answers_with_addresses_of_owner_and_app(
    server: FalServer, client: ProxiedClient
) -> None:
    handle = client.submit("fal-ai/heygen/avatar4/image-to-video", {})
    base = f"https://queue.fal.run/fal-ai/heygen/requests/{handle.request_id}"
    assert handle.response_url == base
    assert (handle.status_url, handle.cancel_url) == (f"{base}/status", f"{base}/cancel")


def test_a_run_is_queued_then_in_progress_then_completed_with_all_its_lines(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(queue=0.15, run=0.6)
    server.options.log_interval = 0.05
    seen: list[Any] = []
    handle = client.submit(FLASHHEAD, flashhead)
    seen.extend(handle.iter_events(with_logs=True, interval=0.02))
    kinds = list(dict.fromkeys(type(status).__name__ for status in seen))
    assert kinds == ["Queued", "InProgress", "Completed"]
    counts = [len(status.logs) for status in seen if not isinstance(status, fal_client.Queued)]
    assert counts == sorted(counts)
    assert counts[-1] >= 10
    last = seen[-1].logs
    assert len({line["message"] for line in last}) == len(last)
    assert {"message", "timestamp", "level", "source"} <= set(last[0])
    assert seen[-1].metrics["inference_time"] >= 0.5


def test_status_codes_are_202_until_completed_then_200(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(queue=0.2)
    handle = client.submit(FLASHHEAD, flashhead)
    waiting = _ask(server, handle.status_url + "?logs=1")
    assert (waiting.status_code, waiting.json()["queue_position"]) == (202, 0)
    handle.get(interval=0.02)
    done = _ask(server, handle.status_url + "?logs=false")
    assert (done.status_code, done.json()["logs"]) == (200, None)
    assert _ask(server, handle.status_url + "?logs=1").json()["logs"]
    result = _ask(server, handle.response_url + "/response")
    assert result.headers["x-fal-billable-units"] == "1.68"
    assert result.headers["x-fal-request-id"] == handle.request_id


def test_status_streams_until_completed(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(run=0.2)
    handle = client.submit(FLASHHEAD, flashhead)
    events = _ask(server, handle.status_url + "/stream?logs=1").text.strip().split("\n\n")
    assert len(events) > 2
    assert '"COMPLETED"' in events[-1]


def test_a_request_that_does_not_exist_is_404_with_a_good_key_and_401_with_a_bad(
    server: FalServer,
) -> None:
    server.options.keys = ("k-1",)
    url = "https://queue.fal.run/fal-ai/flashhead/requests/none/status"
    found = [_ask(server, url, key=key) for key in ("k-1", "k-2", "")]
    assert [answer.status_code for answer in found] == [404, 401, 401]
    assert found[0].json() == {"status": "NOT_FOUND"}
    assert found[1].json() == {"detail": "No user found for Key ID and Secret"}


def test_an_endpoint_that_is_not_there_is_404(server: FalServer, client: ProxiedClient) -> None:
    server.options.gone = ("fal-ai/stable-avatar",)
    for endpoint_id in ("fal-ai/nothing", "fal-ai/flashhead/nothing", "fal-ai/stable-avatar"):
        with pytest.raises(fal_client.FalClientHTTPError) as refused:
            client.submit(endpoint_id, {})
        assert refused.value.status_code == 404


def test_an_account_without_balance_is_locked(server: FalServer, client: ProxiedClient) -> None:
    server.options.change({"balance": "0"})
    with pytest.raises(fal_client.FalClientHTTPError, match="Exhausted balance") as refused:
        client.submit(FLASHHEAD, {})
    assert refused.value.status_code == 403


def test_the_result_before_its_time_is_400(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(queue=5)
    handle = client.submit(FLASHHEAD, flashhead)
    early = _ask(server, handle.response_url)
    assert (early.status_code, early.json()["detail"]) == (400, "Request is still in progress")


def test_a_cancel_in_the_queue_is_200_and_free(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(queue=5)
    handle = client.submit(FLASHHEAD, flashhead)
    cancelled = _ask(server, handle.cancel_url, "PUT")
    assert (cancelled.status_code, cancelled.json()) == (200, {"status": "OK"})
    assert _now(handle).error_type == "client_cancelled"
    with pytest.raises(fal_client.FalClientHTTPError) as ended:
        handle.get(interval=0.02)
    assert ended.value.status_code == 499
    assert not server.bills


def test_a_cancelled_request_may_be_not_found_afterwards(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(queue=5)
    server.options.cancelled_shows = "not_found"
    handle = client.submit(FLASHHEAD, flashhead)
    handle.cancel()
    assert _ask(server, handle.status_url).status_code == 404


@pytest.mark.parametrize(
    ("mode", "bills", "error_type"),
    [
        ("stops", 0, "client_cancelled"),
        ("stops_billed", 1, "client_cancelled"),
        ("completes", 1, None),
    ],
)
def test_a_cancel_of_a_run_is_202_and_ends_as_the_option_says(
    server: FalServer,
    client: ProxiedClient,
    flashhead: dict[str, Any],
    mode: str,
    bills: int,
    error_type: str | None,
) -> None:
    server.latency(run=0.4)
    server.options.change({"cancel_running": mode})
    handle = client.submit(FLASHHEAD, flashhead)
    _wait_for(handle, fal_client.InProgress)
    cancelled = _ask(server, handle.cancel_url, "PUT")
    assert (cancelled.status_code, cancelled.json()["status"]) == (202, "CANCELLATION_REQUESTED")
    assert _wait_for(handle, fal_client.Completed).error_type == error_type
    assert len(server.bills) == bills


def test_a_cancel_after_completion_is_400_and_at_the_long_address_405(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    handle = client.submit(FLASHHEAD, flashhead)
    handle.get(interval=0.02)
    done = _ask(server, handle.cancel_url, "PUT")
    assert (done.status_code, done.json()) == (400, {"status": "ALREADY_COMPLETED"})
    long = handle.cancel_url.replace("flashhead/", "flashhead/image/")
    assert _ask(server, long, "PUT").status_code == 405
    assert _ask(server, handle.cancel_url.replace(handle.request_id, "x"), "PUT").json() == {
        "status": "NOT_FOUND"
    }


def test_runs_over_the_limit_wait_in_line(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.options.concurrency = 1
    server.latency(run=0.3)
    first, second, third = (client.submit(FLASHHEAD, flashhead) for _ in range(3))
    _wait_for(first, fal_client.InProgress)
    assert [_now(second).position, _now(third).position] == [0, 1]
    third.get(interval=0.02)
    assert _now(first).error is None
    assert len(server.bills) == 3


def test_a_start_timeout_ends_the_wait(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(queue=30)
    handle = client.submit(FLASHHEAD, flashhead, start_timeout=1.1)
    with pytest.raises(fal_client.FalClientHTTPError) as late:
        handle.get(interval=0.05)
    assert late.value.status_code == 504
    assert late.value.response_headers["x-fal-request-timeout-type"] == "user"


def test_run_answers_directly(client: ProxiedClient, flashhead: dict[str, Any]) -> None:
    assert client.run(FLASHHEAD, flashhead)["duration"] == pytest.approx(1.68)


def test_the_async_client_uploads_subscribes_and_cancels(server: FalServer, flat: bytes) -> None:
    async def work() -> tuple[dict[str, Any], list[str]]:
        client = await AsyncProxiedClient(key="k-1").through(server.url)
        url = await client.upload(PORTRAIT.read_bytes(), "image/jpeg", "mona.jpg")
        lines: list[str] = []
        output = await client.subscribe(
            FLASHHEAD,
            {"image_url": url, "text": "Hello there."},
            with_logs=True,
            interval=0.02,
            on_queue_update=lambda status: lines.extend(
                line["message"] for line in getattr(status, "logs", None) or []
            ),
        )
        await (await client._client).aclose()
        return output, lines

    output, lines = asyncio.run(work())
    assert output["video"]["url"].startswith(server.url)
    assert "Loading model weights..." in lines


def test_results_may_live_at_fals_own_address_behind_the_proxy(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.options.media_address = "fal"
    url = client.subscribe(FLASHHEAD, flashhead, interval=0.02)["video"]["url"]
    assert url.startswith("https://v3.fal.media/files/")
    assert _ask(server, url, key="").status_code == 200


def test_the_direct_layout_works_without_a_proxy(server: FalServer) -> None:
    headers = {"authorization": "Key k-1"}
    submitted = httpx.post(f"{server.url}/queue/fal-ai/flashhead", json={}, headers=headers)
    status = httpx.get(submitted.json()["status_url"], headers=headers)
    assert submitted.json()["status_url"].startswith(server.url)
    assert status.status_code in (200, 202)


def test_a_target_that_is_none_of_fals_is_refused(server: FalServer) -> None:
    assert _ask(server, "https://example.com/anything").status_code == 412
