"""The operator's key: from the settings, kept encrypted, and opened by the same secret only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from talkinghead.content_credentials.key_repository import SigningKeyRepository
from talkinghead.content_credentials.key_setup import (
    NO_CERTIFICATE,
    NO_KEY,
    SAVED_UNDER_ANOTHER,
    open_credentials,
)
from talkinghead.content_credentials.keys.encryption import OtherSecret, decrypt, encrypt
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.errors import ConfigurationError
from talkinghead.core.settings import read_settings
from tests.content_credentials.signed import Issuer

SECRET, OTHER = "a secret of the studio's", "another secret entirely"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path / "journal.db"))
    yield opened
    opened.close()


def subject_with(database: Database, **settings: str) -> str | None:
    """Whose certificate signs with these settings; None for one of the studio's own."""
    parts = open_credentials(read_settings(**settings), database)
    certificate = parts.desk.certificate()
    return None if certificate.own else certificate.subject


def test_a_key_is_kept_encrypted_and_needs_to_be_given_once(
    database: Database, issuer: Issuer, tmp_path: Path
) -> None:
    chain, key = issuer.issue()
    given = {"c2pa_certificate": chain, "c2pa_private_key": key.replace("\n", "\\n")}
    assert subject_with(database, **given, studio_secret=SECRET) == "A Brand"
    assert subject_with(database, studio_secret=SECRET) == "A Brand"
    stored = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert chain.splitlines()[1].encode() in stored
    for line in key.splitlines()[1:-1]:
        assert line.encode() not in stored


def test_without_a_secret_a_key_is_not_kept(database: Database, issuer: Issuer) -> None:
    chain, key = issuer.issue()
    assert subject_with(database, c2pa_certificate=chain, c2pa_private_key=key) == "A Brand"
    assert not SigningKeyRepository(database).has_key()
    assert subject_with(database) is None


def test_a_changed_secret_is_said_and_a_key_that_is_given_again_replaces_the_saved_one(
    database: Database, issuer: Issuer
) -> None:
    chain, key = issuer.issue()
    given = {"c2pa_certificate": chain, "c2pa_private_key": key}
    subject_with(database, **given, studio_secret=SECRET)
    with pytest.raises(ConfigurationError, match=SAVED_UNDER_ANOTHER[:40]):
        subject_with(database, studio_secret=OTHER)
    assert subject_with(database, **given, studio_secret=OTHER) == "A Brand"
    assert subject_with(database, studio_secret=OTHER) == "A Brand"


def test_a_renewed_certificate_needs_no_new_key(database: Database, issuer: Issuer) -> None:
    own = ec.generate_private_key(ec.SECP256R1())
    chain, key = issuer.issue(own)
    subject_with(database, c2pa_certificate=chain, c2pa_private_key=key, studio_secret=SECRET)
    renewed, _ = issuer.issue(own, name="A Brand, renewed")
    with_it = {"c2pa_certificate": renewed, "studio_secret": SECRET}
    assert subject_with(database, **with_it) == "A Brand, renewed"
    assert subject_with(database, studio_secret=SECRET) == "A Brand, renewed"
    with pytest.raises(ConfigurationError, match="isn't the key"):
        subject_with(database, c2pa_certificate=issuer.issue()[0], studio_secret=SECRET)


def test_half_of_it_is_said(database: Database, issuer: Issuer) -> None:
    chain, key = issuer.issue()
    with pytest.raises(ConfigurationError, match=NO_KEY):
        subject_with(database, c2pa_certificate=chain)
    with pytest.raises(ConfigurationError, match=NO_CERTIFICATE):
        subject_with(database, c2pa_private_key=key)


def test_what_was_encrypted_for_something_else_or_changed_is_not_opened() -> None:
    kept = encrypt("a key", SECRET, "videos")
    assert decrypt(kept, SECRET, "videos") == "a key"
    for changed, secret, bound_to in (
        (kept, OTHER, "videos"),
        (kept, SECRET, "mails"),
        (kept[:-1] + bytes([kept[-1] ^ 1]), SECRET, "videos"),
        (b"", SECRET, "videos"),
    ):
        with pytest.raises(OtherSecret):
            decrypt(changed, secret, bound_to)
