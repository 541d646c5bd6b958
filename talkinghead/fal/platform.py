"""fal's platform API, free to call: keys, prices, balance, models, past requests.

Each is asked with a short timeout, and none of it is needed for a render: where fal does not tell,
the answer is empty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import uuid4

from pydantic import SecretStr

from talkinghead.core.errors import ProviderUnreachable
from talkinghead.core.money import amount_in
from talkinghead.fal.network import Network
from talkinghead.fal.transport import Answer, Unreachable

PLATFORM = "https://api.fal.ai/v1"
QUEUE = "https://queue.fal.run"
MOST_PAGES = 10  # of a hundred requests each
CLOCK_DIFFERENCE = timedelta(minutes=5)
"""The largest difference between fal's clock and ours."""


@dataclass(frozen=True)
class KeyCheck:
    """The result of checking a key.

    Attributes:
        accepted: whether renders can be bought with it; None where fal could not be asked.
        text: the sentence that a person reads.
    """

    accepted: bool | None
    text: str


@dataclass(frozen=True)
class UnitPrice:
    """fal's price of one model, for the account of the key.

    Attributes:
        amount: of `currency`, for one `unit`; what multiplies it (such as 720p) is not in it.
        unit: "seconds", "videos", …
        currency: "USD".
    """

    amount: Decimal
    unit: str
    currency: str


@dataclass(frozen=True)
class PastRequest:
    """A request listed by fal.

    Attributes:
        request_id: fal's id.
        arguments: what was sent, or None where fal does not keep it.
        sent_at: when it was accepted, aware UTC, or None.
    """

    request_id: str
    arguments: dict[str, Any] | None
    sent_at: datetime | None

    def was(self, arguments: dict[str, Any]) -> bool:
        """Whether exactly these arguments were sent; fal may have added defaults."""
        sent = self.arguments or {}
        same = all(name in sent and sent[name] == value for name, value in arguments.items())
        return same and bool(self.request_id and sent)


class FalPlatform:
    """fal's platform API."""

    def __init__(self, network: Network) -> None:
        self._network = network

    async def check_key(self, key: SecretStr, endpoint_id: str) -> KeyCheck:
        """Whether the key is good, without spending: asks a model for a request that is not
        there."""
        url = f"{QUEUE}/{endpoint_id}/requests/{uuid4()}/status"
        try:
            answer = await self._network.ask("GET", url, key)
        except Unreachable:
            return KeyCheck(
                None, "fal.ai couldn't be reached. Check your connection and try again."
            )
        if answer.status == 404 or answer.status < 300:
            return KeyCheck(True, "fal.ai accepts this key.")
        if answer.status == 401:
            return KeyCheck(
                False, ("fal.ai doesn't recognize this key. Copy the full key from fal.ai → Keys.")
            )
        if answer.status in (402, 403):
            return KeyCheck(
                False,
                (
                    "fal.ai recognizes this key but doesn't let it render. Check your fal.ai "
                    "account."
                ),
            )
        return KeyCheck(None, "fal.ai is having problems right now. Try again in a few minutes.")

    async def prices(self, key: SecretStr, endpoint_ids: Sequence[str]) -> dict[str, UnitPrice]:
        """Return today's prices by endpoint; unknown ones are missing."""
        body = await self._json_of("models/pricing", key, {"endpoint_id": ",".join(endpoint_ids)})
        found = {}
        for entry in _entries(body, "prices"):
            if (amount := amount_in(entry.get("unit_price"))) is not None:
                price = UnitPrice(
                    amount, str(entry.get("unit") or ""), str(entry.get("currency") or "USD")
                )
                found[str(entry.get("endpoint_id"))] = price
        return found

    async def balance(self, key: SecretStr) -> Decimal | None:
        """Return the account's balance in dollars; None if the key may not read it."""
        body = await self._json_of("account/billing", key, {"expand": "credits"})
        credits_left = body.get("credits") if isinstance(body, dict) else None
        return (
            amount_in(credits_left.get("current_balance"))
            if isinstance(credits_left, dict)
            else None
        )

    async def models(
        self, key: SecretStr | None, endpoint_ids: Sequence[str]
    ) -> dict[str, Literal["active", "gone"]]:
        """Return which models fal still offers; missing if it does not say."""
        found: dict[str, Literal["active", "gone"]] = {}
        for endpoint_id in endpoint_ids:  # one by one: an unknown one spoils the answer for all
            try:
                answer = await self._ask("models", key, {"endpoint_id": endpoint_id})
            except Unreachable:
                continue
            if (state := _state_of(endpoint_id, answer)) is not None:
                found[endpoint_id] = state
        return found

    async def requests(
        self, key: SecretStr, endpoint_id: str, since: datetime
    ) -> list[PastRequest]:
        """Return the requests to one model since then, newest first.

        Raises:
            ProviderUnreachable: fal gave no answer.
        """
        params = {
            "endpoint_id": endpoint_id,
            "start": (since - CLOCK_DIFFERENCE).astimezone(UTC).isoformat(),
            "expand": "payloads",
            "limit": "100",
        }
        found: list[PastRequest] = []
        for _ in range(MOST_PAGES):
            body = await self._json_of("models/requests/by-endpoint", key, params, seconds=20)
            if not isinstance(body, dict) or not isinstance(body.get("items"), list):
                raise ProviderUnreachable(
                    "We couldn't get the list of requests from fal.ai. Check again in a few "
                    "minutes, or see fal.ai/dashboard/requests.",
                    charged=None,
                )
            found += map(_past_request, _entries(body, "items"))
            if not body.get("has_more") or not body.get("next_cursor"):
                break
            params["cursor"] = str(body["next_cursor"])
        return found

    async def _json_of(
        self, path: str, key: SecretStr | None, params: dict[str, str], seconds: float = 5
    ) -> Any:
        """Return the JSON of a successful answer, otherwise None."""
        try:
            answer = await self._ask(path, key, params, seconds)
        except Unreachable:
            return None
        return answer.json() if answer.status == 200 else None

    async def _ask(
        self, path: str, key: SecretStr | None, params: dict[str, str], seconds: float = 5
    ) -> Answer:
        return await self._network.ask(
            "GET", f"{PLATFORM}/{path}", key, params=params, seconds=seconds
        )


def _state_of(endpoint_id: str, answer: Answer) -> Literal["active", "gone"] | None:
    body = answer.json()
    for entry in _entries(body, "models"):
        if entry.get("endpoint_id") == endpoint_id:
            metadata = entry.get("metadata")
            status = metadata.get("status", "active") if isinstance(metadata, dict) else "active"
            return "active" if status == "active" else "gone"
    named = "models" if answer.status == 200 else "error" if answer.status == 404 else None
    return "gone" if isinstance(body, dict) and named in body else None


def _entries(body: Any, name: str) -> Iterator[dict[str, Any]]:
    listed = body.get(name) if isinstance(body, dict) else None
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict):
            yield entry


def _past_request(entry: dict[str, Any]) -> PastRequest:
    arguments = entry.get("json_input")
    return PastRequest(
        str(entry.get("request_id") or ""),
        arguments if isinstance(arguments, dict) else None,
        _time(entry.get("sent_at") or entry.get("started_at")),
    )


def _time(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
