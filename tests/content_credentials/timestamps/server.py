"""A timestamp authority on this machine, as RFC 3161 describes it; and one that has trouble."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.content_credentials.signed import Issuer

SEQUENCE, SET, INTEGER, OCTETS = 0x30, 0x31, 0x02, 0x04
SIGNED_DATA, TIMESTAMP = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"
SHA256, ECDSA_SHA256 = "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"
POLICY = "1.3.6.1.4.1.99999.1"


def der(tag: int, *parts: bytes) -> bytes:
    """One value in DER."""
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 128 + len(length))) + length + body


def number(value: int) -> bytes:
    """A positive integer in DER."""
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(text: str) -> bytes:
    """An object identifier in DER."""
    first, second, *rest = map(int, text.split("."))
    body = bytearray([40 * first + second])
    for each in rest:
        digits = [each & 127]
        while each := each >> 7:
            digits.insert(0, 128 | (each & 127))
        body += bytes(digits)
    return der(0x06, bytes(body))


def parts_of(value: bytes) -> Iterator[bytes]:
    """The values within a value in DER, each whole."""
    at, end = _body(value, 0)
    while at < end:
        _, next_at = _body(value, at)
        yield value[at:next_at]
        at = next_at


def _body(value: bytes, at: int) -> tuple[int, int]:
    size, at = value[at + 1], at + 2
    if size >= 128:
        count = size - 128
        size, at = int.from_bytes(value[at : at + count], "big"), at + count
    return at, at + size


class Authority:
    """Signs the time.

    Args:
        now: what it takes for the time.
        is_named: whether its certificate says who issued it, as it must.
    """

    def __init__(self, now: datetime, *, is_named: bool = True) -> None:
        self.now = now
        self._key = ec.generate_private_key(ec.SECP256R1())
        purpose = ExtendedKeyUsageOID.TIME_STAMPING.dotted_string
        self.issuer = Issuer(now)
        chain, _ = self.issuer.issue(
            self._key, name="A clock", purposes=(purpose,), names_issuer=is_named
        )
        self._chain = x509.load_pem_x509_certificates(chain.encode())

    def answer(self, request: bytes) -> bytes:
        """The answer to a request."""
        _, imprint, *rest = parts_of(request)
        nonce = b"".join(each for each in rest if each[0] == INTEGER)
        moment = der(0x18, f"{self.now.astimezone(UTC):%Y%m%d%H%M%SZ}".encode())
        token = der(SEQUENCE, number(1), oid(POLICY), imprint, number(1), moment, nonce)
        return der(SEQUENCE, der(SEQUENCE, number(0)), self._signed(token))

    def _signed(self, token: bytes) -> bytes:
        chain = [each.public_bytes(Encoding.DER) for each in self._chain]
        issuer, serial = self._chain[0].issuer.public_bytes(), self._chain[0].serial_number
        hashed = der(OCTETS, hashlib.sha256(chain[0]).digest())
        attributes = sorted(
            der(SEQUENCE, oid(kind), der(SET, value))
            for kind, value in (
                (CONTENT_TYPE, oid(TIMESTAMP)),
                (DIGEST, der(OCTETS, hashlib.sha256(token).digest())),
                (SIGNING_CERTIFICATE, der(SEQUENCE, der(SEQUENCE, der(SEQUENCE, hashed)))),
            )
        )
        signature = self._key.sign(der(SET, *attributes), ec.ECDSA(hashes.SHA256()))
        digest = der(SEQUENCE, oid(SHA256))
        signer = der(
            SEQUENCE,
            number(1),
            der(SEQUENCE, issuer, number(serial)),
            digest,
            der(0xA0, *attributes),
            der(SEQUENCE, oid(ECDSA_SHA256)),
            der(OCTETS, signature),
        )
        content = der(SEQUENCE, oid(TIMESTAMP), der(0xA0, der(OCTETS, token)))
        signed = der(
            SEQUENCE,
            number(3),
            der(SET, digest),
            content,
            der(0xA0, *chain),
            der(SET, signer),
        )
        return der(SEQUENCE, oid(SIGNED_DATA), der(0xA0, signed))


class TimestampServer:
    """What was asked, and how to answer.

    Attributes:
        url: its address.
        asked: the path of each request.
        authority: signs the answers.
        trouble: a status to answer with instead; 200 with nothing of use.
    """

    def __init__(self, url: str, authority: Authority) -> None:
        self.url = url
        self.authority = authority
        self.asked: list[str] = []
        self.trouble: int | None = None


@contextmanager
def timestamp_server(now: datetime) -> Iterator[TimestampServer]:
    """Context manager: a timestamp authority that answers over HTTP."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.asked.append(self.path)
            request = self.rfile.read(int(self.headers["Content-Length"]))
            body = b"no timestamp" if server.trouble else server.authority.answer(request)
            self.send_response(server.trouble or 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Location", f"{server.url}/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        url = f"http://127.0.0.1:{listening.server_port}"
        server = TimestampServer(url, Authority(now))
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()
