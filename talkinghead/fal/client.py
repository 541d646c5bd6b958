"""fal's own client library, wrapped: the only module that imports `fal_client`.

`order`, `run_status` and the result that `fal.result` reads are fal's `subscribe` taken apart:
submit, `iter_events(with_logs=True)` and result, so that each part is durable by itself. All
traffic, uploads and their tokens included, goes over one pool of connections and `FalTransport`.
What the client raises becomes ours here.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

import httpx
from fal_client import (
    AsyncClient,
    AsyncRequestHandle,
    FalClientHTTPError,
    StorageSettings,
)
from fal_client.auth import AuthCredentials
from fal_client.client import (
    USER_AGENT,
    AsyncBackupDomainTransport,
    AsyncCDNTokenManager,
    CDNToken,
)
from pydantic import SecretStr

from talkinghead.catalogue.order import Order
from talkinghead.core.errors import (
    ProviderUnreachable,
    RenderError,
    RenderRefused,
    SubmitUnconfirmed,
)
from talkinghead.fal.errors import problem_of
from talkinghead.fal.inputs import Prepared
from talkinghead.fal.messages import (
    NOT_REACHED,
    NOT_STOPPED,
    STOP_ANSWERS,
    UPLOAD_FAILED,
)
from talkinghead.fal.network import Network
from talkinghead.fal.transport import (
    NETWORK_ERRORS,
    NOTHING_SENT,
    UNCONFIRMED,
    Answer,
    AnswerTooLarge,
    listening,
)
from talkinghead.fal.uploads import KEPT
from talkinghead.fal.watch import Forbidden, KeyRefused, Missing, RunStatus, Trouble

_STATES: dict[Any, Literal["queued", "rendering", "completed"]] = {
    "IN_QUEUE": "queued",
    "IN_PROGRESS": "rendering",
    "COMPLETED": "completed",
}
LIFECYCLE = "X-Fal-Object-Lifecycle-Preference"
LONGEST_QUEUE = 10**6
"""A place further back is no place."""
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, RecursionError)
"""What fal's client raises on an answer whose form it does not expect."""
LOG_TOO_LONG = "This render's log is too long to show."


def _position(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= LONGEST_QUEUE else None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def read_status(data: Any) -> RunStatus:
    """Return the status in an answer, read tolerantly: any field may be missing or of any form."""
    if not isinstance(data, dict):
        return RunStatus(None)
    listed, named = data.get("logs"), data.get("status")
    logs = listed if isinstance(listed, list) else None
    state = _STATES.get(named) if isinstance(named, str) else None
    if state != "completed":
        return RunStatus(state, _position(data.get("queue_position")), logs)
    return RunStatus(state, None, logs, _text(data.get("error")), _text(data.get("error_type")))


class _Handle(AsyncRequestHandle):
    """A request at fal."""

    def _parse_status(self, data: Any) -> RunStatus:  # type: ignore[override]
        return read_status(data)


class _TokenManager(AsyncCDNTokenManager):
    """Tokens for fal's storage, fetched over our connections."""

    def __init__(self, key: str, http: httpx.AsyncClient) -> None:
        super().__init__(AuthCredentials("Key", key))
        self._http = http

    async def _refresh_token(self) -> CDNToken:
        response = await self._http.post(self._url, headers=self._headers, json={})
        response.raise_for_status()
        data = response.json()
        until = datetime.fromisoformat(data["expires_at"])
        if until.tzinfo is None:  # the client compares it with an aware time
            until = until.replace(tzinfo=UTC)
        return CDNToken(data["token"], data["token_type"], data["base_url"], until)


class FalClient(AsyncClient):
    """fal's client for one API key.

    Args:
        key: the key.
        network: the connections.
        answer_seconds: how long an answer to an order or an upload is waited for.
    """

    def __init__(self, key: SecretStr, network: Network, answer_seconds: float = 60) -> None:
        super().__init__(key=key.get_secret_value(), default_timeout=answer_seconds)
        self.http = network.client(key)
        self._tokens = _TokenManager(key.get_secret_value(), self.http)
        self._storage = network.client(None)

    @property
    async def _client(self) -> httpx.AsyncClient:
        return self.http

    @property
    async def _token_manager(self) -> AsyncCDNTokenManager:
        return self._tokens

    @asynccontextmanager
    async def _cdn_client(self) -> AsyncIterator[httpx.AsyncClient]:
        yield self._storage

    def handle(self, endpoint_id: str, request_id: str) -> AsyncRequestHandle:
        """Return the request, at URLs built from its id; URLs in an answer are not trusted."""
        return _Handle.from_request_id(self.http, endpoint_id, request_id)

    async def send(self, prepared: Prepared) -> str:
        """Upload a file, kept at fal for `KEPT`, and return its URL.

        Raises:
            RenderRefused: fal does not accept the key.
            ProviderUnreachable: neither of fal's storages took it.
        """
        try:
            return await self.upload(
                prepared.data,
                prepared.content_type,
                prepared.name,
                lifecycle=StorageSettings(expires_in=int(KEPT.total_seconds())),
            )
        except FalClientHTTPError as error:
            answer = Answer.of(error.response)
        except (*NETWORK_ERRORS, *UNREADABLE):
            answer = None
        if answer is not None and answer.status in (401, 402, 403):
            raise RenderRefused(problem_of(answer, Order).text)
        raise ProviderUnreachable(UPLOAD_FAILED)

    async def order(
        self, model_input: Order, arguments: dict[str, Any], kept: timedelta | None = None
    ) -> str:
        """Submit a request: the only call that pays. Returns fal's request id.

        Args:
            model_input: the model.
            arguments: what it is sent.
            kept: how long fal keeps the output; None leaves that to the account's settings.

        Raises:
            RenderRefused: a clear no.
            ProviderUnreachable: nothing was sent.
            SubmitUnconfirmed: it left, and whether it was accepted is open.
        """
        refusal: RenderError | None
        with listening() as answers:
            try:
                handle = await self.submit(
                    model_input.endpoint_id, arguments, headers=_lifecycle(kept)
                )
                return checked_id(handle.request_id)
            except FalClientHTTPError as error:
                problem = problem_of(Answer.of(error.response), type(model_input))
                refusal = RenderRefused(problem.text, field=problem.field)
            except NOTHING_SENT:
                refusal = ProviderUnreachable(NOT_REACHED)
            except UNREADABLE:
                refusal = None  # accepted, in words that cannot be read
        if refusal is not None:
            raise refusal
        return await self._named_in_header(model_input.endpoint_id, answers)

    async def _named_in_header(self, endpoint_id: str, answers: list[Answer]) -> str:
        """Return the request id from the headers of an answer whose body is unreadable, if there is
        one."""
        named = [answer.headers.get("x-fal-request-id") for answer in answers[-1:]]
        for request_id in filter(None, named):
            try:
                await self.run_status(endpoint_id, checked_id(request_id))
            except (Missing, Trouble, ValueError):
                continue
            return request_id
        raise SubmitUnconfirmed(UNCONFIRMED)

    async def run_status(self, endpoint_id: str, request_id: str) -> RunStatus:
        """Return the status of a request, with all its log lines; of a log that is too long to be
        read, only that it is.

        Raises:
            Missing: fal does not know it.
            KeyRefused: the key is not accepted.
            Trouble: no usable answer.
        """
        with _reading():
            handle = self.handle(endpoint_id, request_id)
            try:
                return cast(RunStatus, await handle.status(with_logs=True))
            except AnswerTooLarge:
                status = cast(RunStatus, await handle.status(with_logs=False))
                return replace(status, logs=[{"message": LOG_TOO_LONG}])

    async def stop(self, endpoint_id: str, request_id: str) -> int:
        """Ask fal to cancel, and return the HTTP status code.

        Raises:
            ProviderUnreachable: fal gave no answer that decides anything.
        """
        with listening() as answers:
            try:
                await self.handle(endpoint_id, request_id).cancel()
            except (FalClientHTTPError, *NETWORK_ERRORS):
                pass
        if not answers or answers[-1].status not in STOP_ANSWERS:
            raise ProviderUnreachable(NOT_STOPPED, charged=None)
        return answers[-1].status


def _lifecycle(kept: timedelta | None) -> dict[str, str]:
    """Return the header that bounds how long fal keeps the files that a request makes."""
    if kept is None:
        return {}
    return {LIFECYCLE: json.dumps({"expiration_duration_seconds": int(kept.total_seconds())})}


def open_network(proxy_url: str | None = None, answer_seconds: float = 60) -> Network:
    """Open the connections to fal: direct, with its fallback hosts, or all through a proxy."""
    if proxy_url:
        return Network(proxy_url, USER_AGENT, answer_seconds=answer_seconds)
    return Network(
        None,
        USER_AGENT,
        around=lambda pool: AsyncBackupDomainTransport(transport=pool),
        answer_seconds=answer_seconds,
    )


def checked_id(value: Any) -> str:
    """Return the request id, checked to be safe inside a URL.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, str) or not REQUEST_ID.fullmatch(value):
        raise ValueError("not a request id")
    return value


@contextmanager
def _reading() -> Iterator[None]:
    """Context manager: maps exceptions while reading a status to ours."""
    try:
        yield
    except FalClientHTTPError as error:
        if error.status_code == 404:
            raise Missing("fal.ai can't find this render right now.") from None
        if error.status_code == 401:
            raise KeyRefused("fal.ai rejected the key.") from None
        if error.status_code == 403:
            raise Forbidden("This key isn't allowed to see the render at fal.ai.") from None
        raise Trouble(f"fal.ai returned an error ({error.status_code}).") from None
    except NETWORK_ERRORS:
        raise Trouble("The connection to fal.ai was lost.") from None
    except UNREADABLE:
        raise Trouble("fal.ai sent a response we can't read.") from None
