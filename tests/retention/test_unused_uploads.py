"""What a person brought or made by editing goes once nothing refers to it, a day later."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from talkinghead import Studio, Workspace
from talkinghead.catalogue import BUILT_IN, Geometry
from talkinghead.core.store import Store
from talkinghead.core.tables import assets
from talkinghead.portraits.tables import portrait_library
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project
from talkinghead.retention.purge import KEPT_AFTER_DELETION
from talkinghead.speech.recordings.values import Recording, RecordingEdit
from tests.jobs.studios import hosted_studio
from tests.records import database_of, store_of

ROOT = Path(__file__).parents[2]
SPEECH = ROOT / "tests" / "data" / "speech" / "jfk.flac"
MONA_LISA = ROOT / "components" / "portraits" / "samples" / "mona-lisa.jpg"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path)) as studio:
        yield studio


@pytest.fixture
def here(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


@pytest.fixture
def recording(here: Workspace) -> Recording:
    return here.recordings.add(SPEECH.read_bytes(), "jfk.flac")


@pytest.fixture
def portrait(here: Workspace) -> Portrait:
    return here.portraits.add(MONA_LISA.read_bytes(), "mona-lisa.jpg")


def a_day_later(studio: Studio) -> None:
    """Purge as if all files had been stored more than a day ago."""
    with database_of(studio) as database, database.writing() as connection:
        long_ago = datetime.now(UTC) - KEPT_AFTER_DELETION - timedelta(minutes=1)
        connection.execute(update(assets).values(put_at=long_ago))
        removed = portrait_library.c.removed_at.is_not(None)
        connection.execute(update(portrait_library).where(removed).values(removed_at=long_ago))
    studio.purge()


def test_edits_that_were_edited_further_go_and_the_last_one_stays(
    studio: Studio, here: Workspace, recording: Recording
) -> None:
    edits = [here.recordings.edit(recording, RecordingEdit(end=end)) for end in (2.0, 3.0, 4.0)]
    *earlier, last = edits
    here.projects.create(Project(catalogue=BUILT_IN, recording=recording, edited=last))
    a_day_later(studio)
    store = store_of(studio)
    assert not any(store.exists(here.id, each.reference) for each in earlier)
    assert store.exists(here.id, last.reference)
    assert here.recordings.find(recording.reference) == recording


def test_what_was_stored_today_stays(studio: Studio, here: Workspace, recording: Recording) -> None:
    studio.purge()
    assert here.recordings.find(recording.reference) == recording


def save(here: Workspace, project_id: str, project: Project) -> None:
    """Store a project as the page does that holds it."""
    base = here.projects.open(project_id)
    assert base is not None
    here.projects.save(project_id, project, base)


def test_a_recording_that_a_project_no_longer_holds_goes(
    studio: Studio, here: Workspace, recording: Recording
) -> None:
    project = Project(catalogue=BUILT_IN, recording=recording)
    project_id = here.projects.create(project)
    a_day_later(studio)
    assert here.recordings.find(recording.reference) == recording
    save(here, project_id, project.with_(recording=None))
    a_day_later(studio)
    assert not exists(store_of(studio), here, recording.reference)


def test_a_picture_stays_as_long_as_a_crop_of_it_is_used(
    studio: Studio, here: Workspace, portrait: Portrait
) -> None:
    square = Geometry(512, 512)
    boxes = [here.portraits.default_crop(portrait, aspect) for aspect in (1.0, 0.5)]
    used, unused = (here.portraits.crop(portrait, box, square) for box in boxes)
    here.portrait_library.remove(portrait.reference)
    project_id = here.projects.create(holding(used))
    a_day_later(studio)
    assert exists(store_of(studio), here, used)
    assert not exists(store_of(studio), here, unused)
    assert here.portraits.whole_of(used) == portrait
    save(here, project_id, Project(catalogue=BUILT_IN))
    a_day_later(studio)
    a_day_later(studio)
    assert not exists(store_of(studio), here, used)
    assert not exists(store_of(studio), here, portrait.reference)


def holding(reference: str) -> Project:
    """A project that refers to this file."""
    recording = Recording(reference, "a crop", 1.0)
    return Project(catalogue=BUILT_IN, recording=recording)


def exists(store: Store, here: Workspace, reference: str) -> bool:
    return store.exists(here.id, reference)
