"""Submit, status, result, cancel, as the real client sees them."""

import asyncio
from typing import Any

import fal_client
import httpx
import pytest

from tests.fal_server import FalServer
from tests.fal_server_tests.asking import ask, now, wait_for
from tests.fal_server_tests.conftest import PORTRAIT
from tests.fal_server_tests.proxied import AsyncProxiedClient, ProxiedClient

FLASHHEAD = "fal-ai/flashhead"


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


def test_a_status_is_202_until_completed(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(queue=30)
    handle = client.submit(FLASHHEAD, flashhead)
    waiting = ask(server, handle.status_url + "?logs=1")
    assert (waiting.status_code, waiting.json()["queue_position"]) == (202, 0)


def test_a_status_is_200_when_completed_and_tells_the_log_to_who_asks(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    handle = client.submit(FLASHHEAD, flashhead)
    handle.get(interval=0.02)
    done = ask(server, handle.status_url + "?logs=false")
    assert (done.status_code, done.json()["logs"]) == (200, None)
    assert ask(server, handle.status_url + "?logs=1").json()["logs"]


def test_a_result_carries_its_units_and_its_id(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    handle = client.submit(FLASHHEAD, flashhead)
    handle.get(interval=0.02)
    result = ask(server, handle.response_url + "/response")
    assert result.headers["x-fal-billable-units"] == "1.68"
    assert result.headers["x-fal-request-id"] == handle.request_id


def test_status_streams_until_completed(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(run=1)
    handle = client.submit(FLASHHEAD, flashhead)
    events = ask(server, handle.status_url + "/stream?logs=1").text.strip().split("\n\n")
    assert len(events) > 2
    assert '"COMPLETED"' in events[-1]


def test_a_request_that_does_not_exist_is_404_with_a_good_key_and_401_with_a_bad(
    server: FalServer,
) -> None:
    server.options.keys = ("k-1",)
    url = "https://queue.fal.run/fal-ai/flashhead/requests/none/status"
    found = [ask(server, url, key=key) for key in ("k-1", "k-2", "")]
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
    server.latency(queue=30)
    handle = client.submit(FLASHHEAD, flashhead)
    early = ask(server, handle.response_url)
    assert (early.status_code, early.json()["detail"]) == (400, "Request is still in progress")


def test_runs_over_the_limit_wait_in_line(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.options.concurrency = 1
    server.latency(run=1)
    first, second, third = (client.submit(FLASHHEAD, flashhead) for _ in range(3))
    wait_for(first, fal_client.InProgress)
    assert [now(second).position, now(third).position] == [0, 1]
    third.get(interval=0.02)
    assert now(first).error is None
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
    assert ask(server, url, key="").status_code == 200


def test_the_direct_layout_works_without_a_proxy(server: FalServer) -> None:
    headers = {"authorization": "Key k-1"}
    submitted = httpx.post(f"{server.url}/queue/fal-ai/flashhead", json={}, headers=headers)
    status = httpx.get(submitted.json()["status_url"], headers=headers)
    assert submitted.json()["status_url"].startswith(server.url)
    assert status.status_code in (200, 202)


def test_a_target_that_is_none_of_fals_is_refused(server: FalServer) -> None:
    assert ask(server, "https://example.com/anything").status_code == 412
