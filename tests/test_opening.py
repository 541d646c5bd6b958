"""A studio opens in any folder, and says in one sentence why it cannot open."""

from contextlib import closing
from pathlib import Path

import pytest

from talkinghead import Settings, open_studio
from talkinghead.core.errors import ConfigurationError
from talkinghead.jobs.job import JobState
from tests.jobs.studios import order, small_studio, wait_for


@pytest.mark.parametrize(
    "name", ["what?", "a%2Fb", "100%", "with blank & = #", "über", "quote'\"", "semi;colon"]
)
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    with closing(small_studio(folder)) as studio:
        workspace = studio.workspace()
        wait_for(workspace, order(workspace, "frames=2"), JobState.DONE)
    assert {"journal.db", "engine.db", "media"} <= {path.name for path in folder.iterdir()}
    assert [path.name for path in tmp_path.iterdir()] == [name]
    with closing(small_studio(folder)) as studio:
        assert studio.workspace().gallery.list().total == 1


def opening(folder: Path, media_url: str | None = None, database_url: str | None = None) -> str:
    """The sentence that a studio refuses to open with."""
    settings = Settings(
        data_dir=folder, single_user=True, media_url=media_url, database_url=database_url
    )
    with pytest.raises(ConfigurationError) as raised:
        open_studio(settings, start=False)
    return str(raised.value)


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a file", encoding="utf-8")
    for folder in (file, file / "inside"):
        assert "DATA_DIR is a file" in opening(folder)


def test_a_data_folder_that_cannot_be_made_is_named() -> None:
    assert "DATA_DIR can't be created" in opening(Path("/proc/studio"))
    assert "DATA_DIR can't be created" in opening(Path("/tmp") / ("long" * 100))  # noqa: S108


def test_a_data_folder_that_is_read_only_is_named() -> None:
    assert "can't write to the folder of DATA_DIR" in opening(Path("/proc/sys"))


def test_a_media_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a file", encoding="utf-8")
    assert "MEDIA_URL" in opening(tmp_path / "data", media_url=file.as_uri())
    (tmp_path / "data" / "media").write_text("a file", encoding="utf-8")
    assert "DATA_DIR" in opening(tmp_path / "data")


def test_an_option_that_no_store_knows_is_named(tmp_path: Path) -> None:
    assert "MEDIA_URL has an unknown option" in opening(
        tmp_path, media_url="s3://bucket?colour=blue"
    )


def test_a_journal_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"not a database at all, " * 500)
    assert "The database can't be opened" in opening(tmp_path)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    url = "postgresql://me:secret@127.0.0.1:1/db"
    sentence = opening(tmp_path, database_url=url)
    assert "DATABASE_URL" in sentence
    assert "secret" not in sentence
