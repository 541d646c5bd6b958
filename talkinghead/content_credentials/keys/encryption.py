"""Encryption of the private key under the studio's secret."""

import hashlib
import secrets

_SALT, _NONCE = 16, 12  # bytes
_WORK = 2**14  # of scrypt: 16 MB and about 50 ms, so that a short secret cannot be guessed quickly


class OtherSecret(Exception):
    """It was encrypted under another secret, or was changed."""


def encrypt(text: str, secret: str, bound_to: str) -> bytes:
    """Return a text that only `decrypt` with the same secret reads.

    Args:
        text: what to keep.
        secret: the studio's.
        bound_to: what it belongs to; `decrypt` needs the same.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    hidden = AESGCM(_key(secret, salt)).encrypt(nonce, text.encode(), bound_to.encode())
    return salt + nonce + hidden


def decrypt(kept: bytes, secret: str, bound_to: str) -> str:
    """Return the text.

    Raises:
        OtherSecret: this secret does not open it.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce, hidden = kept[:_SALT], kept[_SALT : _SALT + _NONCE], kept[_SALT + _NONCE :]
    try:
        return AESGCM(_key(secret, salt)).decrypt(nonce, hidden, bound_to.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise OtherSecret from error


def _key(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=_WORK, r=8, p=1, dklen=32)
