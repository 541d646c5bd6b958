"""Which addresses named by strangers may be asked: https, on a host of the public internet.

An address comes in an answer of fal's or from a person. It must never lead this server to itself,
to its own network or to the metadata service of its cloud. `checked_url` reads what is written,
`public_ips` what a name resolves to; `transport` holds both for every request and every redirect.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import httpx

from talkinghead.core.errors import InvalidAddress

HTTPS_PORT = 443
LONGEST_ADDRESS = 8192  # characters; signed ones are long
LONGEST_NAME = 253  # characters of a host
RESOLVE_SECONDS = 10.0

NOT_AN_ADDRESS = "That isn't a web address. Use one that begins with https://."
NOT_HTTPS = "Only secure addresses can be used. Use one that begins with https://."
NAMES_A_USER = "This address contains a user name or a password. Use it without them."
OTHER_PORT = "This address names a port. Use one without it, such as https://example.com/file."
NOT_PUBLIC = "This address isn't on the public internet. Use one that anyone can open."

IpAddress = IPv4Address | IPv6Address
Resolve = Callable[[str], Awaitable[list[str]]]
"""Returns the IP addresses that a host may be asked at, all of them public."""

_UNUSUAL = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRIVATE_NAMES = (
    "localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan",
    "home.arpa",
)  # fmt: skip
_NAT64 = ip_network("64:ff9b::/96")
_WORLDWIDE = ip_network("2000::/3")  # all of IPv6 that is given out
_EXAMPLES = ip_network("3fff::/20")  # of documents; some Pythons do not know it
_NEVER = (
    ip_network("168.63.129.16/32"),  # a cloud's own services, at an address that looks public
    ip_network("192.0.0.0/24"),  # protocols' own; Python knows some of them only
    ip_network("192.88.99.0/24"),  # relays that are no longer in use
)


def checked_url(text: object) -> httpx.URL:
    """Return the address, if as far as it shows it is one of a public host.

    Raises:
        InvalidAddress: it is none; the sentence says why.
    """
    if not isinstance(text, str) or len(text) > LONGEST_ADDRESS or _UNUSUAL.search(text):
        raise InvalidAddress(NOT_AN_ADDRESS)
    try:
        urlsplit(text)  # stricter about brackets
        url = httpx.URL(text)
        host = url.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError) as error:
        raise InvalidAddress(NOT_AN_ADDRESS) from error
    if url.scheme == "http" and host:
        raise InvalidAddress(NOT_HTTPS)
    if url.scheme != "https" or not host:
        raise InvalidAddress(NOT_AN_ADDRESS)
    if url.userinfo:
        raise InvalidAddress(NAMES_A_USER)
    if url.port not in (None, HTTPS_PORT):
        raise InvalidAddress(OTHER_PORT)
    if not _may_be_public(host):
        raise InvalidAddress(NOT_PUBLIC)
    return url


def is_public(address: IpAddress) -> bool:
    """Whether an IP address is of the public internet, also where it is written within another."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in _WORLDWIDE or address in _EXAMPLES:
            return False
    elif any(address in network for network in _NEVER):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def public_ips(host: str) -> list[str]:
    """Return the IP addresses of a host, if every one of them is public.

    Raises:
        InvalidAddress: one is not.
        OSError: the name is not known, or nobody answers in time.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(RESOLVE_SECONDS):
        found = await loop.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not addresses or not all(is_public(ip_address(each)) for each in addresses):
        raise InvalidAddress(NOT_PUBLIC)
    return addresses


def _may_be_public(host: str) -> bool:
    try:
        return is_public(ip_address(host))
    except ValueError:
        return _is_public_name(host.lower().removesuffix("."))


def _is_public_name(name: str) -> bool:
    """Whether a name can be one of the public internet's: a number is not, which some systems read
    as an IP address, nor a name without a dot."""
    labels = name.split(".")
    if len(labels) < 2 or len(name) > LONGEST_NAME or _NUMBER.fullmatch(labels[-1]):
        return False
    private = any(name == each or name.endswith(f".{each}") for each in _PRIVATE_NAMES)
    return not private and all(_LABEL.fullmatch(label) for label in labels)
