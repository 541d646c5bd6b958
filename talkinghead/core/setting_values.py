"""Checks of single settings. An error is the rest of a sentence that begins with the setting's name
and never contains its value."""

import re
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from talkinghead.core.database import parsed_url

_KEY = re.compile(r"[!-~]+")  # printable ASCII without spaces: what a header can carry
_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")
_QUOTES = ("'", '"', "`", "“”", "‘’")


def unquoted(value: Any) -> Any:
    """Return a text without blanks and quotes around it; anything else as it is."""
    if isinstance(value, SecretStr):
        return SecretStr(unquoted(value.get_secret_value()))
    if not isinstance(value, str):
        return value
    text = value.strip()
    for quotes in _QUOTES:
        if len(text) > 1 and text[0] == quotes[0] and text[-1] == quotes[-1]:
            return unquoted(text[1:-1])
    return text


def check_key(key: SecretStr | None) -> SecretStr | None:
    """Return fal's key; refuse one that no header can carry, and drop a blank one."""
    if key is None or not key.get_secret_value():
        return None
    if not _KEY.fullmatch(key.get_secret_value()):
        raise ValueError("is not a fal.ai key. Copy the full key from fal.ai → Keys")
    if key.get_secret_value()[0] in "'\"" or key.get_secret_value()[-1] in "'\"":
        raise ValueError("has a quote at one end. Copy the full key from fal.ai → Keys")
    return key


def check_database_url(url: str | None) -> str | None:
    """Return a database's URL."""
    if url is None:
        return None
    scheme = url.partition("://")[0].lower()
    if scheme == "sqlite":
        if not parsed_url(url).database or ":memory:" in url:
            raise ValueError("must name a file, as in sqlite:////folder/journal.db")
        return url
    if scheme not in _POSTGRES or "://" not in url:
        raise ValueError("must look like postgresql://user:password@host:5432/database")
    try:
        known = parsed_url(f"postgresql://{url.partition('://')[2]}")
    except ValueError as error:
        raise ValueError(
            "must look like postgresql://user:password@host:5432/database; write special "
            "characters of the password as %40 for @, %2F for / and %23 for #"
        ) from error
    if not (known.host or known.query.get("host")):
        raise ValueError("has no host: it must look like postgresql://user:password@host/database")
    return f"{scheme}://{url.partition('://')[2]}"


def check_media_url(url: str | None) -> str | None:
    """Return the URL of a file storage."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ValueError("must look like s3://bucket/prefix or file:///folder") from error
    if parts.scheme == "s3":
        if not parts.netloc:
            raise ValueError("names no bucket: it must look like s3://bucket/prefix")
        return url
    if parts.scheme != "file":
        raise ValueError("must begin with s3:// or file:///")
    if parts.netloc not in ("", "localhost"):
        raise ValueError("names a host: write a folder of this machine as file:///folder")
    if parts.query or parts.fragment:
        raise ValueError("has a ? or # in its folder: write them as %3F and %23")
    if parts.path.startswith("/~"):
        raise ValueError("must name the folder in full, without ~")
    if not parts.path.strip("/"):
        raise ValueError("names no folder: it must look like file:///folder")
    return url


def check_proxy_url(url: str | None) -> str | None:
    """Return the URL of the proxy to fal."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable:
        raise ValueError("must look like https://proxy.example.com/fal")
    return url
