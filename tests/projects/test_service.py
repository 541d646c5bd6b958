"""A workspace's projects: whose they are, what another version wrote, and what they yield."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from talkinghead import Studio, Workspace
from talkinghead.catalogue import BUILT_IN, InfinitalkInput, SpeechLength
from talkinghead.core.errors import InvalidPortrait, NotFound, UnreadableProject
from talkinghead.projects.repository import ProjectRepository
from talkinghead.projects.values import Conflict, Project, SavedProject
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.recordings.values import RecordingEdit
from tests.jobs.studios import hosted_studio
from tests.records import database_of

SAMPLES = Path(__file__).parents[2] / "components" / "portraits" / "samples"
SPEECH = Path(__file__).parents[1] / "data" / "speech" / "jfk.flac"
MONA_LISA = SAMPLES / "mona-lisa.jpg"
NEWER = {"version": 99, "script": "Hello.", "brand": "ours"}


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path)) as studio:
        yield studio


@pytest.fixture
def here(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


@pytest.fixture
def repository(studio: Studio) -> Iterator[ProjectRepository]:
    """Open the studio's database."""
    with database_of(studio) as database:
        yield ProjectRepository(database)


def opened(here: Workspace, project_id: str) -> SavedProject:
    """The project as it is stored."""
    found = here.projects.open(project_id)
    assert found is not None
    return found


def test_what_two_tabs_changed_is_merged(here: Workspace) -> None:
    project_id = here.projects.create(Project(catalogue=BUILT_IN))
    base = opened(here, project_id)
    here.projects.save(project_id, base.project.with_(script="Hello.", jobs=("a",)), base)
    mine = base.project.with_(reader="bella", jobs=("b",))
    saved = here.projects.save(project_id, mine, base)
    assert (saved.project.script, saved.project.reader) == ("Hello.", "bella")
    assert saved.project.jobs == ("a", "b")
    assert opened(here, project_id) == saved


def test_words_from_two_tabs_are_both_kept_until_a_person_chooses(here: Workspace) -> None:
    project_id = here.projects.create(Project(catalogue=BUILT_IN))
    base = opened(here, project_id)
    here.projects.save(project_id, base.project.with_(script="Theirs."), base)
    saved = here.projects.save(project_id, base.project.with_(script="Mine."), base)
    assert saved.project.script == "Mine."
    assert saved.project.conflicts == (Conflict(field="script", other="Theirs."),)
    assert here.projects.find(project_id) == saved.project


def test_a_project_is_found_as_it_was_saved_last(here: Workspace) -> None:
    project_id = here.projects.create(Project(catalogue=BUILT_IN, script="Hello."))
    project = Project(catalogue=BUILT_IN, script="Good-bye.")
    here.projects.save(project_id, project, opened(here, project_id))
    assert here.projects.find(project_id) == Project(catalogue=BUILT_IN, script="Good-bye.")


def test_anothers_project_is_as_good_as_none(studio: Studio, here: Workspace) -> None:
    project_id, stranger = (
        here.projects.create(Project(catalogue=BUILT_IN)),
        studio.workspace(studio.new_token()),
    )
    assert stranger.projects.find(project_id) is None
    with pytest.raises(NotFound):
        stranger.projects.save(project_id, Project(catalogue=BUILT_IN), opened(here, project_id))
    assert stranger.projects.open(project_id) is None
    with pytest.raises(NotFound):
        stranger.projects.copy(project_id, "copied")


def test_a_newer_project_is_refused_and_stays_as_it_is(
    here: Workspace, repository: ProjectRepository
) -> None:
    project_id = repository.add(here.id, NEWER)
    with pytest.raises(UnreadableProject):
        here.projects.find(project_id)
    assert repository.find(here.id, project_id) == NEWER


def test_a_copy_loses_nothing_of_a_newer_project(
    here: Workspace, repository: ProjectRepository
) -> None:
    here.projects.copy(repository.add(here.id, NEWER), "copied")
    assert repository.find(here.id, "copied") == NEWER


def test_names_are_said_as_the_workspace_wants_them_now(here: Workspace) -> None:
    project_id = here.projects.create(Project(catalogue=BUILT_IN, script="Ask fal."))
    here.pronunciations.replace([Pronunciation("fal", "fall")])
    project = here.projects.find(project_id)
    assert project is not None
    assert project.said == "Ask fall."


def test_without_a_portrait_nothing_can_be_ordered(here: Workspace) -> None:
    with pytest.raises(InvalidPortrait):
        here.projects.draft_order(Project(catalogue=BUILT_IN, script="Hello."))


def test_an_order_needs_no_page_and_is_cut_to_the_shape_of_its_video(here: Workspace) -> None:
    portrait = here.portraits.add(MONA_LISA.read_bytes(), "Mona Lisa")
    project = Project(
        catalogue=BUILT_IN,
        portrait=portrait,
        script="Hello.",
        endpoint_id=InfinitalkInput.endpoint_id,
    )
    draft = here.projects.draft_order(project)
    picture = Image.open(BytesIO(here.portraits.shown(draft.input.image_url)))
    cut, video = picture.width / picture.height, project.geometry.aspect
    assert cut == pytest.approx(video, abs=0.01)
    assert (draft.input.script, draft.sound, draft.title) == ("Hello.", None, "Hello.")


def test_a_project_survives_a_restart(tmp_path: Path) -> None:
    written = Project(catalogue=BUILT_IN, script="mine")
    studio = hosted_studio(tmp_path)
    token = studio.new_token()
    project = studio.workspace(token).projects.create(written)
    base = opened(studio.workspace(token), project)
    studio.workspace(token).projects.save(project, written.with_(script="Good-bye.", face=1), base)
    studio.close()
    studio = hosted_studio(tmp_path)
    kept = studio.workspace(token).projects.find(project)
    studio.close()
    assert kept == written.with_(script="Good-bye.", face=1)


def test_an_edit_is_made_once_when_something_is_ordered_of_it(here: Workspace) -> None:
    recording = here.recordings.add(SPEECH.read_bytes(), "jfk.flac")
    edit = RecordingEdit(start=1.0, end=4.0, cut_silence=True)
    project = Project(
        catalogue=BUILT_IN,
        portrait=here.portraits.add(MONA_LISA.read_bytes(), "Mona Lisa"),
        source="recording",
        recording=recording,
        edit=edit,
    )
    assert project.needs_edit
    heard = here.recordings.preview(recording, edit)
    measured = project.with_(measured=heard.length)
    ordered = here.projects.draft_order(project)
    assert ordered.sound is not None
    made = here.recordings.find(ordered.sound)
    assert (made.reference, made.seconds) != (recording.reference, recording.seconds)
    assert measured.speech == SpeechLength(Decimal(str(made.seconds)), "recording")
    assert here.projects.with_edit(project).edited == made


def test_what_is_sent_has_the_surround_that_was_chosen(here: Workspace) -> None:
    portrait = here.portraits.add(MONA_LISA.read_bytes(), "mona-lisa.jpg")
    project = Project(
        catalogue=BUILT_IN,
        portrait=portrait,
        face=0,
        endpoint_id=InfinitalkInput.endpoint_id,
        shape=16 / 9,
        fit="colour",
        surround_colour=(0, 0, 255),
    )
    orders = (here.projects.picture(project), here.projects.picture(project.with_(fit="crop")))
    surrounded, cropped = (Image.open(BytesIO(here.portraits.shown(each))) for each in orders)
    assert surrounded.width / surrounded.height == pytest.approx(16 / 9, abs=0.05)
    assert cropped.size == surrounded.size
    red, green, blue = np.asarray(surrounded)[surrounded.height // 2, 4]
    assert blue > 240
    assert max(red, green) < 20
    assert np.asarray(cropped)[cropped.height // 2, 4, 2] < 200


def test_the_draft_shows_the_same_frame_as_the_render(here: Workspace) -> None:
    portrait = here.portraits.add(MONA_LISA.read_bytes(), "mona-lisa.jpg")
    project = Project(
        catalogue=BUILT_IN, portrait=portrait, face=0, script="Hello.", shape=16 / 9, fit="blur"
    )
    draft = here.projects.draft_order(project).input
    assert draft.image_url == here.projects.render_order(project).input.image_url
    assert draft.image_url != here.projects.picture(project.with_(fit="crop"))
