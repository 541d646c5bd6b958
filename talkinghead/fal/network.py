"""HTTP connections to fal.ai and its file hosts: one pool for all keys and all renders."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping

import httpx
from pydantic import SecretStr

from talkinghead.core.web.addresses import Resolve, public_ips
from talkinghead.core.web.transport import PublicTransport, check_address
from talkinghead.fal.transport import NETWORK_ERRORS, Answer, FalTransport, Unreachable

# Two hundred renders are polled through these; an idle one is dropped before a server would.
_LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=15)
_MOST_CLIENTS = 256  # keys of visitors; the oldest are dropped first
_MOST_REDIRECTS = 5


class _Pool(httpx.AsyncBaseTransport):
    """A connection pool, through the proxies named in the environment, if any."""

    def __init__(self) -> None:
        self._client = httpx.AsyncClient(limits=_LIMITS, follow_redirects=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._client.send(request, stream=True)

    async def aclose(self) -> None:
        await self._client.aclose()


class Network:
    """All connections of one renderer, and one lightweight client per key over them.

    All of it belongs to the event loop it was first used on; on another loop it reconnects.

    Args:
        proxy_url: where every request to fal goes instead, or None.
        user_agent: what we call ourselves.
        around: puts a transport of fal's own client around the pool.
        answer_seconds: how long an answer is waited for.
        resolve: returns the public IP addresses of a host that finished files are at.
    """

    def __init__(
        self,
        proxy_url: str | None = None,
        user_agent: str = "talking-head-studio",
        around: Callable[[httpx.AsyncBaseTransport], httpx.AsyncBaseTransport] | None = None,
        answer_seconds: float = 60,
        resolve: Resolve = public_ips,
    ) -> None:
        self.proxy_url = proxy_url
        self._resolve = resolve
        self._user_agent = user_agent
        self._answer_seconds = answer_seconds
        self._around = around or (lambda pool: pool)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._clients: dict[str, httpx.AsyncClient] = {}

    def client(self, key: SecretStr | None) -> httpx.AsyncClient:
        """Return the client for this key, or for none."""
        self._begin()
        secret = key.get_secret_value() if key else ""
        name = hashlib.sha256(secret.encode()).hexdigest()
        if name not in self._clients:
            self._clients[name] = self._made(secret)
            if len(self._clients) > _MOST_CLIENTS:  # they share the pool: nothing needs closing
                del self._clients[next(iter(self._clients))]
        return self._clients[name]

    @property
    def downloads(self) -> httpx.AsyncClient:
        """Return the client for finished files: it sends no key, and asks public hosts and the
        configured proxy only, redirects included."""
        self._begin()
        return self._downloads

    def check_public(self, url: str) -> None:
        """Check an address before `downloads` is asked for it.

        Raises:
            InvalidAddress: it shows that it is no public one, nor the configured proxy's.
        """
        check_address(url, self.proxy_url)

    async def ask(
        self,
        method: str,
        url: str,
        key: SecretStr | None,
        *,
        params: Mapping[str, str | int] | None = None,
        body: Mapping[str, str] | None = None,
        seconds: float = 5,
    ) -> Answer:
        """Send one free request and return its answer.

        Raises:
            Unreachable: none came within `seconds`.
        """
        try:
            async with asyncio.timeout(seconds):
                response = await self.client(key).request(method, url, params=params, json=body)
        except (*NETWORK_ERRORS, TimeoutError) as error:
            raise Unreachable(type(error).__name__) from error
        return Answer.of(response)

    async def close(self) -> None:
        """Close every connection."""
        if self._loop is asyncio.get_running_loop():
            await self._transport.aclose()
            await self._public.aclose()
        self._loop = None

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        pool = _Pool()
        self._transport = FalTransport(self._around(pool), self.proxy_url, self._answer_seconds)
        self._public = PublicTransport(pool, self.proxy_url, self._resolve)
        self._downloads = httpx.AsyncClient(
            transport=self._public,
            # A compressed body would have no size to go by.
            headers={"User-Agent": self._user_agent, "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(min(30, self._answer_seconds), connect=10),
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
        )
        self._clients = {}

    def _made(self, key: str) -> httpx.AsyncClient:
        headers = {"User-Agent": self._user_agent}
        if key:
            headers["Authorization"] = f"Key {key}"
        return httpx.AsyncClient(
            transport=self._transport, headers=headers, timeout=httpx.Timeout(60, connect=10)
        )
