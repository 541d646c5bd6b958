"""Signing in this process, as a worker does it in its own; and certificates of an authority."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from talkinghead.content_credentials.manifests import RENDERED, Edit
from talkinghead.content_credentials.signing import sign_version
from talkinghead.content_credentials.signing_desk import SigningDesk
from talkinghead.content_credentials.timestamps.relay import Ask

CROPPED = Edit("c2pa.cropped", "Cropped to 1:1")
CLAIM_SIGNING = "1.3.6.1.4.1.62558.2.1"
SIGNATURES = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
ISSUING = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def asking(desk: SigningDesk) -> Ask:
    """What asks a desk, as one worker does."""
    session = desk.session()
    return lambda question: asyncio.run(session.answer(question))


def signed_version(desk: SigningDesk, video: Path, out: Path, **given: Any) -> dict[str, Any]:
    """Sign a version that is its own original; returns the facts."""
    wanted = {"original": video, "source": RENDERED, "edits": [CROPPED], **given}
    return sign_version(asking(desk), video, out, **wanted)


class Issuer:
    """An authority that issues certificates.

    Attributes:
        pem: its own certificate.
    """

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime.now(UTC)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = named("An Authority")
        self._id = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        root = (
            self._builder(self._name, self._key, self._now + timedelta(days=3650))
            .add_extension(x509.BasicConstraints(True, 0), True)
            .add_extension(ISSUING, True)
            .add_extension(self._id, False)
            .sign(self._key, hashes.SHA256())
        )
        self.pem = root.public_bytes(Encoding.PEM).decode()

    def issue(
        self,
        key: Key | None = None,
        *,
        name: str = "A Brand",
        usage: x509.KeyUsage | None = SIGNATURES,
        purposes: Sequence[str] = (CLAIM_SIGNING,),
        names_issuer: bool = True,
        days: float = 365,
    ) -> tuple[str, str]:
        """A certificate with its issuer's, and its private key, as PEM."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        builder = self._builder(named(name), key, self._now + timedelta(days=days))
        builder = builder.add_extension(x509.BasicConstraints(False, None), True)
        if usage:
            builder = builder.add_extension(usage, True)
        if purposes:
            listed = [x509.ObjectIdentifier(each) for each in purposes]
            builder = builder.add_extension(x509.ExtendedKeyUsage(listed), False)
        if names_issuer:
            authority = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(self._id)
            builder = builder.add_extension(authority, False)
        leaf = builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
        return leaf + self.pem, pem_of(key)

    def _builder(self, name: x509.Name, key: Key, ends: datetime) -> x509.CertificateBuilder:
        begins = min(self._now, ends) - timedelta(days=1)
        serial = x509.random_serial_number()
        return x509.CertificateBuilder(self._name, name, key.public_key(), serial, begins, ends)


def named(name: str) -> x509.Name:
    """A name that has an organization."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def pem_of(key: Key) -> str:
    """A private key as PEM."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def with_byte_changed(path: Path, at: int) -> Path:
    """A copy of a file with one byte changed.

    Args:
        path: of the file.
        at: where; negative counts from the end.
    """
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    changed = path.with_name(f"changed-{path.name}")
    changed.write_bytes(content)
    return changed
