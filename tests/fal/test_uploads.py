"""Uploads remembered: sent once, until they are about to expire."""

import asyncio
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from talkinghead.fal.uploads import (
    KEPT,
    MARGIN,
    TRUSTED,
    MemoryOfThisProcess,
    Upload,
    Uploads,
    account_of,
)


class Storage:
    """Counts what is sent to it."""

    def __init__(self, *, gone: bool = False) -> None:
        self.memory = MemoryOfThisProcess()
        self.uploads = Uploads(self.memory, self.is_gone)
        self.sent = 0
        self.asked = 0
        self._gone = gone

    async def is_gone(self, url: str) -> bool:
        self.asked += 1
        return self._gone

    async def send(self) -> str:
        self.sent += 1
        await asyncio.sleep(0)
        return f"https://fal/{self.sent}"

    def urls(self, *contents: str, account: str = "me") -> list[str]:
        async def whole() -> list[str]:
            return await asyncio.gather(
                *(self.uploads.url(account, content, self.send) for content in contents)
            )

        return asyncio.run(whole())


def test_the_same_content_is_sent_once_also_when_asked_for_together() -> None:
    storage = Storage()
    assert storage.urls("a", "a", "a") == ["https://fal/1"] * 3
    assert storage.urls("a") == ["https://fal/1"]
    assert storage.sent == 1


def test_another_content_and_another_account_are_sent() -> None:
    storage = Storage()
    storage.urls("a", "b")
    storage.urls("a", account="you")
    assert storage.sent == 3


def test_an_upload_about_to_expire_is_repeated() -> None:
    storage = Storage()
    storage.memory.remember("me", "a", Upload("https://old", datetime.now(UTC) + MARGIN))
    assert storage.urls("a") == ["https://fal/1"]


def test_an_upload_of_some_hours_is_looked_for_before_it_is_used() -> None:
    some_hours_ago = Upload("https://old", datetime.now(UTC) + KEPT - 2 * TRUSTED)
    there, gone = Storage(), Storage(gone=True)
    for storage in (there, gone):
        storage.memory.remember("me", "a", some_hours_ago)
    assert there.urls("a") == ["https://old"]
    assert gone.urls("a") == ["https://fal/1"]


def test_a_fresh_upload_is_used_without_looking() -> None:
    storage = Storage()
    storage.urls("a")
    storage.urls("a")
    assert storage.asked == 0


def test_a_deleted_upload_is_repeated() -> None:
    storage = Storage()
    storage.urls("a")
    asyncio.run(storage.uploads.forget("me", "a"))
    asyncio.run(storage.uploads.forget("me", "never seen"))
    assert storage.urls("a") == ["https://fal/2"]


def test_an_upload_that_fails_is_not_remembered() -> None:
    storage = Storage()

    async def fail() -> str:
        raise ConnectionError

    async def whole() -> str:
        results = await asyncio.gather(storage.uploads.url("me", "a", fail), return_exceptions=True)
        assert isinstance(results[0], ConnectionError)
        return await storage.uploads.url("me", "a", storage.send)

    assert asyncio.run(whole()) == "https://fal/1"


def test_an_upload_outlives_its_use_by_a_day() -> None:
    upload = Upload("https://fal/1", datetime.now(UTC) + KEPT)
    assert upload.usable
    assert not Upload("https://fal/1", upload.expires_at - KEPT + timedelta(hours=1)).usable


def test_an_accounts_name_tells_nothing_of_its_key() -> None:
    assert "secret" not in account_of(SecretStr("secret"))
    assert account_of(SecretStr("secret")) == account_of(SecretStr("secret"))
    assert account_of(SecretStr("secret")) != account_of(SecretStr("other"))
