"""Checks of the settings that are addresses.

An error is the rest of a sentence that begins with the setting's name and never contains its value.
"""

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

from talkinghead.core.database import parsed_url

_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_HOST = re.compile(r"[^\s/?#@\\<>\"{}|^`%]+")
_VISIBLE = re.compile(r"[!-~]+")
_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")


def check_database_url(url: str | None) -> str | None:
    """Return a database's URL."""
    if url is None:
        return None
    scheme = url.partition("://")[0].lower()
    if scheme == "sqlite":
        file = parsed_url(url)
        if not file.database or file.host or file.query or ":memory:" in url:
            raise ValueError("must name only a file, such as sqlite:////folder/journal.db")
        return url
    if scheme not in _POSTGRES or "://" not in url:
        raise ValueError("must look like postgresql://user:password@host:5432/database")
    try:
        known = parsed_url(f"postgresql://{url.partition('://')[2]}")
    except ValueError as error:
        raise ValueError(
            "must look like postgresql://user:password@host:5432/database; in the password, write "
            "@ as %40, / as %2F and # as %23"
        ) from error
    if re.search(r"\s", known.host or "") or not 0 < (known.port or 5432) < 65536:
        raise ValueError(
            "has an invalid host or port: it must look like "
            "postgresql://user:password@host:5432/database"
        )
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
        _check_bucket(parts)
        return url
    if parts.scheme != "file":
        raise ValueError("must begin with s3:// or file:///")
    if parts.netloc not in ("", "localhost"):
        raise ValueError("names a host: write a local folder as file:///folder")
    if parts.query or parts.fragment:
        raise ValueError("has a ? or # in its folder: write them as %3F and %23")
    if parts.path.startswith("/~"):
        raise ValueError("must be the folder's full path, without ~")
    if not parts.path.strip("/"):
        raise ValueError("has no folder: it must look like file:///folder")
    return url


def _check_bucket(parts: SplitResult) -> None:
    """Refuse what names no bucket, or more than one."""
    bucket = parts.netloc
    if not bucket:
        raise ValueError("has no bucket: it must look like s3://bucket/prefix")
    if "@" in bucket:
        raise ValueError(
            "must not hold a key: write s3://bucket/prefix, and set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY"
        )
    if not _BUCKET.fullmatch(bucket):
        raise ValueError(
            "has no bucket name after s3://. To use another host, add it at the end: "
            "s3://bucket/prefix?endpoint=https://host"
        )
    if parts.fragment:
        raise ValueError("has a # in its prefix: write it as %23")
    endpoint = dict(parse_qsl(parts.query)).get("endpoint", "https://host")
    if not endpoint.startswith(("https://", "http://")):
        raise ValueError("has an endpoint that isn't a URL: write it as ?endpoint=https://host")


def check_proxy_url(url: str | None) -> str | None:
    """Return the URL of the proxy to fal."""
    return check_http_url(url, "https://proxy.example.com/fal")


def check_http_url(url: str | None, example: str) -> str | None:
    """Return the URL of a service that the operator chose, which may be within their own network.

    Args:
        url: as given.
        example: what it must look like.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in ("http", "https") and parts.port != 0
        is_usable = is_usable and _HOST.fullmatch(parts.hostname or "") is not None
    except ValueError:
        is_usable = False
        parts = urlsplit("")
    if "@" in parts.netloc:
        raise ValueError(
            "must not contain a user name or password, which wouldn't be sent: it must look like "
            f"{example}"
        )
    if not is_usable or not _VISIBLE.fullmatch(url) or parts.query or parts.fragment:
        raise ValueError(f"must look like {example}, without spaces, ? or #")
    return url
