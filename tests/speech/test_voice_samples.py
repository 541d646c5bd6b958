"""Voice samples: spoken once, then kept; a person's words are theirs alone."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.errors import InvalidScript
from talkinghead.core.store import Store, open_store
from talkinghead.core.workers.usage_limits import UsageLimits
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.jobs.records.quotas import Quotas
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
    limits: UsageLimits = field(default_factory=UsageLimits)

    def hear(self, owner: str, voice: str, text: str | None, command: tuple[str, ...]) -> bytes:
        speaker = Speaker(command)
        samples = VoiceSamples(
            self.store,
            WorkspaceRepository(self.database),
            AssetRepository(self.database),
            speaker,
            Quotas(self.database, self.store, self.limits),
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


def test_a_persons_words_are_not_spoken_where_there_is_no_room_for_them(place: Place) -> None:
    place.limits = UsageLimits(gallery_mb=1)
    mine = place.hear(place.mine, "af_heart", "My words", COMMAND)
    place.store.put(place.mine, bytes(1024 * 1024), ".wav")
    with pytest.raises(InvalidScript, match="Delete videos"):
        place.hear(place.mine, "af_heart", "Other words", NOBODY)
    assert place.hear(place.mine, "af_heart", "My words", NOBODY) == mine
    assert place.hear(place.mine, "af_heart", None, COMMAND)
