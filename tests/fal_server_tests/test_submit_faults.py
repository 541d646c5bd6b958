"""Each fault of the submit: what the real client does, and whether the server accepted."""

from typing import Any

import fal_client
import httpx
import pytest

from tests.fal_server import FalServer
from tests.fal_server_tests.proxied import ProxiedClient

FLASHHEAD = "fal-ai/flashhead"


def _submits(server: FalServer) -> int:
    return sum(visit.method == "POST" and "queue.fal.run" in visit.url for visit in server.visits)


@pytest.mark.parametrize(
    ("fault", "sent", "accepted"),
    [
        ("submit_drop", 2, 1),
        ("submit_drop_after", 2, 2),
        ("submit_nginx_502", 2, 1),
        ("submit_nginx_503_after", 2, 2),
        ("submit_nginx_504_after", 2, 2),
        ("submit_408_after", 2, 2),
        ("submit_409_after", 2, 2),
        ("submit_429", 2, 1),
    ],
)
def test_the_client_sends_again_what_it_does_not_understand_and_pays_twice(
    server: FalServer,
    client: ProxiedClient,
    flashhead: dict[str, Any],
    fault: str,
    sent: int,
    accepted: int,
) -> None:
    server.fault(fault)
    client.submit(FLASHHEAD, flashhead).get(interval=0.02)
    assert (_submits(server), len(server.jobs)) == (sent, accepted)


@pytest.mark.parametrize(
    ("fault", "status", "accepted"),
    [
        ("submit_401", 401, 0),
        ("submit_403_locked", 403, 0),
        ("submit_404", 404, 0),
        ("submit_422", 422, 0),
        ("submit_500", 500, 0),
        ("submit_json_503", 503, 0),
        ("submit_json_503_after", 503, 1),
    ],
)
def test_a_refusal_of_the_submit_is_sent_once(
    server: FalServer,
    client: ProxiedClient,
    flashhead: dict[str, Any],
    fault: str,
    status: int,
    accepted: int,
) -> None:
    server.fault(fault)
    with pytest.raises(fal_client.FalClientHTTPError) as refused:
        client.submit(FLASHHEAD, flashhead)
    assert refused.value.status_code == status
    assert (_submits(server), len(server.jobs)) == (1, accepted)


@pytest.mark.parametrize(
    ("fault", "problem"),
    [("submit_malformed_json", ValueError), ("submit_no_request_id", KeyError)],
)
def test_an_accepted_submit_may_be_answered_with_nonsense(
    server: FalServer, client: ProxiedClient, fault: str, problem: type[Exception]
) -> None:
    server.fault(fault)
    with pytest.raises(problem):
        client.submit(FLASHHEAD, {})
    assert len(server.jobs) == 1


@pytest.mark.parametrize(("fault", "accepted"), [("submit_hang", 0), ("submit_hang_after", 1)])
def test_a_submit_may_hang(server: FalServer, fault: str, accepted: int) -> None:
    server.fault(fault, value=0.1)
    target = {"x-fal-target-url": "https://queue.fal.run/fal-ai/flashhead"}
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.post(server.url, json={}, headers=target | {"authorization": "Key k"})
    assert len(server.jobs) == accepted
