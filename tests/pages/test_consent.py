"""Create asks who is in a portrait when it is rendered, once, and goes on with what was clicked."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from components.shell import session
from talkinghead import Workspace
from talkinghead.consent.values import Ground, Statement
from talkinghead.core.lock import DriveLock
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.pages.test_create import run, texts, visited, with_script
from tests.paid_studio import small_portrait

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"

QUESTION = "Who is in this portrait?"


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    """Nothing that is ordered here leaves its queue."""
    with FalServer(Options(keys=(KEY,))) as running:
        running.latency(queue=3600)
        yield running


@pytest.fixture
def page(
    data_dir: object, drive_lock: DriveLock, fal: FalServer, monkeypatch: pytest.MonkeyPatch
) -> AppTest:
    """Create with a portrait that nobody was asked about, and a script."""
    monkeypatch.setenv("FAL_KEY", KEY)
    monkeypatch.setenv("FAL_PROXY_URL", fal.url)
    page = visited()
    page.file_uploader("create_upload_0").upload("me.jpg", small_portrait(), "image/jpeg")
    return with_script(run(page), "Once, please.")


def here() -> Workspace:
    return session.process_studio().workspace()


def portrait() -> str:
    [entry] = here().portrait_library.list()
    return entry.reference


def key(name: str) -> str:
    return f"consent_{name}_{portrait().removeprefix('asset:')[:12]}"


def click(page: AppTest, *keys: str) -> AppTest:
    for each in keys:
        page.button(key=each).click()
        run(page)
    return page


def test_a_draft_asks_nothing(page: AppTest) -> None:
    click(page, "create_draft")
    assert len(here().jobs.list()) == 1
    assert QUESTION not in texts(page)


def test_a_render_asks_first_and_goes_on_with_the_answer(page: AppTest) -> None:
    click(page, "create_paid", "create_agree")
    assert QUESTION in texts(page)
    assert here().jobs.list() == []
    assert "Say who is in this portrait." in texts(page)
    page.session_state[key("ground")] = {"chosen": "me"}
    click(page, "create_agree")
    [job] = here().jobs.list()
    assert job.kind.paid
    status = here().consent.status(portrait())
    assert (status.state, status.mine) == ("given", True)
    click(page, "create_paid")
    assert QUESTION not in texts(page)  # asked once
    assert page.button(key="create_agree")


def test_a_permission_needs_a_name_and_what_is_typed_outlives_a_reload(page: AppTest) -> None:
    click(page, "create_paid")
    page.session_state[key("ground")] = {"chosen": "permission"}
    run(page)
    click(page, "create_agree")
    assert "Enter the name of the person who gave permission." in texts(page)
    page.text_input(key("person")).set_value("Ada Lovelace")
    page.file_uploader(f"{key('file')}_0").upload("release.pdf", b"signed", "application/pdf")
    run(page)
    assert "release.pdf" in texts(page)
    again = visited(project=page.query_params["project"])
    click(again, "create_paid")
    assert again.text_input(key("person")).value == "Ada Lovelace"
    click(again, "create_agree")
    assert len(here().jobs.list()) == 1
    assert here().consent.proof(portrait()) == ("release.pdf", b"signed")


def test_what_was_said_stands_by_the_portrait_and_can_be_withdrawn(page: AppTest) -> None:
    here().consent.give(portrait(), Statement(Ground.PERMISSION, "Ada [Lovelace]"))
    run(page)
    assert "Ada [Lovelace], with permission" in texts(page)
    click(page, "consent_withdraw")
    assert here().consent.status(portrait()).state == "withdrawn"
    assert "Nothing new is rendered or exported with this portrait." in texts(page)
    assert "“Delete this face”" in texts(page)
    click(page, "create_paid", "create_agree")
    assert here().jobs.list() == []
    assert "Consent was withdrawn" in texts(page)


def test_a_face_is_deleted_after_a_list_and_with_a_receipt(page: AppTest) -> None:
    here().consent.give(portrait(), Statement(Ground.ME))
    gone = portrait()
    click(run(page), "create_delete_face")
    assert "1 consent record" in texts(page)
    assert "The portrait in 1 project; scripts are kept" in texts(page)
    click(page, "delete_face_keep")
    assert here().consent.status(gone).state == "given"
    click(page, "create_delete_face", "delete_face_agree")
    assert "deleted here" in texts(page)
    assert page.text_area("create_script").value == "Once, please."
    assert here().portrait_library.list() == []
    click(page, "delete_face_done")
    assert "deleted here" not in texts(page)
