"""Uploads stay in memory only within limits, also those that no widget asked for."""

import logging

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from components.shell.upload_memory import (
    BYTES_OF_ALL,
    BYTES_OF_SESSION,
    FILES_OF_SESSION,
    install_upload_limits,
)


class Data(bytes):
    """Bytes that say they are longer than they are."""

    size: int

    def __new__(cls, size: int) -> "Data":
        made = super().__new__(cls)
        made.size = size
        return made

    def __len__(self) -> int:
        return self.size


def upload(manager: MemoryUploadedFileManager, session: str, name: str, size: int) -> None:
    manager.add_file(session, UploadedFileRec(name, name, "type", Data(size)))


def kept(manager: MemoryUploadedFileManager, session: str) -> list[str]:
    return list(manager.file_storage.get(session, {}))


@pytest.fixture
def manager() -> MemoryUploadedFileManager:
    assert install_upload_limits()
    return MemoryUploadedFileManager("/upload")


def test_a_session_keeps_its_newest_files(manager: MemoryUploadedFileManager) -> None:
    for number in range(10):
        upload(manager, "a", str(number), 10)
    assert kept(manager, "a") == ["7", "8", "9"]
    assert FILES_OF_SESSION == 3


def test_a_session_keeps_no_more_than_the_largest_uploads(
    manager: MemoryUploadedFileManager,
) -> None:
    upload(manager, "a", "first", BYTES_OF_SESSION - 10)
    upload(manager, "a", "second", 20)
    assert kept(manager, "a") == ["second"]


def test_all_sessions_together_are_bounded(manager: MemoryUploadedFileManager) -> None:
    for number in range(12):
        upload(manager, str(number), f"file {number}", 100_000_000)
    held = [number for number in range(12) if kept(manager, str(number))]
    assert len(held) * 100_000_000 <= BYTES_OF_ALL
    assert held[-1] == 11


def test_an_unknown_streamlit_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    class Other:
        def add_file(self) -> None:
            """Keep nothing."""

    with caplog.at_level(logging.WARNING):
        assert not install_upload_limits(Other)
    assert "has no limit" in caplog.text
