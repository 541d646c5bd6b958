"""A model declared in this file alone works everywhere, as the README promises of a new one."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import Field, ValidationError
from streamlit.testing.v1 import AppTest

from talkinghead import Studio, open_studio
from talkinghead.catalogue import (
    BUILT_IN,
    MODELS,
    Catalogue,
    DraftInput,
    Geometry,
    ModelInput,
    SpeechLength,
)
from talkinghead.catalogue.base import MediaReference, Seed
from talkinghead.catalogue.forms.priced_model import PricedModel
from talkinghead.comparisons.candidates import candidates
from talkinghead.core.errors import RenderRefused
from talkinghead.core.money import Price
from talkinghead.jobs.job import JobState
from talkinghead.projects.orders import draft_order
from talkinghead.projects.prices import price_table
from talkinghead.projects.values import Project
from talkinghead.videos.values import VideoSearch
from tests.databases import with_journal
from tests.fal_server.endpoints import ENDPOINTS, learn
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import small_drafts, wait_for
from tests.orders import estimate_render, order_render, quote_render
from tests.paid_studio import HURRIED, Person, hosted, reset
from tests.waiting import PAGE_RUN

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"


class SixthInput(ModelInput):
    """A model of which nothing else knows."""

    endpoint_id: ClassVar[str] = "fal-ai/sixth"
    title: ClassVar[str] = "Sixth"
    tagline: ClassVar[str] = "One more."
    price: ClassVar[Price] = Price(per_second=Decimal("0.02"))
    price_rule: ClassVar[str] = "$0.02 a second"
    recording_field: ClassVar[str | None] = "sound_url"

    image_url: Annotated[MediaReference, Field(description="The picture to animate.")]
    sound_url: Annotated[MediaReference, Field(description="The recording to lip-sync to.")]
    strength: Annotated[float, Field(ge=0, le=1, description="How much it moves.")] = 0.5
    seed: Annotated[Seed | None, Field(description="The same seed, the same video.")] = None

    def geometry(self, aspect: float) -> Geometry:
        """Always the same."""
        return Geometry(640, 480)


class UnpricedInput(SixthInput):
    """One that no document states a price for, nor fal."""

    endpoint_id: ClassVar[str] = "fal-ai/unpriced"
    title: ClassVar[str] = "Unpriced"
    price: ClassVar[Price] = Price()
    price_rule: ClassVar[str] = "no list price"


CATALOGUE = Catalogue((*MODELS, SixthInput, UnpricedInput), BUILT_IN.voice_models)
SPOKEN = SpeechLength(Decimal(10), "recording")


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    learn(SixthInput)
    learn(UnpricedInput)
    with FalServer(Options(log_interval=0.05)) as running:
        yield running
    del ENDPOINTS[SixthInput.endpoint_id], ENDPOINTS[UnpricedInput.endpoint_id]


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    return reset(server)


@pytest.fixture
def studio(tmp_path: Path, fal: FalServer) -> Iterator[Studio]:
    running = open_studio(hosted(with_journal(tmp_path), fal), small_drafts, HURRIED, CATALOGUE)
    yield running
    running.close()


@pytest.fixture
def person(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    return Person(workspace, KEY)


def form() -> None:
    """A page that is its form; runs inside AppTest."""
    import streamlit as st

    from components.ui.parameter_form import parameter_form
    from tests.catalogue.test_sixth_model import SPOKEN, SixthInput

    st.session_state["answer"] = parameter_form(SixthInput, {}, SPOKEN)


def test_its_form_asks_for_what_no_picker_fills() -> None:
    page = AppTest.from_function(form).run(timeout=PAGE_RUN)
    assert not page.exception
    assert [slider.label for slider in page.slider] == ["Strength"]
    assert page.session_state["answer"] == ({"strength": 0.5, "seed": None}, {})


def test_its_inputs_are_checked() -> None:
    given: dict[str, Any] = {"image_url": "asset:a", "sound_url": "asset:b"}
    assert SixthInput.model_validate(given).strength == 0.5
    for wrong in ({"strength": 2}, {"surprise": 1}, {"sound_url": None}):
        with pytest.raises(ValidationError):
            SixthInput.model_validate({**given, **wrong})


def prices_of(person: Person, script: str) -> list[PricedModel]:
    project = Project(script=script, catalogue=CATALOGUE)
    return price_table(project, partial(estimate_render, person.workspace))


def test_its_price_is_in_the_table(person: Person) -> None:
    table = prices_of(person, "Hello there.")
    offers = {offer.model: offer for offer in table}
    assert list(offers) == list(CATALOGUE.models)
    assert offers[SixthInput].price.startswith("~$0.0")


def test_a_draft_of_it_has_its_shape() -> None:
    project = Project(
        script="Hello there.", endpoint_id=SixthInput.endpoint_id, catalogue=CATALOGUE
    )
    draft = draft_order(project, "asset:a").input
    assert isinstance(draft, DraftInput)
    assert (draft.width, draft.height, draft.stands_for) == (640, 480, "fal-ai/sixth")


def test_it_can_be_compared_with_the_others() -> None:
    models = [each.model for each in candidates(Project(catalogue=CATALOGUE))]
    assert models == list(CATALOGUE.with_draft)


def test_it_is_bought_once_and_its_video_is_in_the_gallery(person: Person, fal: FalServer) -> None:
    here = person.workspace
    job = wait_for(here, person.order(SixthInput), *(one for one in JobState if one.ended))
    assert (job.state, job.problem) == (JobState.DONE, None)
    [bill] = fal.bills
    [video] = here.gallery.list(VideoSearch(endpoint_id=SixthInput.endpoint_id)).videos
    assert (video.width / video.height, video.dollars) == (640 / 480, bill.dollars)
    assert bill.dollars == Decimal("0.02") * bill.units
    assert here.catalogue.title_of(video.endpoint_id) == "Sixth"


def test_what_nobody_knows_the_price_of_says_so_and_is_sold_only_with_a_ceiling(
    person: Person, fal: FalServer
) -> None:
    table = prices_of(person, "Hello.")
    offer = next(offer for offer in table if offer.model is UnpricedInput)
    assert offer.price == "price unknown"
    here, given = person.workspace, person.input(UnpricedInput)
    asked = quote_render(here, given, SPOKEN)
    assert (asked.quote.needs_ceiling, asked.estimate.dollars) == (True, None)
    with pytest.raises(RenderRefused, match="don't know"):
        order_render(here, given, SPOKEN, "Hi.", agreed=Decimal(1))
    assert fal.bills == []
    assert order_render(here, given, SPOKEN, "Hi.", ceiling=Decimal(1)).estimate == Decimal(1)
