"""What may reach fal's client of a lost answer, and what must not; where requests and keys go."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest
from fal_client.client import AsyncBackupDomainTransport

from talkinghead.core.errors import SubmitUnconfirmed
from talkinghead.fal.transport import PROXY_HOLDS_KEY, FalTransport, Unreachable, listening

KEY = {"Authorization": "Key secret"}
SUBMIT = "https://queue.fal.run/fal-ai/flashhead"

Answering = Callable[[httpx.Request], httpx.Response]


class Recorder(httpx.AsyncBaseTransport):
    """A transport in place of the network: records requests, then returns or raises its outcome."""

    def __init__(self, outcome: httpx.Response | Exception) -> None:
        self.outcome = outcome
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class Broken(httpx.AsyncByteStream):
    """A body that breaks off."""

    async def __aiter__(self):  # type: ignore[no-untyped-def]
        yield b'{"request_'
        raise httpx.ReadError("connection lost")


def sent(
    outcome: httpx.Response | Exception,
    method: str = "POST",
    url: str = SUBMIT,
    proxy_url: str | None = None,
    headers: dict[str, str] = KEY,
) -> tuple[httpx.Response, httpx.Request]:
    """The answer to one request, and the request as it left."""
    recorder = Recorder(outcome)

    async def send() -> httpx.Response:
        transport = FalTransport(recorder, proxy_url)
        async with httpx.AsyncClient(transport=transport, headers=headers) as client:
            return await client.request(method, url, content=b"{}")

    return asyncio.run(send()), recorder.requests[-1]


NOTHING_SENT = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("slow"),
    httpx.PoolTimeout("busy"),
    httpx.ProxyError("no tunnel"),
]
LOST = [
    httpx.ReadError("reset"),
    httpx.WriteError("reset"),
    httpx.CloseError("reset"),
    httpx.ReadTimeout("slow"),
    httpx.WriteTimeout("slow"),
    httpx.RemoteProtocolError("Server disconnected"),
    httpx.LocalProtocolError("odd"),
    httpx.DecodingError("odd"),
]


def name(error: Exception) -> str:
    return type(error).__name__


@pytest.mark.parametrize("error", NOTHING_SENT, ids=name)
def test_a_paying_request_that_never_left_may_be_sent_again(error: Exception) -> None:
    with pytest.raises(type(error)):
        sent(error)


@pytest.mark.parametrize("error", LOST, ids=name)
def test_a_lost_answer_to_a_paying_request_is_unconfirmed(error: Exception) -> None:
    with pytest.raises(SubmitUnconfirmed) as caught:
        sent(error)
    assert not isinstance(caught.value, httpx.HTTPError)
    assert caught.value.charged is None


@pytest.mark.parametrize("status", [408, 409, 499, 500, 502, 503, 504, 599])
def test_an_answer_that_leaves_it_open_is_unconfirmed(status: int) -> None:
    with pytest.raises(SubmitUnconfirmed):
        sent(httpx.Response(status, text="<h1>nginx</h1>"))


@pytest.mark.parametrize("status", [200, 201, 202, 302, 400, 401, 402, 403, 404, 413, 422, 429])
def test_a_clear_answer_to_a_paying_request_is_passed_on(status: int) -> None:
    assert sent(httpx.Response(status, json={}))[0].status_code == status


def test_a_body_that_breaks_off_is_a_lost_answer() -> None:
    with pytest.raises(SubmitUnconfirmed):
        sent(httpx.Response(200, stream=Broken()))


@pytest.mark.parametrize(
    "url", ["https://fal.run/fal-ai/x", "https://queue.falrun.com/a/b", "https://example.org/a"]
)
def test_a_post_to_any_host_but_storage_and_platform_counts_as_paying(url: str) -> None:
    with pytest.raises(SubmitUnconfirmed):
        sent(httpx.ReadError("reset"), url=url)


@pytest.mark.parametrize(
    "url",
    [
        "https://v3.fal.media/files/upload",
        "https://rest.fal.ai/storage/auth/token",
        "https://api.fal.ai/v1/models/pricing/estimate",
    ],
)
def test_an_upload_that_is_lost_may_be_sent_again(url: str) -> None:
    with pytest.raises(httpx.ReadError):
        sent(httpx.ReadError("reset"), url=url)


def test_a_cancel_that_is_lost_may_be_sent_again() -> None:
    with pytest.raises(httpx.ReadError):
        sent(httpx.ReadError("reset"), "PUT", f"{SUBMIT}/requests/1/cancel")


def test_reading_fails_at_once_so_that_who_reads_decides() -> None:
    with pytest.raises(Unreachable):
        sent(httpx.ReadTimeout("slow"), "GET", f"{SUBMIT}/requests/1/status")


def test_a_server_error_is_an_answer_to_who_reads() -> None:
    assert sent(httpx.Response(503), "GET")[0].status_code == 503


def test_without_a_proxy_requests_go_straight_to_fal() -> None:
    request = sent(httpx.Response(200))[1]
    assert str(request.url) == SUBMIT
    assert request.headers["host"] == "queue.fal.run"
    assert "x-fal-target-url" not in request.headers


def test_with_a_proxy_its_address_gets_the_request_and_the_header_names_fal() -> None:
    request = sent(httpx.Response(200), proxy_url="http://127.0.0.1:9/fal", url=f"{SUBMIT}?a=1")[1]
    assert str(request.url) == "http://127.0.0.1:9/fal"
    assert request.headers["host"] == "127.0.0.1:9"
    assert request.headers["x-fal-target-url"] == f"{SUBMIT}?a=1"
    assert request.headers["authorization"] == "Key secret"
    assert json.loads(request.read()) == {}


def test_a_proxy_that_holds_the_key_is_sent_none() -> None:
    place_holder = {"Authorization": f"Key {PROXY_HOLDS_KEY.get_secret_value()}"}
    answer = httpx.Response(200)
    request = sent(answer, proxy_url="http://127.0.0.1:9/", headers=place_holder)[1]
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    "url", ["https://storage.googleapis.com/x", "https://v3.fal.media/f", "https://evilfal.run/x"]
)
def test_the_key_goes_to_fal_alone(url: str) -> None:
    assert "authorization" not in sent(httpx.Response(200), "PUT", url)[1].headers


def test_the_storages_own_token_passes() -> None:
    headers = {"Authorization": "Bearer token"}
    request = sent(httpx.Response(200), url="https://v3.fal.media/files/upload", headers=headers)[1]
    assert request.headers["authorization"] == "Bearer token"


def test_who_listens_hears_the_headers_of_an_answer() -> None:
    with listening() as answers:
        sent(httpx.Response(422, headers={"X-Fal-Request-Id": "r-1"}))
    assert [(a.status, a.headers["x-fal-request-id"]) for a in answers] == [(422, "r-1")]


def test_fals_backup_address_is_tried_when_the_first_cannot_be_connected() -> None:
    class OnlyBackup(Recorder):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.host == "queue.fal.run":
                raise httpx.ConnectError("refused")
            return await super().handle_async_request(request)

    backup = OnlyBackup(httpx.Response(200, json={}))

    async def send() -> int:
        transport = FalTransport(AsyncBackupDomainTransport(transport=backup))
        async with httpx.AsyncClient(transport=transport, headers=KEY) as client:
            return (await client.post(SUBMIT, json={})).status_code

    assert asyncio.run(send()) == 200
    assert [request.url.host for request in backup.requests] == ["queue.falrun.com"]
