"""What has no known price is ordered for a ceiling in dollars, whatever way it is ordered."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from talkinghead import Studio, open_studio
from talkinghead.catalogue import FlashheadInput
from talkinghead.cli.price import Consent, order_again
from talkinghead.core.errors import RenderRefused
from talkinghead.jobs.job import JobState
from tests.catalogue.test_sixth_model import CATALOGUE, KEY, SPOKEN, UnpricedInput
from tests.databases import with_journal
from tests.fal_server.endpoints import ENDPOINTS, learn
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import small_drafts, wait_for_end
from tests.orders import (
    order_comparison,
    order_render,
    order_rerender,
    quote_comparison,
    quote_rerenders,
    retry,
    say_nobody,
)
from tests.paid_studio import HURRIED, Person, hosted, reset
from tests.waiting import PAGE_RUN

CEILING = Decimal("0.75")
PAIR = (FlashheadInput, UnpricedInput)
IN_USE: dict[str, Person] = {}
"""Who opens the pages below: they run in this process, and take no arguments."""


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    learn(UnpricedInput)
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as running:
        yield running
    del ENDPOINTS[UnpricedInput.endpoint_id]


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    return reset(server)


@pytest.fixture
def studio(tmp_path: Path, fal: FalServer) -> Iterator[Studio]:
    running = open_studio(hosted(with_journal(tmp_path), fal), small_drafts, HURRIED, CATALOGUE)
    yield running
    running.close()


@pytest.fixture
def person(studio: Studio) -> Iterator[Person]:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    IN_USE["person"] = Person(workspace, KEY)
    yield IN_USE["person"]
    IN_USE.clear()


def test_a_comparison(person: Person, fal: FalServer) -> None:
    here = person.workspace
    inputs = [person.input(UnpricedInput), person.input(FlashheadInput)]
    quoted = quote_comparison(here, inputs, SPOKEN)
    assert (quoted.quote.needs_ceiling, quoted.quote.why_not) == (True, None)
    assert [one.quote.dollars is None for one in quoted.renders] == [True, False]
    with pytest.raises(RenderRefused, match="don't know"):
        order_comparison(here, inputs, SPOKEN, "x", agreed=CEILING)
    assert fal.jobs == []
    comparison = order_comparison(here, inputs, SPOKEN, "x", ceiling=CEILING)
    assert sum(job.estimate for job in comparison.jobs) <= CEILING
    assert {wait_for_end(here, job).state for job in comparison.jobs} == {JobState.DONE}


def test_another_model_for_a_finished_video(person: Person, fal: FalServer) -> None:
    here = person.workspace
    job = wait_for_end(here, person.order(FlashheadInput))
    assert job.video_id
    [quoted] = [
        quoted
        for plan, quoted in quote_rerenders(here, job.video_id)
        if plan.endpoint_id == UnpricedInput.endpoint_id
    ]
    assert quoted
    assert (quoted.quote.needs_ceiling, quoted.quote.why_not) == (True, None)
    with pytest.raises(RenderRefused, match="don't know"):
        order_rerender(here, job.video_id, UnpricedInput.endpoint_id, agreed=CEILING)
    again = order_rerender(here, job.video_id, UnpricedInput.endpoint_id, ceiling=CEILING)
    made = wait_for_end(here, again.jobs[-1])
    assert (made.state, made.estimate) == (JobState.DONE, CEILING)


def failed(person: Person, fal: FalServer) -> str:
    """The id of a job that failed, of the model without a price."""
    fal.fault("run_face_detection_error", request_id="next")
    given = person.input(UnpricedInput)
    job = order_render(person.workspace, given, SPOKEN, "Hi.", ceiling=CEILING)
    assert wait_for_end(person.workspace, job).state is JobState.FAILED
    return job.id


def test_a_retry(person: Person, fal: FalServer) -> None:
    here, job_id = person.workspace, failed(person, fal)
    with pytest.raises(RenderRefused, match="don't know"):
        retry(here, job_id, agreed=CEILING)
    again = retry(here, job_id, ceiling=CEILING)
    assert wait_for_end(here, again).state is JobState.DONE


def test_a_retry_from_a_shell(person: Person, fal: FalServer) -> None:
    here, job = person.workspace, person.workspace.jobs.find(failed(person, fal))
    with pytest.raises(RenderRefused, match="--agree"):
        order_again(here, job, Consent(None, may_ask=True))
    again = order_again(here, job, Consent("0.75", may_ask=False))
    assert (wait_for_end(here, again).state, again.estimate) == (JobState.DONE, CEILING)


# The dialogs


def compare_page() -> None:
    """The dialog of a comparison; runs inside AppTest."""
    import streamlit as st

    from components.comparisons.confirm_compare import ASKED, confirm_compare
    from components.ui.agreement import terms_of
    from talkinghead.comparisons.values import ComparisonQuote
    from talkinghead.projects.values import Project
    from tests.catalogue.test_sixth_model import CATALOGUE, SPOKEN
    from tests.catalogue.test_unknown_price import IN_USE, PAIR

    person = IN_USE["person"]
    here = person.workspace
    st.session_state.setdefault(ASKED, True)
    every = here.comparisons.candidates(Project(catalogue=CATALOGUE))
    ticked = [one for one in every if one.model in PAIR]
    plan = here.comparisons.plan([person.input(model) for model in PAIR], SPOKEN)
    quoted = ComparisonQuote(plan, here.billing.quote(plan.lines))
    if agreement := confirm_compare(here, ticked, quoted, []):
        quote = here.billing.quote(plan.lines)
        permit = here.billing.authorise(quote, **terms_of(agreement))
        st.session_state["ordered"] = here.comparisons.order(plan, permit, "x").id


def test_the_dialog_of_a_comparison_asks_for_the_ceiling(person: Person, fal: FalServer) -> None:
    say_nobody(person.workspace, FlashheadInput.endpoint_id, person.portrait)
    page = AppTest.from_function(compare_page)
    with_ceiling(run(page), "compare_ceiling", "compare_agree")
    jobs = person.workspace.comparisons.find(page.session_state["ordered"]).jobs
    assert sum(job.estimate for job in jobs) <= CEILING
    assert {wait_for_end(person.workspace, job).state for job in jobs} == {JobState.DONE}


def retry_page() -> None:
    """The dialog that a retry opens; runs inside AppTest."""
    import streamlit as st

    from components.jobs.job_dialogs import job_question
    from components.jobs.retry import retry
    from tests.catalogue.test_unknown_price import IN_USE

    here = IN_USE["person"].workspace
    if answer := job_question(here):
        st.session_state["ordered"] = retry(here, answer.job_id, answer.agreement).id


def rerender_page() -> None:
    """The panel that renders a video on another model; runs inside AppTest."""
    import streamlit as st

    from components.comparisons.rerender_panel import rerender_panel
    from tests.catalogue.test_unknown_price import IN_USE

    here = IN_USE["person"].workspace
    rerender_panel(here, here.gallery.find(st.session_state["video"]))


def run(page: AppTest) -> AppTest:
    page.run(timeout=PAGE_RUN)
    assert not page.exception
    return page


def with_ceiling(page: AppTest, field: str, agree: str) -> None:
    """Type a ceiling and agree; without one nothing can be agreed to."""
    assert page.button(key=agree).disabled
    page.number_input(key=field).set_value(float(CEILING))
    run(page)
    assert "at most" in page.button(key=agree).label
    page.button(key=agree).click()
    run(page)


def test_the_dialog_of_a_retry_asks_for_the_ceiling(person: Person, fal: FalServer) -> None:
    here, job_id = person.workspace, failed(person, fal)
    page = AppTest.from_function(retry_page)
    page.session_state["job_question"] = ("render_again", job_id)
    with_ceiling(run(page), "job_ceiling", "job_agree")
    again = here.jobs.find(page.session_state["ordered"])
    assert (wait_for_end(here, again).state, again.estimate) == (JobState.DONE, CEILING)


def test_the_panel_of_other_models_asks_for_the_ceiling(person: Person, fal: FalServer) -> None:
    here = person.workspace
    job = wait_for_end(here, person.order(FlashheadInput))
    page = AppTest.from_function(rerender_page)
    page.session_state["video"] = job.video_id
    run(page)
    page.button(key=f"again_ask {UnpricedInput.endpoint_id}").click()
    run(page)
    assert page.button(key="again_agree").disabled
    page.number_input(key="again_ceiling").set_value(float(CEILING))
    assert "at most" in run(page).button(key="again_agree").label
