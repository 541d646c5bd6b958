"""Voice samples: spoken once, then kept; a person's words are theirs alone."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.store import Store, open_store
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.speech.speaker_process import Speaker
from talkinghead.speech.voice_samples import VoiceSamples

COMMAND = (
    sys.executable,
    str(Path(__file__).with_name("stand_in_speaker.py")),
)
NOBODY = ("/does/not/exist",)


@dataclass
class Place:
    """Two people and where their samples are kept."""

    database: Database
    store: Store
    mine: str
    theirs: str

    def hear(self, owner: str, voice: str, text: str | None, command: tuple[str, ...]) -> bytes:
        speaker = Speaker(command)
        samples = VoiceSamples(
            self.store,
            WorkspaceRepository(self.database),
            AssetRepository(self.database),
            speaker,
        )
        try:
            return samples.hear(owner, voice, text)
        finally:
            speaker.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    database = Database(sqlite_url(tmp_path / "journal.db"))
    workspaces = WorkspaceRepository(database)
    mine, theirs = (workspaces.create(letter * 64) for letter in "ab")
    yield Place(database, open_store((tmp_path / "media").as_uri()), mine, theirs)
    database.close()


def test_a_voices_own_sample_is_spoken_once_for_everybody(place: Place) -> None:
    first = place.hear(place.mine, "af_heart", None, COMMAND)
    assert place.hear(place.theirs, "af_heart", " ", NOBODY) == first


def test_a_persons_words_are_kept_for_them_alone(place: Place) -> None:
    mine = place.hear(place.mine, "af_heart", "My words", COMMAND)
    assert place.hear(place.mine, "af_heart", "My words", NOBODY) == mine
    assert place.hear(place.theirs, "af_heart", "My words", COMMAND) != mine


def test_a_sample_whose_file_is_gone_is_spoken_again(place: Place, tmp_path: Path) -> None:
    place.hear(place.mine, "af_heart", "My words", COMMAND)
    for file in (tmp_path / "media").rglob("*.wav"):
        file.unlink()
    assert place.hear(place.mine, "af_heart", "My words", COMMAND).startswith(b"af_heart My words")
