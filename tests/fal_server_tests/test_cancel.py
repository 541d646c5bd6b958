"""Cancels: in the queue, while it runs, after the end, and at the wrong address."""

from typing import Any

import fal_client
import pytest

from tests.fal_server import FalServer
from tests.fal_server_tests.asking import ask, now, wait_for
from tests.fal_server_tests.proxied import ProxiedClient

FLASHHEAD = "fal-ai/flashhead"


def test_a_cancel_in_the_queue_is_200_and_free(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(queue=30)
    handle = client.submit(FLASHHEAD, flashhead)
    cancelled = ask(server, handle.cancel_url, "PUT")
    assert (cancelled.status_code, cancelled.json()) == (200, {"status": "OK"})
    assert now(handle).error_type == "client_cancelled"
    with pytest.raises(fal_client.FalClientHTTPError) as ended:
        handle.get(interval=0.02)
    assert ended.value.status_code == 499
    assert not server.bills


def test_a_cancelled_request_may_be_not_found_afterwards(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.latency(queue=30)
    server.options.cancelled_shows = "not_found"
    handle = client.submit(FLASHHEAD, flashhead)
    handle.cancel()
    assert ask(server, handle.status_url).status_code == 404


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
    server.latency(run=1)
    server.options.change({"cancel_running": mode})
    handle = client.submit(FLASHHEAD, flashhead)
    wait_for(handle, fal_client.InProgress)
    cancelled = ask(server, handle.cancel_url, "PUT")
    assert (cancelled.status_code, cancelled.json()["status"]) == (202, "CANCELLATION_REQUESTED")
    assert wait_for(handle, fal_client.Completed).error_type == error_type
    assert len(server.bills) == bills


def test_a_cancel_after_completion_is_400_and_at_the_long_address_405(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    handle = client.submit(FLASHHEAD, flashhead)
    handle.get(interval=0.02)
    done = ask(server, handle.cancel_url, "PUT")
    assert (done.status_code, done.json()) == (400, {"status": "ALREADY_COMPLETED"})
    long = handle.cancel_url.replace("flashhead/", "flashhead/image/")
    assert ask(server, long, "PUT").status_code == 405
    assert ask(server, handle.cancel_url.replace(handle.request_id, "x"), "PUT").json() == {
        "status": "NOT_FOUND"
    }
