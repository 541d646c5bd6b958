"""The repository of the key that signs: encrypted, one in an installation."""

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from talkinghead.content_credentials.keys.encryption import decrypt, encrypt
from talkinghead.content_credentials.tables import signing_keys
from talkinghead.core.database import Database

_NAME = "videos"  # what it signs


class SigningKeyRepository:
    """The saved certificate and its private key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has_key(self) -> bool:
        """Whether one is saved."""
        return self._find() is not None

    def read(self, secret: str) -> tuple[str, str] | None:
        """Return the certificate and the private key, as PEM; None where none is saved.

        Raises:
            OtherSecret: the key was saved under another secret.
        """
        found = self._find()
        if found is None:
            return None
        certificate, encrypted = found
        return certificate, decrypt(encrypted, secret, _NAME)

    def save(self, certificate: str, key: str, secret: str) -> None:
        """Save a certificate and its private key in place of what was saved before."""
        row = {
            "name": _NAME,
            "certificate": certificate,
            "encrypted_key": encrypt(key, secret, _NAME),
            "saved_at": datetime.now(UTC),
        }
        with self._database.writing() as connection:
            connection.execute(delete(signing_keys).where(signing_keys.c.name == _NAME))
            connection.execute(insert(signing_keys).values(**row))

    def _find(self) -> tuple[str, bytes] | None:
        query = select(signing_keys.c.certificate, signing_keys.c.encrypted_key).where(
            signing_keys.c.name == _NAME
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (row.certificate, row.encrypted_key)
