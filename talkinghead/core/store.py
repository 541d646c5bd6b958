"""File storage: a folder or an S3 bucket, given by one URL.

A file is named by the hash of its content, so it is put once, never changes and can be put again
after a crash. Every name is prefixed by its workspace; nothing is shared between two.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4

import obstore
from obstore.exceptions import BaseError, UnknownConfigurationKeyError
from obstore.exceptions import NotFoundError as ObjectNotFound
from obstore.store import LocalStore, S3Store

from talkinghead.core.errors import (
    DISK_FULL,
    ConfigurationError,
    NotFound,
    StorageFailed,
    is_disk_full,
)
from talkinghead.core.staging import Staging

CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".json": "application/json",
}
REFERENCE = re.compile(r"asset:[0-9a-f]{64}\.[a-z0-9]{1,5}")
"""The form of an asset's reference in a model's inputs."""

_WORKSPACE = re.compile(r"[0-9a-z-]{1,64}")
# A page waits for the store; obstore's own patience is three minutes.
_RETRIES = {"max_retries": 4, "retry_timeout": timedelta(seconds=20)}
_CHUNK = 1024 * 1024  # bytes read at once: a long video is never in memory as a whole


class Store:
    """Files of every workspace, addressed by content.

    Every method raises `StorageFailed` when the store refuses or cannot be reached.
    """

    def __init__(self, objects: LocalStore | S3Store, folder: Path | None) -> None:
        self._objects = objects
        self._folder = folder
        self._staging = Staging(folder) if folder else None

    def put(self, workspace: str, data: bytes | Path, suffix: str) -> str:
        """Store this content and return its reference, `asset:<sha256><suffix>`.

        The same content again is not sent again.
        """
        reference = f"asset:{_digest(data)}{suffix}"
        key = _key(workspace, reference)
        with _our_errors("The file couldn't be saved. Try again in a moment."):
            if not self._has(key):
                self._write(key, data, _content_type(suffix))
        return reference

    def read(self, workspace: str, reference: str) -> bytes:
        """Return the whole content.

        Raises:
            NotFound: this workspace has no such file.
        """
        with _our_errors("The file couldn't be read. Try again in a moment."):
            return bytes(obstore.get(self._objects, _key(workspace, reference)).bytes())

    def save(self, workspace: str, reference: str, path: Path) -> Path:
        """Copy the content to a local file atomically, and return its path.

        Raises:
            NotFound: this workspace has no such file.
        """
        partial = path.with_name(f"{path.name}.{uuid4().hex}.part")
        try:
            with (
                _our_errors("The file couldn't be read. Try again in a moment."),
                partial.open("wb") as file,
            ):
                for chunk in self._stream(_key(workspace, reference)):
                    file.write(chunk)
            return partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def local_path(self, workspace: str, reference: str) -> Path | None:
        """Return the path of the file if the store is a folder, otherwise None.

        Raises:
            NotFound: the folder has no such file.
        """
        if self._folder is None:
            return None
        path = self._folder / _key(workspace, reference)
        if not path.is_file():
            raise _absent()
        return path

    def address(self, workspace: str, reference: str, seconds: int = 3600) -> str | None:
        """Return a public https URL, valid for so long, or None if the store is a folder."""
        if not isinstance(self._objects, S3Store):
            return None
        key = _key(workspace, reference)
        with _our_errors("The file's link couldn't be created. Try again in a moment."):
            return obstore.sign(self._objects, "GET", key, timedelta(seconds=seconds))

    def size(self, workspace: str, reference: str) -> int:
        """Return the length of the content in bytes.

        Raises:
            NotFound: this workspace has no such file.
        """
        with _our_errors("The file storage couldn't be reached. Try again in a moment."):
            return int(obstore.head(self._objects, _key(workspace, reference))["size"])

    def exists(self, workspace: str, reference: str) -> bool:
        """Whether this workspace has the file."""
        with _our_errors("The file storage couldn't be reached. Try again in a moment."):
            return self._has(_key(workspace, reference))

    def delete(self, workspace: str, reference: str) -> None:
        """Delete the file; no error if it does not exist."""
        with _our_errors("The file couldn't be deleted. Try again later."):
            key = _key(workspace, reference)
            if self._has(key):
                obstore.delete(self._objects, key)
            if self._staging and self._folder:
                self._staging.sweep_beside(self._folder / key)

    def clear(self, workspace: str) -> None:
        """Delete every file of a workspace."""
        if not _WORKSPACE.fullmatch(workspace):
            raise _absent()
        with _our_errors("The files couldn't be deleted. Try again later."):
            for some in obstore.list(self._objects, prefix=workspace):
                for entry in some:
                    obstore.delete(self._objects, entry["path"])
        self.sweep()

    def used_bytes(self, workspace: str) -> int:
        """Return the size of all files of a workspace."""
        with _our_errors("The file storage couldn't be reached. Try again in a moment."):
            found = obstore.list(self._objects, prefix=workspace)
            return sum(entry["size"] for some in found for entry in some)

    def sweep(self) -> None:
        """Delete what processes that died left half written; never what is being written."""
        if self._staging:
            with _our_errors("The files couldn't be deleted. Try again later."):
                self._staging.sweep()

    def _write(self, key: str, data: bytes | Path, content_type: str) -> None:
        if self._staging and self._folder:
            self._staging.write(data, self._folder / key)
        else:
            obstore.put(self._objects, key, data, attributes={"Content-Type": content_type})

    def _has(self, key: str) -> bool:
        try:
            obstore.head(self._objects, key)
        except (ObjectNotFound, FileNotFoundError):
            return False
        return True

    def _stream(self, key: str) -> Iterator[bytes]:
        for chunk in obstore.get(self._objects, key).stream(min_chunk_size=_CHUNK):
            yield bytes(chunk)


def open_store(url: str) -> Store:
    """Return the store at a URL.

    Args:
        url: `file:///folder`, or `s3://bucket/prefix`. The latter takes
        `?region=…&endpoint=https://…` for
            stores that are not Amazon's; the credentials are those of the AWS environment
            variables.

    Raises:
        ConfigurationError: the address is of another kind or has an unknown option.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        make_folder(folder, "MEDIA_URL (or of DATA_DIR if it isn't set)")
        store = Store(LocalStore(prefix=folder, mkdir=True), folder)
        store.sweep()
        return store
    if parts.scheme == "s3":
        options: dict[str, Any] = {**dict(parse_qsl(parts.query)), "retry_config": _RETRIES}
        if options.get("endpoint", "").startswith("http://"):
            options["client_options"] = {"allow_http": True}
        try:
            bucket = S3Store(parts.netloc, prefix=parts.path.strip("/") or None, **options)
        except (UnknownConfigurationKeyError, BaseError, TypeError) as error:
            raise ConfigurationError("MEDIA_URL has an unknown option.") from error
        return Store(bucket, None)
    raise ConfigurationError("MEDIA_URL must begin with s3:// or file://.")


def make_folder(folder: Path, setting: str) -> None:
    """Make a folder with its parents, and check that it can be written to.

    Raises:
        ConfigurationError: it cannot be made or written to; the message names the setting.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ConfigurationError(
            f"The folder of {setting} is a file. Set it to a folder, then start again."
        ) from error
    except (OSError, ValueError) as error:
        words = DISK_FULL if is_disk_full(error) else "Set it to another folder, then start again."
        raise ConfigurationError(f"The folder of {setting} can't be created. {words}") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise ConfigurationError(
            f"The studio can't write to the folder of {setting}. Give it permission or set another "
            "folder, then start again."
        )


@contextmanager
def _our_errors(sentence: str) -> Iterator[None]:
    try:
        yield
    except (ObjectNotFound, FileNotFoundError) as error:
        raise _absent() from error
    except (BaseError, OSError) as error:
        raise StorageFailed(DISK_FULL if is_disk_full(error) else sentence) from error


def _absent() -> NotFound:
    return NotFound("This file is no longer available.")


def _key(workspace: str, reference: str) -> str:
    """Return the object's name; also checks that neither part can name anything outside its
    workspace."""
    if not (REFERENCE.fullmatch(reference) and _WORKSPACE.fullmatch(workspace)):
        raise _absent()
    return f"{workspace}/{reference.removeprefix('asset:')}"


def _content_type(suffix: str) -> str:
    return CONTENT_TYPES.get(suffix, "application/octet-stream")


def _digest(data: bytes | Path) -> str:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    with data.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
