"""Sends requests to public hosts only, redirects included.

A name is resolved once, every IP address it has is checked, and the connection goes to one of
those: a name that points elsewhere a moment later changes nothing. The certificate is still
checked against the name.
"""

from urllib.request import getproxies, proxy_bypass

import httpx

from talkinghead.core.web.addresses import Resolve, checked_url, public_ips

MOST_TRIES = 3  # of the addresses of one host

# A connection is kept by its IP address, and may belong to another name of it: none is kept.
_LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=0)


def goes_through_proxy(host: str) -> bool:
    """Whether the environment names a proxy for this host, which then resolves the name itself."""
    return bool(getproxies().get("https")) and not proxy_bypass(host)


def is_configured(url: str, configured: str | None) -> bool:
    """Whether a URL has the scheme, the host and the port of the configured one."""
    if configured is None:
        return False
    try:
        return _origin(httpx.URL(url)) == _origin(httpx.URL(configured))
    except httpx.InvalidURL:
        return False


def check_address(url: str, configured: str | None = None) -> None:
    """Check an address as far as it shows.

    Raises:
        InvalidAddress: `PublicTransport` refuses it whatever its name resolves to.
    """
    if not is_configured(url, configured):
        checked_url(url)


class PublicTransport(httpx.AsyncBaseTransport):
    """A transport to public hosts, and to one that the operator configured.

    Args:
        proxied: sends what goes through a proxy of the environment, and to the configured host.
        configured: a URL whose scheme, host and port may be asked whatever they are, or None.
        resolve: returns the public IP addresses of a host.
        direct: sends the rest.

    Raises:
        InvalidAddress: the request is for an address that must not be asked; nothing was sent.
        httpx.TransportError: there is no answer.
    """

    def __init__(
        self,
        proxied: httpx.AsyncBaseTransport,
        configured: str | None = None,
        resolve: Resolve = public_ips,
        direct: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._proxied = proxied
        self._configured = configured
        self._resolve = resolve
        self._direct = direct or httpx.AsyncHTTPTransport(limits=_LIMITS)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        if is_configured(str(request.url), self._configured):
            return await self._proxied.handle_async_request(request)
        host = checked_url(str(request.url)).raw_host.decode("ascii")
        if goes_through_proxy(host):
            return await self._proxied.handle_async_request(request)
        try:
            addresses = await self._resolve(host)
        except (OSError, UnicodeError) as error:  # TimeoutError is one
            raise httpx.ConnectError(type(error).__name__, request=request) from error
        return await self._sent(request, host, addresses[:MOST_TRIES])

    async def aclose(self) -> None:
        """Close the connections, but not those that were given."""
        await self._direct.aclose()

    async def _sent(
        self, request: httpx.Request, host: str, addresses: list[str]
    ) -> httpx.Response:
        for address in addresses[:-1]:
            try:
                return await self._direct.handle_async_request(_to(address, host, request))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._direct.handle_async_request(_to(addresses[-1], host, request))


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port


def _to(address: str, host: str, request: httpx.Request) -> httpx.Request:
    """Return the same request, sent to an IP address; its Host header still names the host."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host.removesuffix(".")},
    )
