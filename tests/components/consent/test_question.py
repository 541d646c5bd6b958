"""Each screen that orders asks who is in the portrait beside its button, and goes on with it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from talkinghead import Studio
from talkinghead.catalogue import FlashheadInput, InfinitalkInput
from talkinghead.jobs.job import Job, JobState
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import small_picture, wait_for_end
from tests.pages.test_create import texts
from tests.paid_studio import Person, hosted, opened
from tests.waiting import PAGE_RUN, wait_until

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
IN_USE: dict[str, Person] = {}
"""Whose page it is; AppTest runs a function without arguments."""


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as running:
        yield running


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, fal: FalServer) -> Iterator[Studio]:
    folder: Path = tmp_path_factory.mktemp("question")
    with closing(opened(hosted(folder, fal))) as running:
        yield running


@pytest.fixture
def rendered(studio: Studio) -> Iterator[Job]:
    """A finished video of a portrait to which consent was withdrawn."""
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    IN_USE["person"] = person = Person(workspace, KEY)
    job = wait_for_end(workspace, person.order(FlashheadInput))
    assert job.state is JobState.DONE
    workspace.consent.withdraw(person.portrait)
    yield job
    IN_USE.clear()


def run(page: AppTest) -> AppTest:
    page.run(timeout=PAGE_RUN)
    assert not page.exception
    return page


def answer(page: AppTest) -> None:
    portrait = IN_USE["person"].portrait.removeprefix("asset:")[:12]
    page.session_state[f"consent_ground_{portrait}"] = {"chosen": "me"}
    run(page)


def retry_page() -> None:
    """The dialog that a retry opens; runs inside AppTest."""
    import streamlit as st

    from components.jobs.job_dialogs import job_question
    from components.jobs.retry import retry
    from tests.components.consent.test_question import IN_USE

    here = IN_USE["person"].workspace
    if given := job_question(here):
        st.session_state["ordered"] = retry(here, given.job_id, given.agreement).id


def test_a_retry_asks_again_after_a_withdrawal(rendered: Job) -> None:
    here = IN_USE["person"].workspace
    page = AppTest.from_function(retry_page)
    page.session_state["job_question"] = ("render_again", rendered.id)
    run(page).button(key="job_agree").click()
    run(page)
    assert "Consent was withdrawn" in texts(page)
    assert "Say who is in this portrait." in texts(page)
    assert "ordered" not in page.session_state
    answer(page)
    page.button(key="job_agree").click()
    run(page)
    assert here.jobs.find(page.session_state["ordered"]).kind.paid
    assert here.consent.status(IN_USE["person"].portrait).state == "given"


def rerender_page() -> None:
    """The panel that renders a video on another model; runs inside AppTest."""
    import streamlit as st

    from components.comparisons.rerender_panel import rerender_panel
    from tests.components.consent.test_question import IN_USE

    here = IN_USE["person"].workspace
    rerender_panel(here, here.gallery.find(st.session_state["video"]))


def test_another_model_asks_in_its_panel(rendered: Job) -> None:
    here = IN_USE["person"].workspace
    page = AppTest.from_function(rerender_page)
    page.session_state["video"] = rendered.video_id
    run(page).button(key=f"again_ask {InfinitalkInput.endpoint_id}").click()
    run(page).button(key="again_agree").click()
    run(page)
    assert "Say who is in this portrait." in texts(page)
    assert len(here.jobs.list()) == 1
    answer(page)
    page.button(key="again_agree").click()
    page.run(timeout=PAGE_RUN)  # it leads to a page that is not here
    assert here.consent.status(IN_USE["person"].portrait).state == "given"
    assert len(here.jobs.list()) == 2


def export_page() -> None:
    """The form of another version; runs inside AppTest."""
    import streamlit as st

    from components.exports.export_form import export_form
    from tests.components.consent.test_question import IN_USE

    here = IN_USE["person"].workspace
    st.session_state["ordered"] = export_form(here, here.gallery.find(st.session_state["video"]))


def test_an_export_asks_beside_its_button(rendered: Job) -> None:
    here = IN_USE["person"].workspace
    page = AppTest.from_function(export_page)
    page.session_state["video"] = rendered.video_id
    # Its captions are written first, in the background.
    wait_until(lambda: "make_version" in {button.key for button in run(page).button})
    page.button(key="make_version").click()
    run(page)
    assert "Say who is in this portrait." in texts(page)
    assert page.session_state["ordered"] is False
    answer(page)
    page.button(key="make_version").click()
    run(page)
    assert page.session_state["ordered"] is True
    assert here.jobs.list(limit=1)[0].endpoint_id == "studio/finish"


def two_page() -> None:
    """Two portraits at once; runs inside AppTest."""
    import streamlit as st

    from components.consent.question import consent_question, take_answers
    from tests.components.consent.test_question import IN_USE

    here, portraits = IN_USE["person"].workspace, st.session_state["portraits"]
    st.button("Go", key="go", on_click=take_answers, args=(here, portraits))
    consent_question(here, portraits)


def test_each_portrait_has_its_own_question_and_one_that_is_gone_says_so(rendered: Job) -> None:
    person = IN_USE["person"]
    second = person.workspace.portraits.add(small_picture(), "two.png").reference
    page = AppTest.from_function(two_page)
    page.session_state["portraits"] = [person.portrait, second, f"asset:{0:064x}.jpg"]
    run(page)
    assert "no longer available" in texts(page)
    answer(page)
    page.button(key="go").click()
    run(page)
    assert "Who is in this portrait 2?" in texts(page)
    assert "Say who is in this portrait." in texts(page)  # of the second
    assert person.workspace.consent.answer(person.portrait) is not None
    assert person.workspace.consent.answer(second) is None
