"""No paid render and no export of one begins without consent, whichever way it is asked for."""

from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead import Studio
from talkinghead.catalogue import (
    DraftInput,
    ExportInput,
    FlashheadInput,
    InfinitalkInput,
    LongVideoInput,
    SpeechLength,
)
from talkinghead.catalogue.base import ModelInput
from talkinghead.consent.values import Ground, Statement
from talkinghead.core.errors import ConsentNeeded
from talkinghead.jobs.job import Job, JobState
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import finished, wait_for, wait_for_end
from tests.orders import export
from tests.paid_studio import Person, hosted, opened
from tests.waiting import wait_until

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
OTHER_KEY = KEY.replace("0a1b", "9a9b")
SPOKEN = SpeechLength(Decimal("1.5"), "script")
ME = Statement(Ground.ME)


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY, OTHER_KEY), log_interval=0.05)) as running:
        yield running


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, fal: FalServer) -> Iterator[Studio]:
    folder: Path = tmp_path_factory.mktemp("gate")
    with closing(opened(hosted(folder, fal))) as running:
        yield running


@pytest.fixture
def person(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    return Person(workspace, KEY)


def render(person: Person, words: str = "Hi.", model: type[ModelInput] = FlashheadInput) -> Job:
    here, given = person.workspace, person.input(model, words)
    plan = here.renders.plan(given, SPOKEN, another_take=True)
    quote = here.billing.quote(plan.lines)
    return here.renders.order(plan, here.billing.authorise(quote, quote.dollars), words)


def compare(person: Person) -> None:
    here = person.workspace
    inputs = [person.input(FlashheadInput, "Hi."), person.input(InfinitalkInput, "Hi.")]
    plan = here.comparisons.plan(inputs, SPOKEN)
    quote = here.billing.quote(plan.lines)
    here.comparisons.order(plan, here.billing.authorise(quote, quote.dollars), "both")


def made(person: Person) -> Job:
    """A finished paid video, whose consent was withdrawn since."""
    here = person.workspace
    here.consent.give(person.portrait, ME)
    job = wait_for_end(here, render(person))
    assert job.state is JobState.DONE
    here.consent.withdraw(person.portrait)
    return job


def retry(person: Person) -> None:
    here, job = person.workspace, made(person)
    plan = here.jobs.plan_retry(job.id)
    quote = here.billing.quote(plan.lines)
    here.jobs.retry(plan, here.billing.authorise(quote, quote.dollars))


def rerender(person: Person) -> None:
    here, job = person.workspace, made(person)
    plan = here.rerenders.plan(job.video_id or "", InfinitalkInput.endpoint_id)
    quote = here.billing.quote(plan.lines)
    here.rerenders.order(job.video_id or "", plan, here.billing.authorise(quote, quote.dollars))


def resize(person: Person) -> None:
    here, job = person.workspace, made(person)
    export(here, job.video_id or "", "1:1")


Order = Callable[[Person], object]


@pytest.mark.parametrize("order", [render, compare, retry, rerender, resize])
def test_without_consent_nothing_is_ordered(order: Order, person: Person, fal: FalServer) -> None:
    here, paid = person.workspace, len(fal.bills)
    with pytest.raises(ConsentNeeded) as refused:
        order(person)
    assert refused.value.portrait == person.portrait
    assert refused.value.charged is False
    ordered = here.jobs.list(open_only=True)
    assert ordered == []
    assert len(fal.bills) - paid == (0 if order in (render, compare) else 1)


def test_a_lost_order_is_not_sent_again_without_it(person: Person, fal: FalServer) -> None:
    here = person.workspace
    here.consent.give(person.portrait, ME)
    fal.fault("submit_drop")
    job = wait_for(here, render(person), JobState.UNCONFIRMED)
    here.consent.withdraw(person.portrait)
    plan = here.jobs.plan_resend(job.id)
    quote = here.billing.quote(plan.lines)
    permit = here.billing.authorise(quote, quote.dollars)
    with pytest.raises(ConsentNeeded, match="withdrawn"):
        here.jobs.send_again(plan, permit)
    assert here.jobs.find(job.id).state is JobState.UNCONFIRMED
    here.jobs.give_up(job.id)


def test_an_order_under_way_goes_on_after_a_withdrawal(person: Person, fal: FalServer) -> None:
    here = person.workspace
    here.consent.give(person.portrait, ME)
    fal.latency(upload=0.3)
    job = render(person)
    here.consent.withdraw(person.portrait)
    assert wait_for_end(here, job).state is JobState.DONE


def uploads(fal: FalServer) -> int:
    return sum("/files/upload" in visit.url for visit in fal.visits)


def test_the_portrait_is_not_uploaded_ahead_before(person: Person, fal: FalServer) -> None:
    here, before = person.workspace, uploads(fal)
    here.billing.enter_key(OTHER_KEY)  # an account that nothing was uploaded to yet
    here.billing.prefetch(FlashheadInput.endpoint_id, person.portrait)
    here.billing.prefetch(InfinitalkInput.endpoint_id, person.recording)
    wait_until(lambda: uploads(fal) > before)
    assert uploads(fal) == before + 1  # the recording
    here.consent.give(person.portrait, ME)
    here.billing.prefetch(FlashheadInput.endpoint_id, person.portrait)
    wait_until(lambda: uploads(fal) == before + 2)


def test_a_draft_and_its_exports_need_none(studio: Studio) -> None:
    drafts = studio.workspace(studio.new_token())
    video = finished(drafts)
    assert drafts.consent.missing(video.endpoint_id, video.arguments) == []
    job = export(drafts, video.id, "1:1")
    assert job.state is JobState.WAITING
    drafts.jobs.cancel(job.id)


def test_a_long_video_and_an_export_are_what_they_are_made_of(person: Person) -> None:
    here, given = person.workspace, {"image_url": person.portrait}
    paid, free = FlashheadInput.endpoint_id, DraftInput.endpoint_id
    for model, missing in ((paid, [person.portrait]), (free, [])):
        long = {"endpoint": model, "input": given, "parts": []}
        assert here.consent.missing(LongVideoInput.endpoint_id, long) == missing
        export = {"original_model": model, "original_inputs": given, "video_url": "asset:x.mp4"}
        assert here.consent.missing(ExportInput.endpoint_id, export) == missing
        assert here.consent.missing(model, given) == missing
    for erased in (LongVideoInput, ExportInput, FlashheadInput):
        assert here.consent.missing(erased.endpoint_id, {}) == []
