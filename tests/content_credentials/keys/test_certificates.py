"""Which certificates can sign, and what is said of one that cannot."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from talkinghead.content_credentials.keys.certificates import given_certificate
from talkinghead.content_credentials.reading import read_file
from talkinghead.content_credentials.signing_desk import SigningDesk
from talkinghead.content_credentials.values import FileState
from talkinghead.core.errors import ConfigurationError
from tests.content_credentials.signed import ISSUING, Issuer, Key, pem_of, signed_version


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (ec.generate_private_key(ec.SECP384R1()), "es384"),
        (ec.generate_private_key(ec.SECP521R1()), "es512"),
        (rsa.generate_private_key(65537, 2048), "ps256"),
        (ed25519.Ed25519PrivateKey.generate(), "ed25519"),
    ],
    ids=["P-384", "P-521", "RSA", "Ed25519"],
)
def test_each_kind_of_key_signs(
    issuer: Issuer, video: Path, tmp_path: Path, key: Key, algorithm: str
) -> None:
    certificate = given_certificate(*issuer.issue(key))
    assert certificate.algorithm == algorithm
    out = tmp_path / "out.mp4"
    signed_version(SigningDesk(certificate), video, out)
    found = read_file(out, issuer.pem)
    assert (found.state, found.trusted) == (FileState.UNCHANGED, True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"usage": ISSUING}, "isn't meant for signatures"),
        ({"usage": None}, "isn't meant for signatures"),
        ({"purposes": ()}, "isn't meant for content credentials"),
        ({"purposes": ("1.3.6.1.5.5.7.3.1",)}, "isn't meant for content credentials"),
        ({"names_issuer": False}, "doesn't name its issuer's key"),
        ({"name": "An Authority"}, "is self-signed"),
    ],
)
def test_what_c2pa_would_refuse_is_said_at_the_start(
    issuer: Issuer, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(ConfigurationError, match=f"C2PA_CERTIFICATE {said}"):
        given_certificate(*issuer.issue(**wrong))  # type: ignore[arg-type]


def test_an_authoritys_own_certificate_and_a_wrong_order_are_said(issuer: Issuer) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    chain, _ = issuer.issue(key)
    other = Issuer().pem
    with pytest.raises(ConfigurationError, match="must have the signing certificate first"):
        given_certificate(chain.replace(issuer.pem, other), pem_of(key))


def test_another_ones_key_and_one_that_cannot_sign_are_said(issuer: Issuer) -> None:
    chain, _ = issuer.issue()
    with pytest.raises(ConfigurationError, match="isn't the key of C2PA_CERTIFICATE"):
        given_certificate(chain, issuer.issue()[1])
    weak = ec.generate_private_key(ec.SECP256K1())
    with pytest.raises(ConfigurationError, match="use a key on the curve"):
        given_certificate(*issuer.issue(weak))
