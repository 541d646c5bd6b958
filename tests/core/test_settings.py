"""Settings come from the environment and nowhere else, and keep secrets to themselves."""

from decimal import Decimal
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)
from pydantic import ValidationError

from talkinghead.core.database import Database
from talkinghead.core.errors import ConfigurationError
from talkinghead.core.settings import Settings, read_settings
from talkinghead.core.store import open_store


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "DATA_DIR",
        "DATABASE_URL",
        "MEDIA_URL",
        "FAL_KEY",
        "FAL_PROXY_URL",
        "SINGLE_USER",
        "FAL_VISITORS_MAY_PAY",
        "CAP_RENDER",
        "CAP_PERSON_DAY",
        "CAP_APP_MONTH",
    ):
        monkeypatch.delenv(name, raising=False)


def test_a_bare_machine_needs_no_setting() -> None:
    settings = Settings()
    assert settings.data_dir == Path("data")
    assert settings.database_url is None
    assert settings.media_url is None
    assert settings.fal_key is None


def test_everyone_has_a_gallery_of_their_own_by_default() -> None:
    assert Settings().single_user is False


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/studio")
    monkeypatch.setenv("SINGLE_USER", "1")
    settings = Settings()
    assert settings.database_url == "postgresql://db/studio"
    assert settings.single_user is True


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_blank_key_is_no_key(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    monkeypatch.setenv("FAL_KEY", blank)
    assert Settings().fal_key is None


@pytest.mark.parametrize("written", [" id:hidden ", "FAL_KEY=id:hidden", 'FAL_KEY = "id:hidden"'])
def test_a_key_shows_itself_nowhere(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("FAL_KEY", written)
    settings = Settings()
    assert settings.fal_key is not None
    assert settings.fal_key.get_secret_value() == "id:hidden"
    assert "hidden" not in repr(settings) + str(settings) + settings.model_dump_json()


def test_caps_are_dollars_and_absent_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (Settings().cap_render, Settings().fal_visitors_may_pay) == (None, False)
    monkeypatch.setenv("CAP_RENDER", "2.50")
    monkeypatch.setenv("CAP_PERSON_DAY", "0")
    monkeypatch.setenv("FAL_VISITORS_MAY_PAY", "1")
    settings = Settings()
    assert (settings.cap_render, settings.cap_person_day) == (Decimal("2.50"), Decimal(0))
    assert settings.fal_visitors_may_pay
    monkeypatch.setenv("CAP_RENDER", "-1")
    with pytest.raises(ValidationError):
        Settings()


PROTECTED_KEY = (
    ec.generate_private_key(ec.SECP256R1())
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"a password"))
    .decode()
)
WRONG = [
    ("CAP_RENDER", "$5", "a number of dollars, such as 5 or 2.50"),
    ("CAP_RENDER", "5 dollars", "a number of dollars"),
    ("CAP_PERSON_DAY", "1,5", "a number of dollars"),
    ("CAP_PERSON_DAY", "-1", "a number of dollars"),
    ("CAP_APP_MONTH", "nan", "a number of dollars"),
    ("CAP_APP_MONTH", "inf", "a number of dollars"),
    ("CAP_APP_MONTH", "1e400", "a number of dollars"),
    ("CAP_APP_DAY", "$5", "a number of dollars"),
    ("TRUSTED_PROXIES", "-1", "a whole number from 0 to 10"),
    ("TRUSTED_PROXIES", "one", "a whole number from 0 to 10"),
    ("TRUSTED_PROXIES", "10.0.0.0/8", "a whole number from 0 to 10"),
    ("TRUSTED_PROXIES", "https://secret.example.com", "a whole number from 0 to 10"),
    ("SINGLE_USER", "maybe", "must be true or false"),
    ("FAL_VISITORS_MAY_PAY", "$1", "must be true or false"),
    ("DATABASE_URL", "mysql://me:secret@host/db", "must look like postgresql://"),
    ("DATABASE_URL", "postgresql+psycopg2://me:secret@host/db", "must look like postgresql://"),
    ("DATABASE_URL", "postgresql:/me:secret@host/db", "must look like postgresql://"),
    ("DATABASE_URL", "secret", "must look like postgresql://"),
    ("DATABASE_URL", "postgresql://me:secret@host:port/db", "in the password, write"),
    ("DATABASE_URL", "postgresql:///secret", "has no host"),
    ("DATABASE_URL", "postgresql://me:secret@host:99999/db", "has an invalid host or port"),
    ("DATABASE_URL", "postgresql://me:secret@host with blank/db", "has an invalid host or port"),
    ("DATABASE_URL", "postgresql://me:secret@[::1/db", "in the password, write"),
    ("DATABASE_URL", "sqlite://secret/x", "must name only a file"),
    ("DATABASE_URL", "sqlite:////folder/journal.db?key=secret", "must name only a file"),
    ("DATABASE_URL", "sqlite://", "must name only a file"),
    ("DATABASE_URL", "sqlite:///:memory:", "must name only a file"),
    ("MEDIA_URL", "file://host/secret", "write a local folder as file:///folder"),
    ("MEDIA_URL", "file://~/secret", "write a local folder as file:///folder"),
    ("MEDIA_URL", "file:///~/secret", "without ~"),
    ("MEDIA_URL", "file:///", "has no folder"),
    ("MEDIA_URL", "file:///what?secret", "write them as %3F and %23"),
    ("MEDIA_URL", "s3://", "has no bucket"),
    ("MEDIA_URL", "https://secret.example.com/", "must begin with s3:// or file:///"),
    ("MEDIA_URL", "/secret", "must begin with s3:// or file:///"),
    ("MEDIA_URL", "s3://[secret", "must look like"),
    ("MEDIA_URL", "s3://user:secret@bucket/prefix", "AWS_SECRET_ACCESS_KEY"),
    ("MEDIA_URL", "s3://secret@bucket", "AWS_SECRET_ACCESS_KEY"),
    ("MEDIA_URL", "s3://my secret/prefix", "has no bucket name"),
    ("MEDIA_URL", "s3://secret:9000/bucket", "?endpoint=https://host"),
    ("MEDIA_URL", "s3://bucket/prefix#secret", "write it as %23"),
    ("MEDIA_URL", "s3://bucket/prefix?endpoint=secret:9000", "?endpoint=https://host"),
    ("MEDIA_URL", "https://user:secret@host/bucket", "must begin with s3:// or file:///"),
    ("FAL_KEY", "id: secret", "is not a fal.ai key"),
    ("FAL_KEY", "sécret", "is not a fal.ai key"),
    ("FAL_KEY", "'secret", "has a quote at one end"),
    ("FAL_PROXY_URL", "secret.example.com", "must look like https://"),
    ("FAL_PROXY_URL", "ftp://secret.example.com", "must look like https://"),
    ("FAL_PROXY_URL", "https://", "must look like https://"),
    ("FAL_PROXY_URL", "https://user:secret@proxy.example.com/fal", "a user name or password"),
    ("FAL_PROXY_URL", "https://secret@proxy.example.com", "a user name or password"),
    ("FAL_PROXY_URL", "https://secret .example.com/fal", "without spaces"),
    ("FAL_PROXY_URL", "https://proxy.example.com/secret fal", "without spaces"),
    ("FAL_PROXY_URL", "https://proxy.example.com/fal?key=secret", "without spaces, ? or #"),
    ("FAL_PROXY_URL", "https://[secret", "must look like https://"),
    ("FAL_PROXY_URL", "https://user:secret@[proxy", "must look like https://"),
    ("FAL_PROXY_URL", "https://secret.example.com:port/", "must look like https://"),
    ("C2PA_CERTIFICATE", "secret", "must be the text of the signing certificate"),
    ("C2PA_CERTIFICATE", "-----BEGIN PRIVATE KEY-----secret", "Move the key to C2PA_PRIVATE_KEY"),
    ("C2PA_PRIVATE_KEY", "secret", "must be the text of the certificate's private key"),
    ("C2PA_PRIVATE_KEY", PROTECTED_KEY, "is protected by a password"),
    ("C2PA_TIMESTAMP_URL", "secret.example.com", "must look like http://timestamp.example.com"),
    ("C2PA_TIMESTAMP_URL", "http://me:secret@host", "a user name or password"),
    ("C2PA_TRUST_LIST", "/no/such/secret.pem", "names a file that can't be read"),
    ("C2PA_TRUST_LIST", __file__, "must be a file with certificates"),
    ("STUDIO_SECRET", "secret", "must have 16 characters or more"),
    ("DATA_DIR", "~nobody-of-this-name/secret", "begins with ~ and an unknown user name"),
]


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_a_wrong_setting_is_named_with_what_it_must_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as raised:
        read_settings()
    assert str(raised.value).startswith(f"{name} ")
    assert words in str(raised.value)
    assert str(raised.value).endswith("Correct it, then start again.")
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_several_wrong_settings_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_RENDER", "$5")
    monkeypatch.setenv("SINGLE_USER", "maybe")
    with pytest.raises(ConfigurationError) as raised:
        read_settings()
    assert {"CAP_RENDER", "SINGLE_USER"} <= set(str(raised.value).split())


@pytest.mark.parametrize("form", ["'{}'", '"{}"', " {} ", "\t'{}'\n", "“{}”", "\"'{}'\"", "{}"])
def test_quotes_and_blanks_around_a_value_are_removed(
    monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    given = {
        "FAL_KEY": "id:secret",
        "CAP_RENDER": "2.50",
        "SINGLE_USER": "true",
        "DATABASE_URL": "postgresql://me:it's@host/db",
        "MEDIA_URL": "s3://bucket/prefix",
        "FAL_PROXY_URL": "https://proxy.example.com/fal",
        "DATA_DIR": "/folder/with a blank",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, form.format(value))
    settings = read_settings()
    assert settings.fal_key is not None
    assert settings.fal_key.get_secret_value() == "id:secret"
    assert (settings.cap_render, settings.single_user) == (Decimal("2.50"), True)
    assert settings.database_url == given["DATABASE_URL"]
    assert settings.media_url == given["MEDIA_URL"]
    assert settings.fal_proxy_url == given["FAL_PROXY_URL"]
    assert settings.data_dir == Path(given["DATA_DIR"])


@pytest.mark.parametrize(
    "name", ["FAL_KEY", "CAP_RENDER", "SINGLE_USER", "DATABASE_URL", "MEDIA_URL", "DATA_DIR"]
)
@pytest.mark.parametrize("blank", ["", "  ", "''", '" "'])
def test_a_blank_setting_is_absent(monkeypatch: pytest.MonkeyPatch, name: str, blank: str) -> None:
    monkeypatch.setenv(name, blank)
    assert read_settings() == Settings()
    monkeypatch.delenv(name)
    assert read_settings() == Settings()


def test_a_home_folder_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DATA_DIR", "~/studio")
    assert read_settings().data_dir == tmp_path / "studio"


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000", "http://[::1]:9000/fal"])
def test_the_usual_proxy_urls_are_accepted(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("FAL_PROXY_URL", url)
    assert read_settings().fal_proxy_url == url


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:secret@@127.0.0.1:1/db",
        "postgresql://me:secret#x@127.0.0.1:1/db",
        "postgresql://me:secret?x@127.0.0.1:1/db",
        "postgresql://me:secret@127.0.0.1:1/db?sslmode=secret",
        "postgresql://me:secret@127.0.0.1:1/db?secret=1",
        "s3://bucket?secret=1",
        "s3://bucket?client_options=secret",
        "s3://bucket?prefix=secret",
    ],
)
def test_an_address_that_only_opening_can_judge_is_named_without_its_secret(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    name, open_it = (
        ("MEDIA_URL", open_store) if url.startswith("s3") else ("DATABASE_URL", Database)
    )
    monkeypatch.setenv(name, url)
    settings = read_settings()
    with pytest.raises(ConfigurationError) as raised:
        open_it((settings.media_url or settings.database_url) or "")
    assert name in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgres://me:pass@host:5432/db",
        "postgresql://me:p%40ss@host/db?sslmode=require",
        "postgresql+psycopg://host/db",
        "postgresql:///db?host=/run/postgresql",
        "sqlite:////folder/journal.db",
    ],
)
def test_the_usual_database_urls_are_accepted(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert read_settings().database_url == url
