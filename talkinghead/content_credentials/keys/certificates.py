"""Certificates that sign: the operator's, checked, or one of the studio's own.

What C2PA asks of a certificate is checked when the studio starts, so that no video fails of it
later. Loads the cryptography library; imported where something is signed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from talkinghead.core.errors import ConfigurationError

Kind = TypeVar("Kind", bound=x509.ExtensionType)
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

OWN_NAME = "Talking Head Studio"
OWN_DAYS = 365  # that a certificate of the studio's own is valid; the key lives as the process does
ACCEPTED_PURPOSES = (
    "1.3.6.1.5.5.7.3.4",  # e-mail protection
    "1.3.6.1.5.5.7.3.36",  # document signing
    "1.3.6.1.4.1.62558.2.1",  # C2PA claim signing
    "1.3.6.1.4.1.311.76.59.1.9",  # C2PA signing, as Microsoft names it
)
"""Extended key usages of which a signing certificate needs one."""
_SHORTEST_RSA = 2048  # bits
_CURVES: dict[str, tuple[str, hashes.HashAlgorithm]] = {
    "secp256r1": ("es256", hashes.SHA256()),
    "secp384r1": ("es384", hashes.SHA384()),
    "secp521r1": ("es512", hashes.SHA512()),
}

# The rest of sentences that begin with C2PA_CERTIFICATE.
_MISORDERED = "must have the signing certificate first, then its issuer's, and so on"
_IS_CA = "is an authority's own certificate. Use one that was issued for signing"
_SIGNS_ITSELF = "is self-signed. Use one that a certificate authority issued"
_NO_SIGNATURES = "isn't meant for signatures (key usage “digital signature”)"
_NO_PURPOSE = (
    "isn't meant for content credentials: its extended key usage must name C2PA claim signing, "
    "document signing or e-mail protection"
)
_NO_ISSUER_ID = "doesn't name its issuer's key (authority key identifier)"
_UNUSABLE_KEY = (
    "C2PA_PRIVATE_KEY can't sign content credentials: use a key on the curve P-256, P-384 or "
    "P-521, an Ed25519 key, or an RSA key of 2048 bits or more. Correct it, then start again."
)
_OTHER_KEY = (
    "C2PA_PRIVATE_KEY isn't the key of C2PA_CERTIFICATE. Set both of the same certificate, then "
    "start again."
)


@dataclass(frozen=True)
class SigningCertificate:
    """A certificate with its private key.

    Attributes:
        chain: the certificate and its issuers', as PEM.
        algorithm: as C2PA calls it, such as "es256".
        subject: the name in it.
        issuer: the name of who issued it.
        ends_at: until when it is valid.
        own: whether the studio made it for itself.
        sign: returns the signature of some bytes.
    """

    chain: str
    algorithm: str
    subject: str
    issuer: str
    ends_at: datetime
    own: bool
    sign: Callable[[bytes], bytes] = field(repr=False)


def given_certificate(chain: str, key: str) -> SigningCertificate:
    """Return the operator's certificate.

    Args:
        chain: the certificate and its issuers', as PEM.
        key: its private key, as PEM.

    Raises:
        ConfigurationError: it cannot sign content credentials, or the key is another one's.
    """
    certificates = x509.load_pem_x509_certificates(chain.encode())
    private = serialization.load_pem_private_key(key.encode(), None)
    if not isinstance(private, PrivateKey):
        raise ConfigurationError(_UNUSABLE_KEY)
    made = _signing(certificates, private, own=False)
    if _public_bytes(private.public_key()) != _public_bytes(certificates[0].public_key()):
        raise ConfigurationError(_OTHER_KEY)
    if problem := _problem(certificates):
        raise ConfigurationError(f"C2PA_CERTIFICATE {problem}. Correct it, then start again.")
    return made


def own_certificate(now: datetime) -> SigningCertificate:
    """Return a certificate that the studio makes for itself, with an issuer that nobody knows."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    begins, ends = now - timedelta(hours=1), now + timedelta(days=OWN_DAYS)
    root_name = _name(f"{OWN_NAME} (self-signed)")
    root_id = x509.SubjectKeyIdentifier.from_public_key(root_key.public_key())
    root = (
        _builder(root_name, root_name, root_key, begins, ends)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(root_id, critical=False)
        .sign(root_key, hashes.SHA256())
    )
    leaf = (
        _builder(_name(OWN_NAME), root_name, key, begins, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(root_id), critical=False
        )
        .sign(root_key, hashes.SHA256())
    )
    return _signing([leaf, root], key, own=True)


def _signing(
    certificates: Sequence[x509.Certificate], key: PrivateKey, *, own: bool
) -> SigningCertificate:
    algorithm, sign = _signature_of(key)
    leaf = certificates[0]
    pem = b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates)
    return SigningCertificate(
        chain=pem.decode(),
        algorithm=algorithm,
        subject=name_in(leaf.subject),
        issuer=name_in(leaf.issuer),
        ends_at=leaf.not_valid_after_utc,
        own=own,
        sign=sign,
    )


def _signature_of(key: PrivateKey) -> tuple[str, Callable[[bytes], bytes]]:
    """Return the algorithm of a key, and what signs with it in the form that COSE asks for."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519", key.sign
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _SHORTEST_RSA:
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256.digest_size)
        return "ps256", lambda data: key.sign(data, pss, hashes.SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _CURVES:
        algorithm, digest = _CURVES[key.curve.name]
        size = (key.curve.key_size + 7) // 8

        def sign(data: bytes) -> bytes:
            pair = decode_dss_signature(key.sign(data, ec.ECDSA(digest)))
            return b"".join(number.to_bytes(size, "big") for number in pair)

        return algorithm, sign
    raise ConfigurationError(_UNUSABLE_KEY)


def _problem(certificates: Sequence[x509.Certificate]) -> str | None:
    """Return what keeps a certificate from signing content credentials, or None."""
    leaf = certificates[0]
    for each, issuer in pairwise(certificates):
        try:
            each.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature):
            return _MISORDERED
    constraints = _extension(leaf, x509.BasicConstraints)
    usage, purposes = _extension(leaf, x509.KeyUsage), _extension(leaf, x509.ExtendedKeyUsage)
    named = {each.dotted_string for each in purposes or ()}
    checks = (
        (constraints is not None and constraints.ca, _IS_CA),
        (leaf.subject == leaf.issuer, _SIGNS_ITSELF),
        (usage is None or not usage.digital_signature, _NO_SIGNATURES),
        (named.isdisjoint(ACCEPTED_PURPOSES), _NO_PURPOSE),
        (_extension(leaf, x509.AuthorityKeyIdentifier) is None, _NO_ISSUER_ID),
    )
    return next((sentence for is_wrong, sentence in checks if is_wrong), None)


def _extension(certificate: x509.Certificate, kind: type[Kind]) -> Kind | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def name_in(name: x509.Name) -> str:
    """Return the organization of a name, or else its common name."""
    for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        if found := name.get_attributes_for_oid(kind):
            return str(found[0].value)
    return ""


def _builder(
    name: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    begins: datetime,
    ends: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins.astimezone(UTC))
        .not_valid_after(ends.astimezone(UTC))
    )


def _name(text: str) -> x509.Name:
    parts = ((NameOID.ORGANIZATION_NAME, text), (NameOID.COMMON_NAME, text))
    return x509.Name([x509.NameAttribute(*each) for each in parts])


def _usage(*allowed: str) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{each: each in allowed for each in every})


def _public_bytes(key: object) -> bytes:
    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return key.public_bytes(*form)  # type: ignore[attr-defined, no-any-return]
