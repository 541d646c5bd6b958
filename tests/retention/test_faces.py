"""Delete this face: everything of a portrait goes, here and at fal, and what could not is named."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from talkinghead import Studio, Workspace
from talkinghead.catalogue import BUILT_IN, DraftInput, FlashheadInput
from talkinghead.consent.values import Ground, Statement
from talkinghead.core.errors import NotFound
from talkinghead.fal.privacy.provider_privacy import ProviderPrivacy
from talkinghead.jobs.job import Job, JobState
from talkinghead.projects.values import Project
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import ONE_SECOND, finished, small_picture, wait_for, wait_for_end
from tests.orders import export, order_render
from tests.paid_studio import Person, hosted, opened, reset, small_portrait
from tests.records import store_of

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    return reset(server)


@pytest.fixture
def studio(tmp_path: Path, fal: FalServer) -> Iterator[Studio]:
    with closing(opened(hosted(tmp_path, fal))) as running:
        yield running


@pytest.fixture
def person(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    return Person(workspace, KEY)


def rendered(person: Person) -> Job:
    job = wait_for_end(person.workspace, person.order(FlashheadInput))
    assert job.state is JobState.DONE
    return job


def permitted(here: Workspace, portrait: str) -> None:
    proof = here.consent.attach(portrait, b"signed", "release.pdf")
    here.consent.give(portrait, Statement(Ground.PERMISSION, "Ada", proof=proof))


def files_of(studio: Studio, here: Workspace) -> set[str]:
    """The names of all files of a workspace that is kept in a folder."""
    folder = studio.settings.data_dir.absolute() / "media" / here.id
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_everything_of_a_face_goes_here_and_at_fal(
    studio: Studio, person: Person, fal: FalServer
) -> None:
    here = person.workspace
    permitted(here, person.portrait)
    video = here.gallery.find(rendered(person).video_id or "")
    version = wait_for_end(here, export(here, video.id, "16:9"))
    assert version.state is JobState.DONE
    held = Project(
        catalogue=BUILT_IN, script="Hello.", portrait=here.portraits.find(person.portrait)
    )
    project = here.projects.create(held)
    other = finished(here)  # a draft of another portrait

    contents = here.retention.face(person.portrait)
    assert (contents.renders, contents.drafts, contents.versions) == (1, 0, 1)
    assert (contents.projects, contents.consents, contents.proofs) == (1, 1, 1)
    assert (contents.requests, contents.open_jobs) == (1, 0)
    kept = files_of(studio, here)

    receipt = here.retention.delete_face(person.portrait)
    assert receipt.contents == contents
    assert receipt.left == ()
    [queued] = fal.jobs
    assert receipt.at_provider == (queued.request_id,)
    assert fal.fal.files.get(queued.file_path or "") is None
    assert receipt.uploads_closed == 1
    assert "forbid" in fal.fal.files.decisions.values()
    assert receipt.files == len(kept - files_of(studio, here)) >= 6
    assert person.portrait not in [each.reference for each in here.portrait_library.list()]
    assert [each.id for each in here.gallery.list().videos] == [other.id]
    left = here.projects.find(project)
    assert left is not None
    assert (left.portrait, left.script) == (None, "Hello.")
    [entry] = here.billing.ledger()  # the payment stays, without a word
    assert (entry.request_id, entry.title) == (queued.request_id, "Deleted")
    with pytest.raises(NotFound):
        here.retention.face(person.portrait)
    assert here.gallery.content(other.id)


def test_a_render_in_progress_is_given_up_and_named_in_the_list(
    person: Person, fal: FalServer
) -> None:
    here = person.workspace
    fal.options.held = True
    job = person.order(FlashheadInput)
    wait_for(here, job, JobState.RENDERING)
    assert here.retention.face(person.portrait).open_jobs == 1
    here.retention.delete_face(person.portrait)
    assert here.jobs.list(open_only=True) == []
    assert here.jobs.find(job.id).arguments == {}


def test_what_is_ordered_while_fal_is_asked_goes_as_well(
    person: Person, fal: FalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = person.workspace
    video_id = rendered(person).video_id or ""
    fal.options.held = True
    late: list[Job] = []
    close_released = ProviderPrivacy.close_released

    def meanwhile(provider: ProviderPrivacy) -> None:
        if not late:
            late.append(person.order(FlashheadInput, "late"))
            late.append(export(here, video_id, "1:1"))
            wait_for(here, late[0], JobState.RENDERING)
        close_released(provider)

    monkeypatch.setattr(ProviderPrivacy, "close_released", meanwhile)
    receipt = here.retention.delete_face(person.portrait)
    assert here.jobs.list(open_only=True) == []
    assert here.jobs.find(late[0].id).arguments == {}
    assert set(receipt.at_provider) == {queued.request_id for queued in fal.jobs}
    assert receipt.uploads_closed == 2


def test_what_could_not_be_deleted_is_named_with_the_reason(person: Person, fal: FalServer) -> None:
    here = person.workspace
    rendered(person)
    fal.options.admin = fal.options.assets_write = False
    receipt = here.retention.delete_face(person.portrait)
    assert receipt.at_provider == ()
    assert receipt.uploads_closed == 0
    request, upload = (each.what for each in receipt.left)
    assert request == f"fal.ai request {fal.jobs[0].request_id}"
    assert upload.startswith("Upload https://")
    reasons = " ".join(each.why for each in receipt.left)
    assert "isn't an ADMIN key" in reasons
    assert "it expires there on 20" in reasons
    assert "tried again" in reasons


def test_without_the_key_the_rest_goes_all_the_same(person: Person) -> None:
    here = person.workspace
    rendered(person)
    here.billing.remove_key()
    receipt = here.retention.delete_face(person.portrait)
    assert "isn't here" in receipt.left[0].why
    assert here.gallery.list().videos == []


def test_an_upload_that_another_workspace_renders_with_stays_open(
    studio: Studio, person: Person, fal: FalServer
) -> None:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    other = Person(workspace, KEY)  # with the same picture, so with the same upload
    rendered(person)
    fal.options.held = True
    wait_for(workspace, other.order(FlashheadInput), JobState.RENDERING)
    receipt = person.workspace.retention.delete_face(person.portrait)
    assert (receipt.uploads_closed, receipt.left) == (0, ())
    assert "forbid" not in fal.fal.files.decisions.values()


def test_a_video_that_is_the_same_file_as_another_faces_stays(studio: Studio) -> None:
    here = studio.workspace(studio.new_token())
    drafts = []
    for picture in (small_picture(), small_portrait()):
        portrait = here.portraits.add(picture, "one.png").reference
        given = DraftInput(image_url=portrait, script_text="frames=2", width=64, height=64)
        drafts.append(wait_for_end(here, order_render(here, given, ONE_SECOND, "x")))
    one, other = (here.gallery.find(job.video_id or "") for job in drafts)
    assert one.file == other.file
    here.retention.delete_face(one.arguments["image_url"])
    assert here.gallery.content(other.id)
    assert here.gallery.thumbnail(other.id)
    with pytest.raises(NotFound):
        here.gallery.find(one.id)


def test_a_file_that_something_else_uses_stays(studio: Studio) -> None:
    here = studio.workspace(studio.new_token())
    first = here.portraits.add(small_picture(), "one.png").reference
    second = here.portraits.add(small_picture() + b"\n", "two.png").reference
    assert first == second  # the same picture, however it was named
    other = Person(here, KEY).portrait
    for portrait in (first, other):
        permitted(here, portrait)  # by the very same file
    here.retention.delete_face(first)
    assert here.consent.proof(other)[1] == b"signed"
    assert store_of(studio).exists(here.id, other)
    assert here.consent.status(other).state == "given"
