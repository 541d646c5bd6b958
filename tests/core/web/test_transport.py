"""Requests go to the address that was checked, and to no other."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from talkinghead.core.errors import InvalidAddress
from talkinghead.core.web.transport import PublicTransport

PROXY_VARIABLES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxy_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine names."""
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)


class Recorder(httpx.AsyncBaseTransport):
    """Keeps what would be sent; some IP addresses do not answer."""

    def __init__(self, *silent: str) -> None:
        self.sent: list[httpx.Request] = []
        self._silent = silent

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        self.sent.append(request)
        if request.url.host in self._silent:
            raise httpx.ConnectError("nobody", request=request)
        return httpx.Response(200)


class Names:
    """Resolves a name to other addresses each time it is asked."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    async def __call__(self, host: str) -> list[str]:
        """Return the next answer."""
        return self.answers.pop(0)


def sent(url: str, direct: Recorder, names: Names, configured: str | None = None) -> Recorder:
    """Send one request; returns what went through the proxies of the environment."""
    proxied = Recorder()
    transport = PublicTransport(proxied, configured, names, direct)

    async def work() -> None:
        async with httpx.AsyncClient(transport=transport) as client:
            await client.get(url)

    asyncio.run(work())
    return proxied


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    direct = Recorder()
    sent("https://example.com/a?b=c", direct, Names(["1.1.1.1"], ["127.0.0.1"]))
    (request,) = direct.sent
    assert str(request.url) == "https://1.1.1.1/a?b=c"
    assert request.headers["host"] == "example.com"
    assert request.extensions["sni_hostname"] == "example.com"


def test_an_address_that_does_not_answer_is_followed_by_the_next() -> None:
    direct = Recorder("1.1.1.1")
    sent("https://example.com/", direct, Names(["1.1.1.1", "2606:4700::1111", "1.0.0.1"]))
    assert [request.url.host for request in direct.sent] == ["1.1.1.1", "2606:4700::1111"]


def test_nothing_is_sent_where_an_address_is_refused() -> None:
    direct = Recorder()
    with pytest.raises(InvalidAddress):
        sent("https://10.0.0.5/", direct, Names())
    with pytest.raises(InvalidAddress):
        sent("http://127.0.0.1:9000/a", direct, Names(), configured="http://127.0.0.1:9001/")
    assert direct.sent == []


def test_the_configured_host_is_asked_whatever_it_is() -> None:
    direct = Recorder()
    proxied = sent("http://127.0.0.1:9000/a", direct, Names(), "http://127.0.0.1:9000/fal")
    assert [str(request.url) for request in proxied.sent] == ["http://127.0.0.1:9000/a"]
    assert direct.sent == []


def test_a_proxy_of_the_environment_resolves_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example.com:3128")
    direct = Recorder()
    assert sent("https://example.com/", direct, Names()).sent
    with pytest.raises(InvalidAddress):
        sent("https://localhost/", direct, Names())
    assert direct.sent == []


def test_a_name_that_is_not_known_is_a_connection_error() -> None:
    async def nobody(host: str) -> list[str]:
        raise OSError

    transport = PublicTransport(Recorder(), None, nobody, Recorder())
    with pytest.raises(httpx.ConnectError):
        asyncio.run(transport.handle_async_request(httpx.Request("GET", "https://example.com/")))


# A real server with a certificate ---------------------------------------------------------------


def certificate(folder: Path, name: str) -> Path:
    """A certificate of this name that vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "certificate.pem"
    file.write_bytes(private + signed.public_bytes(pem))
    return file


@contextmanager
def on_port(transport: httpx.AsyncHTTPTransport, port: int) -> Iterator[httpx.AsyncBaseTransport]:
    """The same transport, but 443 is another port of this machine."""

    class Moved(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            request.url = request.url.copy_with(port=port)
            return await transport.handle_async_request(request)

    yield Moved()


async def answered(file: Path, host: str) -> int:
    """Ask a server with this certificate for a host, at the address 127.0.0.1."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(file)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=serving)
    port = server.sockets[0].getsockname()[1]
    trusting = httpx.AsyncHTTPTransport(verify=ssl.create_default_context(cafile=str(file)))
    async with server, trusting:
        with on_port(trusting, port) as direct:
            transport = PublicTransport(Recorder(), None, Names(["127.0.0.1"]), direct)
            request = httpx.Request("GET", f"https://{host}/")
            return (await transport.handle_async_request(request)).status_code


def test_the_certificate_is_checked_against_the_name(tmp_path: Path) -> None:
    file = certificate(tmp_path, "files.example.com")
    assert asyncio.run(answered(file, "files.example.com")) == 204
    with pytest.raises(httpx.ConnectError, match=r"(?i)certificate"):
        asyncio.run(answered(file, "other.example.com"))
