"""The platform API, the controls, and what survives a restart."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fal_server import FalServer, Options
from tests.fal_server.endpoints import ENDPOINTS
from tests.fal_server_tests.proxied import ProxiedClient

FLASHHEAD = "fal-ai/flashhead"


def _platform(server: FalServer, path: str, method: str = "GET", **more: Any) -> httpx.Response:
    headers = {
        "x-fal-target-url": f"https://api.fal.ai/v1{path}",
        "authorization": f"Key {more.pop('key', 'k-1')}",
    }
    return httpx.request(method, server.url, headers=headers, **more)


def test_models_say_whether_they_are_active(server: FalServer) -> None:
    server.options.gone = ("fal-ai/stable-avatar",)
    asked = "/models?endpoint_id=fal-ai/flashhead,fal-ai/stable-avatar&expand=openapi-3.0"
    shown = _platform(server, asked).json()["models"]
    assert [model["metadata"]["status"] for model in shown] == ["active", "deprecated"]
    assert shown[0]["openapi"]["info"]["x-fal-metadata"]["endpointId"] == FLASHHEAD


def test_prices_are_those_of_the_documents(server: FalServer) -> None:
    ids = ",".join(ENDPOINTS)
    prices = _platform(server, f"/models/pricing?endpoint_id={ids}").json()["prices"]
    found = {price["endpoint_id"]: (price["unit_price"], price["unit"]) for price in prices}
    assert found[FLASHHEAD] == (0.005, "seconds")
    assert found["fal-ai/infinitalk"] == (0.2, "seconds")
    assert found["fal-ai/minimax/speech-2.8-turbo"] == (0.06, "1000 characters")
    assert _platform(server, "/models/pricing?endpoint_id=no/such").status_code == 404


def test_an_estimate_multiplies(server: FalServer) -> None:
    body = {"estimate_type": "unit_price", "endpoints": {FLASHHEAD: {"unit_quantity": 12}}}
    answer = _platform(server, "/models/pricing/estimate", "POST", json=body)
    assert answer.json()["total_cost"] == 0.06


def test_the_balance_falls_with_the_bills_and_wants_an_admin_key(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    client.subscribe(FLASHHEAD, flashhead, interval=0.02)
    credits_left = _platform(server, "/account/billing?expand=credits").json()["credits"]
    assert credits_left == {"current_balance": pytest.approx(1000 - 0.0084), "currency": "USD"}
    assert _platform(server, "/models/usage").json()["time_series"][0]["quantity"] == 1.68
    server.options.admin = False
    refused = _platform(server, "/account/billing")
    assert (refused.status_code, refused.json()["error"]["type"]) == (403, "authorization_error")


def test_a_request_is_found_again_by_its_endpoint(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    output = client.subscribe(FLASHHEAD, flashhead, interval=0.02)
    server.latency(queue=30)
    waiting = client.submit(FLASHHEAD, flashhead)
    path = f"/models/requests/by-endpoint?endpoint_id={FLASHHEAD}&expand=payloads"
    items = _platform(server, path).json()["items"]
    assert [item["status_code"] for item in items] == [None, 200]
    assert (items[0]["request_id"], items[0]["json_input"]) == (waiting.request_id, flashhead)
    assert items[1]["json_output"] == output
    page = _platform(server, path + "&limit=1").json()
    assert (len(page["items"]), page["has_more"]) == (1, True)
    one = _platform(server, path + f"&request_id={waiting.request_id}").json()["items"]
    assert len(one) == 1
    for nothing in ("&status=error", "&end=2020-01-01", "&start=2099-01-01T00:00:00Z"):
        assert _platform(server, path + nothing).json()["items"] == []
    assert _platform(server, path, key="another").json()["items"] == []
    server.options.list_unfinished = False
    assert len(_platform(server, path).json()["items"]) == 1
    server.options.listing_delay = 60
    assert _platform(server, path).json()["items"] == []


def test_payloads_can_be_deleted(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    handle = client.submit(FLASHHEAD, flashhead)
    url = handle.get(interval=0.02)["video"]["url"]
    path = f"/models/requests/{handle.request_id}/payloads"
    assert len(_platform(server, path, "DELETE").json()["cdn_delete_results"]) == 1
    assert httpx.get(url).status_code == 404


@pytest.mark.parametrize("endpoint_id", list(ENDPOINTS))
def test_the_openapi_document_holds_the_inputs(server: FalServer, endpoint_id: str) -> None:
    url = f"https://fal.ai/api/openapi/queue/openapi.json?endpoint_id={endpoint_id}"
    document = httpx.get(server.url, headers={"x-fal-target-url": url}).json()
    post = document["paths"][f"/{endpoint_id}"]["post"]
    reference = post["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    assert schema["x-fal-order-properties"] == list(ENDPOINTS[endpoint_id].inputs.model_fields)


def test_the_ledger_names_arguments_that_were_paid_twice(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    server.fault("submit_drop_after")
    client.subscribe(FLASHHEAD, flashhead, interval=0.02)
    while len(server.bills) < 2:
        client.submit("fal-ai/kokoro/american-english", {}).status()
    ledger = httpx.get(f"{server.url}/_control/ledger").json()
    assert list(ledger["repeated"].values()) == [2]
    assert ledger["total"] == "0.01680"


def test_the_log_of_requests_tells_no_key(server: FalServer, client: ProxiedClient) -> None:
    client.submit(FLASHHEAD, {})
    log = httpx.get(f"{server.url}/_control/requests")
    assert [visit["status_code"] for visit in log.json()] == [200]
    assert log.json()[0]["account"]
    assert "k-1" not in log.text


def test_the_controls_set_faults_latencies_and_options(server: FalServer) -> None:
    control = f"{server.url}/_control"
    assert httpx.post(f"{control}/faults", json={"name": "submit_429", "times": 3}).is_success
    assert httpx.post(f"{control}/latency", json={"run": [1, 2], "status": 0.1}).is_success
    assert httpx.post(f"{control}/options", json={"balance": "3.5"}).is_success
    assert server.fal.faults.rules[0].times == 3
    assert server.options.latency == {"run": (1.0, 2.0), "status": (0.1, 0.1)}
    assert str(server.options.balance) == "3.5"
    for path, body in (("faults", {"name": "x"}), ("latency", {"x": 1}), ("options", {"x": 1})):
        assert httpx.post(f"{control}/{path}", json=body).status_code == 422
    assert "submit_429" in httpx.get(f"{control}/faults").json()["catalogue"]
    assert httpx.delete(f"{control}/faults").json()["set"] == []


def test_a_reset_forgets_everything(
    server: FalServer, client: ProxiedClient, flashhead: dict[str, Any]
) -> None:
    client.subscribe(FLASHHEAD, flashhead, interval=0.02)
    server.reset()
    assert (server.bills, server.jobs, server.visits) == ([], [], [])


def test_a_restarted_server_finishes_what_it_had_accepted_and_bills_it_once(
    tmp_path: Path, flat: bytes
) -> None:
    state = tmp_path / "fal.sqlite"
    with FalServer(Options(), state=state) as first:
        client = ProxiedClient(key="k-1").through(first.url)
        portrait = client.upload(
            Path("components/portraits/samples/mona-lisa.jpg").read_bytes(), "image/jpeg"
        )
        arguments = {"image_url": portrait, "text": "Hello there."}
        done = client.submit(FLASHHEAD, arguments)
        done.get(interval=0.02)
        first.latency(run=60)
        open_one = client.submit(FLASHHEAD, arguments)
    with FalServer(Options(), state=state, port=first.port) as second:
        for handle in (done, open_one):
            url = client.result(FLASHHEAD, handle.request_id)["video"]["url"]
            assert httpx.get(url).status_code == 200
        assert {bill.request_id for bill in second.bills} == {
            done.request_id,
            open_one.request_id,
        }
        client.upload(flat, "image/png")
        assert second.visits[-1].url == "https://v3.fal.media/files/upload"  # its token still good
        client.close()


def test_the_command_serves_with_its_latencies_and_faults() -> None:
    command = [sys.executable, "-m", "tests.fal_server", "--port", "0", "--key", "k"]
    command += ["--latency", "status=0", "run=0..0.1", "--fault", "platform_500=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip().partition("FAL_PROXY_URL=")[2]
        try:
            for _ in range(100):
                try:
                    assert httpx.get(f"{url}/v1/models").status_code == 500
                    break
                except httpx.ConnectError:
                    pass
        finally:
            process.terminate()
