"""Every verb is some kind of act, and a role without that act is refused."""

import inspect
from collections.abc import Iterator
from contextlib import closing
from functools import cached_property
from typing import get_type_hints

import pytest

from talkinghead import Studio, Workspace
from talkinghead.catalogue import FlashheadInput
from talkinghead.core.errors import NotAllowed
from talkinghead.privacy_services import PrivacyServices
from talkinghead.services import Services
from talkinghead.teams.permissions import OWNER, VERBS
from talkinghead.teams.values import Act, Actor, Role
from tests.jobs.studios import ONE_SECOND, order, small_picture, small_studio
from tests.orders import order_render, quote_render

EVERY_VERB = [(service, verb, act) for service, acts in VERBS.items() for verb, act in acts.items()]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(small_studio(tmp_path_factory.mktemp("roles"))) as studio:
        yield studio


def somebody(studio: Studio, *acts: Act) -> Workspace:
    """Somebody whose role holds these acts alone."""
    return studio.workspace(actor=Actor("somebody", "Somebody", Role("role", frozenset(acts))))


def test_every_public_verb_of_every_service_is_one_kind_of_act() -> None:
    services = {
        name: get_type_hints(made.func)["return"]
        for name, made in {**vars(Services), **vars(PrivacyServices)}.items()
        if isinstance(made, cached_property) and not name.startswith("_") and name != "privacy"
    }
    verbs = {
        name: {
            verb
            for verb, _ in inspect.getmembers(service, inspect.isfunction)
            if not verb.startswith("_")
        }
        for name, service in services.items()
    }
    assert {name: acts.keys() for name, acts in VERBS.items()} == verbs


def test_an_owner_may_do_everything() -> None:
    assert OWNER.acts == frozenset(Act)


def test_a_workspace_holds_every_service_and_nothing_of_it_but_verbs(studio: Studio) -> None:
    here = studio.workspace()
    for service, verb, _ in EVERY_VERB:
        assert callable(getattr(getattr(here, service), verb))
    with pytest.raises(AttributeError, match="no verb"):
        getattr(here.jobs, "workspace")  # noqa: B009  mypy knows that there is none


@pytest.mark.parametrize(("service", "verb", "act"), EVERY_VERB)
def test_a_role_without_the_act_is_refused_before_anything_is_done(
    studio: Studio, service: str, verb: str, act: Act
) -> None:
    here = somebody(studio, *(set(Act) - {act}))
    with pytest.raises(NotAllowed, match="Ask one of its owners"):
        getattr(getattr(here, service), verb)()


def test_who_may_draft_but_not_spend_orders_drafts_alone(studio: Studio) -> None:
    here = somebody(studio, Act.VIEW, Act.DRAFT)
    job = order(here, "frames=1")
    assert here.jobs.find(job.id) == job
    portrait = here.portraits.add(small_picture(), "small.png").reference
    paid = FlashheadInput(image_url=portrait, text="Hello.")
    with pytest.raises(NotAllowed, match="can't spend money"):
        order_render(here, paid, ONE_SECOND, "x")


def test_a_role_that_only_looks_may_still_ask_the_price(studio: Studio) -> None:
    here = somebody(studio, Act.VIEW)
    paid = FlashheadInput(image_url=f"asset:{'0' * 64}.jpg", text="Hello.")
    assert quote_render(here, paid, ONE_SECOND).estimate.dollars


def test_an_order_keeps_who_gave_it(studio: Studio) -> None:
    job = order(somebody(studio, *Act), "frames=2")
    assert studio.workspace().jobs.find(job.id).ordered_by == "somebody"
