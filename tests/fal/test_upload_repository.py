"""What was uploaded, remembered by the journal."""

from datetime import UTC, datetime, timedelta

from talkinghead.core.database import Database
from talkinghead.fal.upload_repository import UploadRepository
from talkinghead.fal.uploads import Upload

SOON = datetime.now(UTC) + timedelta(days=3)


def test_an_upload_is_remembered_for_its_account_alone(database: Database) -> None:
    upload = Upload("https://v3.fal.media/files/a.jpg", SOON)
    UploadRepository(database).remember("account", "content", upload)
    again = UploadRepository(database)
    assert again.recall("account", "content") == upload
    assert again.recall("another", "content") is None


def test_the_latest_upload_of_a_content_counts(database: Database) -> None:
    memory = UploadRepository(database)
    for name in ("a", "b"):
        memory.remember("account", "content", Upload(f"https://v3.fal.media/{name}", SOON))
    recalled = memory.recall("account", "content")
    assert recalled is not None
    assert recalled.url.endswith("/b")


def test_a_forgotten_or_expired_upload_is_gone(database: Database) -> None:
    memory = UploadRepository(database)
    long_ago = datetime.now(UTC) - timedelta(days=1)
    memory.remember("account", "old", Upload("https://v3.fal.media/a", long_ago))
    memory.remember("account", "new", Upload("https://v3.fal.media/b", SOON))
    memory.forget("account", "new")
    assert memory.recall("account", "old") is None
    assert memory.recall("account", "new") is None
