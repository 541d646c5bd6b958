"""Finds the certificate that signs: in the settings, or the one that was saved from them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from talkinghead.content_credentials.key_repository import SigningKeyRepository
from talkinghead.content_credentials.keys.encryption import OtherSecret
from talkinghead.content_credentials.repository import SignedVideoRepository
from talkinghead.content_credentials.signing_desk import SigningDesk
from talkinghead.core.database import Database
from talkinghead.core.errors import ConfigurationError
from talkinghead.core.settings import Settings

if TYPE_CHECKING:
    from talkinghead.content_credentials.keys.certificates import SigningCertificate

NO_CERTIFICATE = (
    "C2PA_PRIVATE_KEY is set without its certificate. Set C2PA_CERTIFICATE too, then start again."
)
NO_KEY = (
    "C2PA_CERTIFICATE is set without its private key. Set C2PA_PRIVATE_KEY too, then start again."
)
SAVED_UNDER_ANOTHER = (
    "STUDIO_SECRET isn't the one that the signing key was saved under. Set the former secret, or "
    "set C2PA_CERTIFICATE and C2PA_PRIVATE_KEY to save the key under the new one, then start again."
)


@dataclass(frozen=True)
class CredentialParts:
    """What all workspaces of a studio share of content credentials.

    Attributes:
        desk: signs versions.
        keys: where its key is kept.
        signed: what each version was signed with.
        trust_list: a file with the certificates of authorities to trust; None without one.
    """

    desk: SigningDesk
    keys: SigningKeyRepository
    signed: SignedVideoRepository
    trust_list: Path | None


def open_credentials(settings: Settings, database: Database) -> CredentialParts:
    """Return what signs and verifies; saves a key of the settings where there is a secret to
    encrypt it.

    Raises:
        ConfigurationError: the settings do not fit together, or with what was saved.
    """
    keys = SigningKeyRepository(database)
    desk = SigningDesk(_certificate(settings, keys), settings.c2pa_timestamp_url)
    return CredentialParts(desk, keys, SignedVideoRepository(database), settings.c2pa_trust_list)


def _certificate(settings: Settings, keys: SigningKeyRepository) -> "SigningCertificate | None":
    chain, given = settings.c2pa_certificate, settings.c2pa_private_key
    secret = settings.studio_secret.get_secret_value() if settings.studio_secret else None
    if given is not None:
        if chain is None:
            raise ConfigurationError(NO_CERTIFICATE)
        return _saved_if_new(chain, given.get_secret_value(), secret, keys)
    saved = _read(keys, secret) if secret else None
    if saved is None:
        if chain is not None:
            raise ConfigurationError(NO_KEY)
        return None
    saved_chain, key = saved
    # A renewed certificate of the same key needs no new key.
    return _saved_if_new(chain or saved_chain, key, secret, keys)


def _saved_if_new(
    chain: str, key: str, secret: str | None, keys: SigningKeyRepository
) -> "SigningCertificate":
    from talkinghead.content_credentials.keys.certificates import given_certificate

    certificate = given_certificate(chain, key)
    if secret and not _is_saved(keys, chain, key, secret):
        keys.save(chain, key, secret)
    return certificate


def _is_saved(keys: SigningKeyRepository, chain: str, key: str, secret: str) -> bool:
    try:
        return keys.read(secret) == (chain, key)
    except OtherSecret:
        return False


def _read(keys: SigningKeyRepository, secret: str) -> tuple[str, str] | None:
    try:
        return keys.read(secret)
    except OtherSecret:
        raise ConfigurationError(SAVED_UNDER_ANOTHER) from None
