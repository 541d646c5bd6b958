"""The files on the CDN: what was uploaded and what was made."""

import base64
import binascii
import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from tests.fal_server.state import State

CDN = "https://v3.fal.media"


@dataclass(frozen=True)
class StoredFile:
    """One file; `path` begins with `/files/`."""

    path: str
    content_type: str
    data: bytes = field(repr=False)
    expires_at: datetime | None = None
    request_id: str | None = None

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.path.rpartition("/")[2]

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class Upload:
    """A multipart upload, or a signed one, under way."""

    path: str
    content_type: str
    expires_at: datetime | None
    account: str | None = None
    parts: dict[int, bytes] = field(default_factory=dict)


def expiry(headers: Mapping[str, str]) -> datetime | None:
    """When a file expires by its lifecycle header; None is never. ValueError: a broken one."""
    text = headers.get("x-fal-object-lifecycle") or headers.get("x-fal-object-lifecycle-preference")
    if not text:
        return None
    seconds = json.loads(text).get("expiration_duration_seconds")
    return None if seconds is None else datetime.now(UTC) + timedelta(seconds=float(seconds))


class Files:
    """All files, by the path of their address; the host it names makes no difference."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.stored: dict[str, StoredFile] = {file.path: file for file in state.files()}
        self.uploads: dict[str, Upload] = {}
        self.decisions: dict[str, str] = {}

    def set_decision(self, path: str, decision: str) -> None:
        """Who reads a file from now on: "allow" everyone, "forbid" (403) or "hide" (404)."""
        self.decisions[path] = decision

    def decision(self, path: str) -> str:
        """Who reads a file."""
        return self.decisions.get(path) or self.decisions.get(quote(unquote(path)), "allow")

    def new_path(self, name: str) -> str:
        """An address's path that nothing has yet."""
        safe = quote(name.rpartition("/")[2].rpartition("\\")[2] or "file.bin", safe="")
        return f"/files/b/{secrets.token_hex(4)}/{secrets.token_urlsafe(16)}_{safe}"

    def put(self, file: StoredFile) -> StoredFile:
        """Keep a file."""
        self.stored[file.path] = file
        self.state.save_file(file)
        return file

    def get(self, path: str) -> StoredFile | None:
        """The file at an address's path, unless it has expired."""
        file = self.stored.get(path) or self.stored.get(quote(unquote(path)))
        if file and file.expires_at and file.expires_at <= datetime.now(UTC):
            self.delete(path)
            return None
        return file

    def delete(self, path: str) -> bool:
        """Forget a file; whether there was one."""
        self.state.delete_file(path)
        return self.stored.pop(path, None) is not None

    def fetch(self, url: str) -> bytes | None:
        """What an input's address holds, the way a runner would download it."""
        if url.startswith("data:"):
            return _inline(url)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return None
        path = parts.path.removeprefix("/cdn")
        if self.decision(path) != "allow":
            return None
        file = self.get(path)
        return file.data if file else None

    def begin(
        self,
        name: str,
        content_type: str,
        expires_at: datetime | None,
        account: str | None = None,
    ) -> str:
        """Start an upload in parts, or by a signed address; its id."""
        upload_id = uuid.uuid4().hex
        self.uploads[upload_id] = Upload(self.new_path(name), content_type, expires_at, account)
        return upload_id

    def finish(self, upload_id: str, numbers: list[int]) -> StoredFile:
        """Put the parts together; KeyError when one is missing."""
        upload = self.uploads[upload_id]
        data = b"".join(upload.parts[number] for number in sorted(numbers))
        del self.uploads[upload_id]
        return self.put(StoredFile(upload.path, upload.content_type, data, upload.expires_at))


def _inline(url: str) -> bytes | None:
    head, _, body = url.partition(",")
    try:
        return (
            base64.b64decode(body, validate=True)
            if head.endswith(";base64")
            else unquote_to_bytes(body)
        )
    except binascii.Error:
        return None
