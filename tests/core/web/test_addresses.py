"""Which addresses a stranger may send this server to."""

import asyncio
import socket
from ipaddress import ip_address
from typing import Any

import pytest

from talkinghead.core.errors import InvalidAddress
from talkinghead.core.web.addresses import checked_url, is_public, public_ips

ALLOWED = [
    "https://v3.fal.media/files/b/1/a.mp4",
    "https://EXAMPLE.com/",
    "https://example.com:443/a?b=c#d",
    "https://example.com./a",
    "https://bücher.example.com/a",
    "https://xn--mnchen-3ya.de/",
    "https://my_bucket.s3.amazonaws.com/a",
    "https://example.com/@127.0.0.1",
    "https://example.com#@127.0.0.1/",
    "https://8.8.8.8/",
    "https://[2606:4700::1111]/",
    "https://[::ffff:8.8.8.8]/",
    "https://localhost.example.com/",
    f"https://example.com/{'a' * 3000}",
]
REFUSED = [
    # no address, or no secure one
    "", "a.mp4", "example.com", "//example.com/", "https:example.com", "https://", "https:///a",
    "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)",
    "data:text/plain,a", "gopher://example.com/", "HTTPS://", "https://[bad", "https://a]b.com/",
    "https://example.com:port/", "https://example.com:99999/", "https://exa mple.com/",
    "https://example.com/\n", "https://example.com/\x00", "https://example.com\\@127.0.0.1/",
    "https://%31%32%37.0.0.1/", f"https://example.com/{'a' * 9000}", None, 7, ["https://a.com"],
    # users and ports
    "https://user@example.com/", "https://user:password@example.com/", "https://a.com@127.0.0.1/",
    "https://example.com:80/", "https://example.com:8443/", "https://example.com:0/",
    # names within
    "https://[3fff::1]/",
    "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://a.localhost/",
    "https://db/", "https://printer.local/", "https://metadata.google.internal/",
    "https://metadata.google.internal./", "https://nas.home.arpa/", "https://wiki.corp/",
    "https://a..b.com/", "https://.example.com/", "https://example.com../", "https://-a.com/",
    f"https://{'a' * 64}.com/", f"https://{'a.' * 130}com/",
    # numbers in every writing
    "https://127.0.0.1/", "https://127.1/", "https://127.0.0.1./", "https://2130706433/",
    "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://017700000001/",
    "https://127.0.0.0x1/", "https://1.2.3.4.5/", "https://256.1.1.1/", "https://134744072/",
    "https://１２７.０.０.１/", "https://127。0。0。1/", "https://①②⑦.0.0.1/",
    # of no public network
    "https://0.0.0.0/", "https://0.1.2.3/", "https://10.0.0.5/", "https://100.64.0.1/",
    "https://100.100.100.200/", "https://169.254.169.254/", "https://172.16.0.1/",
    "https://172.31.255.255/", "https://192.0.0.192/", "https://192.0.2.1/", "https://192.168.1.1/",
    "https://192.88.99.1/", "https://198.18.0.1/", "https://198.51.100.1/", "https://203.0.113.1/",
    "https://224.0.0.1/", "https://240.0.0.1/", "https://255.255.255.255/",
    "https://168.63.129.16/",
    "https://[::]/", "https://[::1]/", "https://[::127.0.0.1]/", "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a00:5]/", "https://[64:ff9b::7f00:1]/", "https://[64:ff9b:1::1]/",
    "https://[2002:7f00:1::]/", "https://[2001:0:53aa:64c::1]/", "https://[2001:db8::1]/",
    "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/", "https://[fec0::1]/", "https://[ff02::1]/", "https://[100::1]/",
]  # fmt: skip


@pytest.mark.parametrize("address", ALLOWED)
def test_a_public_address_is_allowed(address: str) -> None:
    assert checked_url(address).scheme == "https"


@pytest.mark.parametrize("address", REFUSED, ids=lambda each: repr(each)[:40])
def test_any_other_address_is_refused_in_a_sentence(address: Any) -> None:
    with pytest.raises(InvalidAddress, match=r"^(That|Only|This) .*\. Use .*\.$"):
        checked_url(address)


@pytest.mark.parametrize("address", ["64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"])
def test_a_public_address_within_another_is_public(address: str) -> None:
    assert is_public(ip_address(address))


def resolved(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """What `public_ips` makes of a name with these addresses."""

    async def work() -> list[str]:
        async def answer(*_: Any, **__: Any) -> list[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answer)
        return await public_ips("example.com")

    return asyncio.run(work())


def test_a_name_resolves_to_its_addresses_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    found = resolved(monkeypatch, "8.8.8.8", "8.8.8.8", "2606:4700::1111")
    assert found == ["8.8.8.8", "2606:4700::1111"]


@pytest.mark.parametrize("inner", ["127.0.0.1", "10.0.0.5", "::1", "169.254.169.254", "fe80::1%2"])
def test_a_name_with_one_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    with pytest.raises(InvalidAddress):
        resolved(monkeypatch, "8.8.8.8", inner)
    with pytest.raises(InvalidAddress):
        resolved(monkeypatch)
