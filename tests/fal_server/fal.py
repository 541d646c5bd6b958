"""What the routes share: the platform as one object, and the steps of every request."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.fal_server.answers import NO_KEY, NO_USER, failure, malformed, platform_error
from tests.fal_server.faults import Faults, Rule
from tests.fal_server.files import CDN, Files
from tests.fal_server.ledger import Ledger, Visit, account_of
from tests.fal_server.options import Options
from tests.fal_server.queue import Queue
from tests.fal_server.state import State

OPERATOR = "operator"
"""The account of the keys that the options name."""


@dataclass(frozen=True)
class Addresses:
    """What fal's own addresses begin with in an answer."""

    queue: str
    cdn: str
    upload: str


REAL = Addresses(
    "https://queue.fal.run", CDN, "https://storage.googleapis.com/isolate-dev-hot-rooster_toolkit"
)


class Fal:
    """One fal."""

    def __init__(self, options: Options, base_url: str, state_file: Path | None = None) -> None:
        self.options, self.base_url = options, base_url
        self.state = State(state_file)
        self.faults = Faults(options)
        self.files = Files(self.state)
        self.ledger = Ledger(self.state)
        self.queue = Queue(options, self.faults, self.files, self.ledger, self.state)
        self.visits: list[Visit] = []
        self.tokens: dict[str, tuple[str, datetime]] = {
            kept["token"]: (kept["account"], datetime.fromisoformat(kept["until"]))
            for kept in self.state.load("token")
        }

    async def reset(self) -> None:
        """As if just started; the options stay."""
        await self.queue.clear()
        self.state.clear()
        self.faults.clear()
        self.faults.struck.clear()
        self.files.stored.clear()
        self.files.uploads.clear()
        self.files.decisions.clear()
        self.ledger.bills.clear()
        self.visits.clear()
        self.tokens.clear()

    def account(self, key: str | None) -> str | None:
        """Whose key this is; None when it is not good."""
        if not key:
            return None
        if self.options.keys:
            return OPERATOR if key in self.options.keys else None
        return account_of(key)

    def addresses(self, request: Request) -> Addresses:
        """fal's own addresses, or for a client that came without a proxy, this server's."""
        if request.scope["fal.through_proxy"]:
            return REAL
        base = self.base_url
        return Addresses(f"{base}/queue", f"{base}/cdn", f"{base}/signed")

    def new_token(self, account: str, seconds: float) -> tuple[str, datetime]:
        """A CDN token and when it expires."""
        token, until = secrets.token_urlsafe(24), datetime.now(UTC) + timedelta(seconds=seconds)
        self.tokens[token] = (account, until)
        kept = {"token": token, "account": account, "until": until.isoformat()}
        self.state.save("token", token, kept)
        return token, until


def fal_of(request: Request) -> Fal:
    """The platform a request came to."""
    fal: Fal = request.app.state.fal
    return fal


def sent_key(authorization: str | None) -> str | None:
    """The key in an Authorization header; None without one."""
    scheme, _, key = (authorization or "").strip().partition(" ")
    return key.strip() if scheme.lower() in ("key", "bearer") and key.strip() else None


def unauthorized(request: Request) -> Response | None:
    """The 401 that a request gets without a good key."""
    key = sent_key(request.headers.get("authorization"))
    if fal_of(request).account(key):
        return None
    text = NO_USER if key else NO_KEY
    if request.url.path.startswith("/platform"):
        return platform_error(401, text)
    return JSONResponse({"detail": text}, 401)


def account_in(request: Request) -> str:
    """The account of a request that has a good key."""
    account = fal_of(request).account(sent_key(request.headers.get("authorization")))
    assert account is not None
    return account


def caller(request: Request) -> str | None:
    """Whose request this is, by its key, its storage token, or the signed upload it is."""
    fal, secret = fal_of(request), sent_key(request.headers.get("authorization"))
    if secret in fal.tokens:
        return fal.tokens[secret][0]
    if secret is None:
        upload = fal.files.uploads.get(request.path_params.get("upload_id", ""))
        return upload.account if upload else None
    return fal.account(secret)


Handler = Callable[[Request], Awaitable[Response]]
FaultyHandler = Callable[[Request, Rule | None], Awaitable[Response]]


async def late(fal: Fal, stage: str, rule: Rule | None, size: int = 0, rate: float = 0.0) -> None:
    """Take the time the stage takes."""
    seconds = fal.options.seconds(stage) + (size / rate if rate else 0.0)
    if rule and rule.kind == "slow":
        seconds += 2 if rule.value is None else rule.value
    if seconds:
        await asyncio.sleep(seconds)


def stage(
    name: str, *, latency: str | None = None, keyed: bool = True
) -> Callable[[FaultyHandler], Handler]:
    """A route at a stage: its latency, its faults, its check of the key; then the route itself.

    The route gets the fault that struck when it is particular to the stage, else None.
    """

    def decorate(handler: FaultyHandler) -> Handler:
        @wraps(handler)
        async def answer(request: Request) -> Response:
            fal = fal_of(request)
            request_id = request.path_params.get("request_id")
            known = fal.queue.requests.get(request_id or "")
            endpoint_id = known.endpoint_id if known else None
            rule = fal.faults.draw(name, request_id, endpoint_id, caller(request))
            await late(fal, latency or name, rule)
            if rule and (failed := failure(rule, fal.options.hang_seconds)):
                return failed
            if keyed and (refusal := unauthorized(request)):
                return refusal
            response = await handler(request, rule)
            return malformed(response) if rule and rule.kind == "malformed_json" else response

        return answer

    return decorate
