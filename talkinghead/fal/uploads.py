"""Uploads to fal, cached so that a second render uploads neither portrait nor speech again.

An upload is remembered for one key, by what was sent, until shortly before fal deletes it.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from weakref import WeakValueDictionary

from pydantic import SecretStr

KEPT = timedelta(days=3)
"""The time that fal stores an upload: longer than any queue."""
MARGIN = timedelta(days=1)
"""An upload that expires sooner is not used again: the render may wait in fal's queue."""
TRUSTED = timedelta(hours=1)
"""An older upload is looked for at fal before it is used again."""


@dataclass(frozen=True)
class Upload:
    """A file at fal.

    Attributes:
        url: where fal reads it.
        expires_at: when fal deletes it, aware UTC.
    """

    url: str
    expires_at: datetime

    @property
    def usable(self) -> bool:
        """Whether it lasts as long as a render may queue."""
        return datetime.now(UTC) + MARGIN < self.expires_at

    @property
    def fresh(self) -> bool:
        """Whether it is so recent that its existence need not be checked."""
        return datetime.now(UTC) < self.expires_at - KEPT + TRUSTED


class UploadMemory(Protocol):
    """Stores uploads: in the database, or in memory for tests. Called from any thread."""

    def recall(self, account: str, content: str) -> Upload | None:
        """Return the latest upload of this content with this account's key, or None."""
        ...

    def remember(self, account: str, content: str, upload: Upload) -> None:
        """Store it, replacing an older one of the same content."""
        ...

    def forget(self, account: str, content: str) -> None:
        """Delete it; no error if unknown."""
        ...


class MemoryOfThisProcess:
    """Uploads stored until the process ends."""

    def __init__(self) -> None:
        self._uploads: dict[tuple[str, str], Upload] = {}

    def recall(self, account: str, content: str) -> Upload | None:
        """Return the latest upload of this content."""
        return self._uploads.get((account, content))

    def remember(self, account: str, content: str, upload: Upload) -> None:
        """Store it."""
        self._uploads[account, content] = upload

    def forget(self, account: str, content: str) -> None:
        """Delete it."""
        self._uploads.pop((account, content), None)


def account_of(key: SecretStr) -> str:
    """Return an identifier for a key that reveals nothing about it: 32 hexadecimal digits."""
    return hashlib.sha256(b"fal account " + key.get_secret_value().encode()).hexdigest()[:32]


def is_of_other_key(account: str | None, key: SecretStr) -> bool:
    """Return whether this account is known, and not the one that `account_of` names for the key."""
    return account is not None and account_of(key) != account


class Uploads:
    """Uploads missing files, each content once even if several renders request it at the same time.

    Args:
        memory: what was uploaded before.
        is_gone: whether fal answers that it does not have the file at this address any more.
    """

    def __init__(self, memory: UploadMemory, is_gone: Callable[[str], Awaitable[bool]]) -> None:
        self._memory = memory
        self._is_gone = is_gone
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def url(self, account: str, content: str, send: Callable[[], Awaitable[str]]) -> str:
        """Return the URL of this content at fal, uploading it if necessary.

        Args:
            account: whose upload it is.
            content: a name for exactly what is sent.
            send: prepares and uploads it, and returns its address.
        """
        lock = self._locks.setdefault((account, content), asyncio.Lock())
        async with lock:
            known = await asyncio.to_thread(self._memory.recall, account, content)
            if known is not None and await self._still_there(known):
                return known.url
            expires_at = datetime.now(UTC) + KEPT
            url = await send()
            await asyncio.to_thread(
                self._memory.remember, account, content, Upload(url, expires_at)
            )
            return url

    async def forget(self, account: str, content: str) -> None:
        """Upload it again the next time."""
        await asyncio.to_thread(self._memory.forget, account, content)

    async def _still_there(self, upload: Upload) -> bool:
        return upload.usable and (upload.fresh or not await self._is_gone(upload.url))
