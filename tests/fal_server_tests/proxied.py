"""The real fal_client, with all of its traffic sent to one address (fal's proxy convention)."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import fal_client.client as fal
import httpx
from asyncstdlib.functools import AwaitableValue  # type: ignore[attr-defined]


def _to_proxy(request: httpx.Request, proxy: httpx.URL) -> None:
    request.headers["x-fal-target-url"] = str(request.url)
    request.headers["host"] = f"{proxy.host}:{proxy.port}"
    request.url = proxy


class ProxyTransport(httpx.HTTPTransport):
    """Sends every request to the proxy."""

    def __init__(self, proxy: str) -> None:
        super().__init__()
        self.proxy = httpx.URL(proxy)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Name the target in the header and go to the proxy."""
        _to_proxy(request, self.proxy)
        return super().handle_request(request)


class AsyncProxyTransport(httpx.AsyncHTTPTransport):
    """Sends every request to the proxy."""

    def __init__(self, proxy: str) -> None:
        super().__init__()
        self.proxy = httpx.URL(proxy)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Name the target in the header and go to the proxy."""
        _to_proxy(request, self.proxy)
        return await super().handle_async_request(request)


class TokenManager(fal.CDNTokenManager):
    """Fetches tokens through the proxy too."""

    client: httpx.Client

    def _refresh_token(self) -> Any:
        response = self.client.post(self._url, headers=self._headers, json={})
        response.raise_for_status()
        data = response.json()
        until = datetime.fromisoformat(data["expires_at"])
        return fal.CDNToken(data["token"], data["token_type"], data["base_url"], until)


class ProxiedClient(fal.SyncClient):
    """A `SyncClient` all of whose traffic passes one address."""

    def through(self, proxy: str) -> "ProxiedClient":
        """Use this address from now on."""
        shared = httpx.Client(
            transport=ProxyTransport(proxy),
            headers={
                "Authorization": self._auth.header_value,
                "User-Agent": fal.USER_AGENT,
            },
            timeout=10,
        )
        tokens = TokenManager(self._auth)
        tokens.client = shared
        self.__dict__.update(_client=shared, _token_manager=tokens)
        return self

    def _get_cdn_client(self) -> httpx.Client:
        token = self._token_manager.get_token()
        return _Cdn(self._client, f"{token.token_type} {token.token}")

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


class _Cdn(httpx.Client):
    """The CDN's client: the same connections, the token instead of the key."""

    def __init__(self, shared: httpx.Client, authorization: str) -> None:
        super().__init__(
            transport=shared._transport, headers={"Authorization": authorization}, timeout=10
        )


class AsyncTokenManager(fal.AsyncCDNTokenManager):
    """Fetches tokens through the proxy too."""

    client: httpx.AsyncClient

    async def _refresh_token(self) -> Any:
        response = await self.client.post(self._url, headers=self._headers, json={})
        response.raise_for_status()
        data = response.json()
        until = datetime.fromisoformat(data["expires_at"])
        return fal.CDNToken(data["token"], data["token_type"], data["base_url"], until)


class AsyncProxiedClient(fal.AsyncClient):
    """An `AsyncClient` all of whose traffic passes one address."""

    proxy = ""

    async def through(self, proxy: str) -> "AsyncProxiedClient":
        """Use this address from now on."""
        self.proxy, auth = proxy, await self._auth
        shared = httpx.AsyncClient(
            transport=AsyncProxyTransport(proxy),
            headers={"Authorization": auth.header_value, "User-Agent": fal.USER_AGENT},
            timeout=10,
        )
        tokens = AsyncTokenManager(auth)
        tokens.client = shared
        self.__dict__.update(_client=AwaitableValue(shared), _token_manager=AwaitableValue(tokens))
        return self

    @contextlib.asynccontextmanager
    async def _cdn_client(self) -> AsyncIterator[httpx.AsyncClient]:
        transport = AsyncProxyTransport(self.proxy)
        async with httpx.AsyncClient(transport=transport, timeout=10) as client:
            yield client
