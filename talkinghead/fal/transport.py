"""HTTP transport to fal.ai, which guarantees that no paid request is ever sent twice.

`FalTransport` carries all traffic, also under that of fal's own client, which sends a request
again up to ten times when its answer is lost. Of a request that pays, only a failure before it
left may pass up to it; everything else that leaves the outcome open becomes `SubmitUnconfirmed`,
which it does not know and therefore does not repeat. Reading fails at once as `Unreachable`: how
long to go on is decided by who reads.
"""

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx
from pydantic import SecretStr

from talkinghead.core.errors import SubmitUnconfirmed
from talkinghead.core.money import amount_in
from talkinghead.core.web.bounded import TooLarge, read_body

PROXY_HOLDS_KEY = SecretStr("held-by-the-proxy")
"""In place of a key where the proxy adds its own: no Authorization is sent at all."""

KEY_HOSTS = ("fal.run", "fal.ai", "falrun.com")
"""Only these hosts and their subdomains ever receive the key."""
FREE_HOSTS = ("rest.fal.ai", "api.fal.ai", "fal.media")
"""Storage and platform: a POST to any other host is taken for one that pays."""
CLEAR_REFUSALS = frozenset(range(300, 500)) - {408, 409, 499}
"""A paying request's clear no; all else but success leaves open whether it was accepted."""
NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
LARGEST_ANSWER = 8 * 2**20  # bytes of an answer's body, decoded
POLL_SECONDS = 20.0
"""So long at most an answer to a question is waited for: it is simply asked again."""
UNCONFIRMED = (
    "We couldn't confirm your order with fal.ai. You may have been charged. Check again in a "
    "moment (free); resending may charge you twice."
)


class Unreachable(Exception):
    """A repeatable request got no answer."""


class AnswerTooLarge(Unreachable):
    """The answer to a repeatable request is longer than any that can be meant."""


NETWORK_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, Unreachable)
"""The errors of sending and reading, for callers that do not import the HTTP library."""


UNITS_HEADER = "x-fal-billable-units"
LONGEST_UNITS = 40  # characters of a value that is no amount


@dataclass(frozen=True)
class BilledUnits:
    """How many units fal says it billed.

    Attributes:
        amount: zero or more, or None where fal does not say, or nothing that can be meant.
        unusable: what it said, where that is no amount.
    """

    amount: Decimal | None = None
    unusable: str | None = None


@dataclass(frozen=True)
class Answer:
    """One HTTP answer: status, headers (lower-case names) and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, response: httpx.Response) -> "Answer":
        """Build it from a response that has been read."""
        return cls(response.status_code, dict(response.headers), response.content)

    def json(self) -> Any:
        """Return the body as JSON, or None if it is not JSON. Numbers that are not finite, which no
        database keeps, are None."""
        try:
            return json.loads(self.body, parse_float=_finite, parse_constant=_finite)
        except (ValueError, RecursionError):
            return None

    @property
    def billed(self) -> "BilledUnits":
        """What fal says it billed for this."""
        said = self.headers.get(UNITS_HEADER)
        if said is None:
            return BilledUnits()
        units = amount_in(said)
        if units is None or units < 0:
            return BilledUnits(unusable=said[:LONGEST_UNITS])
        return BilledUnits(units)


def _finite(number: str) -> float | None:
    parsed = float(number)
    return parsed if math.isfinite(parsed) else None


_heard: ContextVar[list[Answer] | None] = ContextVar("heard", default=None)


@contextmanager
def listening() -> Iterator[list[Answer]]:
    """Context manager: collects the answers to this task's requests, whose headers fal's client
    discards."""
    answers: list[Answer] = []
    token = _heard.set(answers)
    try:
        yield answers
    finally:
        _heard.reset(token)


async def _read(response: httpx.Response) -> httpx.Response:
    """Return the response with its body read: one that breaks off is a lost answer too.

    Raises:
        TooLarge: it does not end.
    """
    try:
        body = await read_body(response, LARGEST_ANSWER)
    finally:
        await response.aclose()
    headers = response.headers.copy()
    for name in ("content-encoding", "content-length", "transfer-encoding"):
        headers.pop(name, None)  # they are those of the body as it was sent
    return httpx.Response(response.status_code, headers=headers, content=body)


def _below(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == each or host.endswith(f".{each}") for each in hosts)


def _pays(request: httpx.Request) -> bool:
    return request.method == "POST" and not _below(request.url.host, FREE_HOSTS)


class FalTransport(httpx.AsyncBaseTransport):
    """Sends each request once: to fal, or to the proxy with fal's URL in `x-fal-target-url`.

    Args:
        inner: what really sends.
        proxy_url: the proxy, or None.
        answer_seconds: how long an answer is waited for, whatever fal's client would wait.

    Raises:
        SubmitUnconfirmed: a paying request left and its outcome is open.
        Unreachable: reading got no answer, or an upload or a cancel none in time.
        AnswerTooLarge: the answer is longer than `LARGEST_ANSWER`.
        httpx.TransportError: a paying request did not leave, or the connection of an upload or a
            cancel broke; all these may be sent again.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        proxy_url: str | None = None,
        answer_seconds: float = 60,
    ) -> None:
        self._inner = inner
        self._proxy_url = httpx.URL(proxy_url) if proxy_url else None
        self._answer_seconds = answer_seconds

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and return its answer, read to the end."""
        try:
            response = await _read(await self._inner.handle_async_request(self._addressed(request)))
        except TooLarge as error:
            if _pays(request):
                raise SubmitUnconfirmed(UNCONFIRMED) from error
            raise AnswerTooLarge(str(error)) from error
        except httpx.RequestError as error:
            if _pays(request) and not isinstance(error, NOTHING_SENT):
                raise SubmitUnconfirmed(UNCONFIRMED) from error
            # What kept silent once is not asked ten times more by fal's client.
            silent = isinstance(error, httpx.ReadTimeout) and not _pays(request)
            if request.method == "GET" or silent:
                raise Unreachable(type(error).__name__) from error
            raise
        if (heard := _heard.get()) is not None:
            heard.append(Answer.of(response))
        if _pays(request) and not (response.is_success or response.status_code in CLEAR_REFUSALS):
            raise SubmitUnconfirmed(UNCONFIRMED)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    def _addressed(self, request: httpx.Request) -> httpx.Request:
        """Return the request as sent: to the right host, and the key only to fal."""
        headers = request.headers.copy()
        if not self._may_see_key(request):
            del headers["authorization"]
        url = request.url
        if self._proxy_url is not None:
            headers["x-fal-target-url"] = str(url)
            url = self._proxy_url
        headers["host"] = url.netloc.decode("ascii")
        return httpx.Request(
            request.method,
            url,
            headers=headers,
            stream=request.stream,
            extensions={**request.extensions, "timeout": self._timeouts(request)},
        )

    def _timeouts(self, request: httpx.Request) -> dict[str, float | None]:
        """Return the request's timeouts, none of them infinite."""
        asked: dict[str, float | None] = request.extensions.get("timeout", {})
        longest = self._answer_seconds
        if request.method == "GET":
            longest = min(longest, POLL_SECONDS)
        limits = {name: asked.get(name) or longest for name in ("connect", "read", "write", "pool")}
        return {**limits, "read": min(limits["read"], longest)}

    @staticmethod
    def _may_see_key(request: httpx.Request) -> bool:
        """Whether the authorization may be sent to the host: fal's key only to fal, the proxy's
        placeholder to nobody, other tokens anywhere."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme != "Key":
            return True
        held = key == PROXY_HOLDS_KEY.get_secret_value()
        return not held and _below(request.url.host, KEY_HOSTS)
