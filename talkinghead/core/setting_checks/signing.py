"""Checks of the settings that content credentials are signed with.

An error is the rest of a sentence that begins with the setting's name and never contains its value.
`talkinghead.content_credentials` checks that they belong together. The cryptography library is
loaded only where one is set.
"""

from pathlib import Path

from pydantic import SecretStr

from talkinghead.core.setting_checks.addresses import check_http_url

SHORTEST_SECRET = 16  # characters
_NO_CERTIFICATE = (
    "must be the text of the signing certificate and of its issuers, the signing certificate "
    "first, with the lines -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----"
)
_NO_KEY = (
    "must be the text of the certificate's private key, with the lines -----BEGIN PRIVATE "
    "KEY----- and -----END PRIVATE KEY-----"
)


def check_certificate(pem: str | None) -> str | None:
    """Return certificates as PEM."""
    if pem is None:
        return None
    from cryptography import x509

    text = _with_lines(pem)
    if "PRIVATE KEY" in text:
        raise ValueError("contains a private key. Move the key to C2PA_PRIVATE_KEY")
    try:
        x509.load_pem_x509_certificates(text.encode())
    except ValueError:
        raise ValueError(_NO_CERTIFICATE) from None
    return text


def check_private_key(pem: SecretStr | None) -> SecretStr | None:
    """Return a private key as PEM."""
    if pem is None or not pem.get_secret_value():
        return None
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    text = _with_lines(pem.get_secret_value())
    try:
        load_pem_private_key(text.encode(), None)
    except TypeError:  # it has a password
        raise ValueError(
            "is protected by a password. Remove it, for example with “openssl pkey -in key.pem”"
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError(_NO_KEY) from None
    return SecretStr(text)


def check_timestamp_url(url: str | None) -> str | None:
    """Return the URL of a timestamp authority."""
    return check_http_url(url, "http://timestamp.example.com")


def check_trust_list(path: Path | None) -> Path | None:
    """Return a file of certificates."""
    if path is None:
        return None
    from cryptography import x509

    try:
        x509.load_pem_x509_certificates(path.read_bytes())
    except OSError:
        raise ValueError("names a file that can't be read") from None
    except ValueError:
        raise ValueError("must be a file with certificates, as PEM") from None
    return path.absolute()


def check_secret(secret: SecretStr | None) -> SecretStr | None:
    """Return the studio's secret."""
    if secret is None or not secret.get_secret_value():
        return None
    if len(secret.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError(f"must have {SHORTEST_SECRET} characters or more")
    return secret


def _with_lines(pem: str) -> str:
    r"""Return PEM with its line breaks, which many hosts only take as \n."""
    return pem.replace("\\r", "").replace("\\n", "\n").strip() + "\n"
