"""Several models at once: one price, one order or none, a choice and what it says of the models."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from talkinghead import Studio, Workspace
from talkinghead.av.sound import Sound, sound_bytes
from talkinghead.catalogue import (
    DraftInput,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    ModelInput,
    SpeechLength,
    StableAvatarInput,
)
from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.comparisons.values import Comparison, Preference, model_id
from talkinghead.core.errors import InvalidInput, NotFound, RenderRefused
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.made import a_job
from tests.jobs.permits import FREE_PASS
from tests.jobs.studios import wait_for_end
from tests.orders import order_comparison, quote_comparison, retry
from tests.paid_studio import Person, hosted, opened
from tests.records import database_of

KEY = "7b1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
SPOKEN = SpeechLength(Decimal("1.5"), "script")
PAID = (FlashheadInput, StableAvatarInput, HeygenAvatar4Input)
TOGETHER = Decimal("0.5575")  # 1.5 s at $0.005, 4 s at $0.1 (the least), 1.5 s at $0.1


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as running:
        yield running


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, fal: FalServer) -> Iterator[Studio]:
    running = opened(hosted(tmp_path_factory.mktemp("comparing"), fal))
    yield running
    running.close()


def someone(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    return Person(workspace, KEY)


@pytest.fixture
def person(studio: Studio) -> Person:
    return someone(studio)


def draft(person: Person, script: str = "frames=3") -> DraftInput:
    return DraftInput(image_url=person.portrait, script_text=script, width=64, height=64)


def everything(person: Person) -> list[ModelInput]:
    return [*(person.input(model) for model in PAID), draft(person)]


def ended(here: Workspace, comparison: Comparison) -> Comparison:
    for job in here.comparisons.find(comparison.id).jobs:
        wait_for_end(here, job)
    return here.comparisons.find(comparison.id)


# What it costs


def test_the_price_is_the_sum_and_the_draft_is_free(person: Person) -> None:
    offer = quote_comparison(person.workspace, everything(person), SPOKEN)
    assert (offer.quote.dollars, offer.quote.allowed, offer.quote.why_not) == (TOGETHER, True, None)
    assert [o.estimate.endpoint_id for o in offer.renders] == [
        *(model.endpoint_id for model in PAID),
        "draft",
    ]


def test_each_may_be_allowed_and_their_sum_not(tmp_path: Path, fal: FalServer) -> None:
    studio = opened(hosted(tmp_path, fal, cap_person_day=Decimal("0.5")))
    try:
        person = someone(studio)
        here, inputs = person.workspace, everything(person)
        offer = quote_comparison(here, inputs, SPOKEN)
        alone = (here.billing.quote(one.plan.lines) for one in offer.renders)
        assert all(quote.allowed for quote in alone)
        assert not offer.quote.allowed
        with pytest.raises(RenderRefused, match="left today"):
            order_comparison(here, inputs, SPOKEN, "x", agreed=TOGETHER)
        assert (here.jobs.list(), here.comparisons.list(), here.billing.ledger()) == ([], [], [])
    finally:
        studio.close()


def test_two_tabs_do_not_pass_a_cap_together(tmp_path: Path, fal: FalServer) -> None:
    studio = opened(hosted(tmp_path, fal, cap_person_day=TOGETHER * 3 / 2))
    try:
        person = someone(studio)
        here, inputs = person.workspace, everything(person)

        def click(number: int) -> bool:
            others = [*inputs[:-1], draft(person).replace(seed=number)]
            try:
                order_comparison(here, others, SPOKEN, "x", agreed=TOGETHER)
            except RenderRefused:
                return False
            return True

        with ThreadPoolExecutor(4) as tabs:
            assert list(tabs.map(click, range(4))).count(True) == 1
        assert len(here.jobs.list()) == len(inputs)
        assert len(here.comparisons.list()) == 1
    finally:
        studio.close()


def test_the_same_comparison_is_ordered_once_however_many_tabs_ask(
    person: Person, fal: FalServer
) -> None:
    fal.reset()
    fal.latency(queue=60)
    here, inputs = person.workspace, everything(person)

    def click(_: int) -> Comparison:
        return order_comparison(here, inputs, SPOKEN, "x", agreed=TOGETHER)

    with ThreadPoolExecutor(4) as tabs:
        ordered = list(tabs.map(click, range(4)))
    assert len({comparison.id for comparison in ordered}) == 1
    assert sum(comparison.already_under_way for comparison in ordered) == 3
    for job in ordered[0].jobs:
        here.jobs.cancel(job.id)
    fal.latency(queue=0)


def test_what_was_not_agreed_to_is_not_ordered(person: Person) -> None:
    here = person.workspace
    with pytest.raises(RenderRefused, match="nothing was ordered"):
        order_comparison(here, everything(person), SPOKEN, "x", agreed=TOGETHER - Decimal("0.0001"))
    assert (here.jobs.list(), here.comparisons.list()) == ([], [])


def test_one_that_cannot_be_rendered_stops_all(person: Person) -> None:
    here = person.workspace
    gone = person.input(FlashheadInput).replace(image_url=f"asset:{'0' * 64}.jpg")
    with pytest.raises(NotFound):
        order_comparison(here, [draft(person), gone], SPOKEN, "x", agreed=TOGETHER)
    assert (here.jobs.list(), here.comparisons.list()) == ([], [])


def test_a_failure_while_writing_leaves_nothing(studio: Studio, person: Person) -> None:
    here = person.workspace
    record = ComparisonRecord("c" * 32, here.id, "x", blind=False, created_at=datetime.now(UTC))
    with database_of(studio) as database:
        enrolment = ComparisonRepository(database).enrolment(record, beside="0" * 32)
        head = CompositeJob(a_job(here.id, comparison=record.id))
        with pytest.raises(NotFound):  # the last thing written is refused
            Journal(database).add_composites([head], also=enrolment)
    assert (here.jobs.list(), here.comparisons.list()) == ([], [])


def test_one_alone_is_no_comparison(person: Person) -> None:
    with pytest.raises(InvalidInput, match="at least two"):
        order_comparison(person.workspace, [draft(person)], SPOKEN, "x", agreed=Decimal(0))


# What comes of it


def test_all_of_them_are_rendered_and_billed_once(person: Person, fal: FalServer) -> None:
    here, before = person.workspace, len(fal.bills)
    comparison = order_comparison(here, everything(person), SPOKEN, "Four at once", agreed=TOGETHER)
    comparison = ended(here, comparison)
    assert [job.endpoint_id for job in comparison.jobs] == [
        *(model.endpoint_id for model in PAID),
        "draft",
    ]
    assert {job.state for job in comparison.jobs} == {JobState.DONE}
    bills = [bill.dollars for bill in fal.bills[before:]]
    assert sorted(bills) == sorted(job.billed for job in comparison.jobs if job.billed)
    assert len(bills) == len(PAID)
    assert here.gallery.list().total == 4
    assert [one.id for one in here.comparisons.list()] == [comparison.id]


def test_a_speech_of_many_parts_is_one_video_of_the_comparison(person: Person) -> None:
    here = person.workspace
    times = np.arange(16_000 * 40) / 16_000
    tone = 0.3 * np.sin(2 * np.pi * 220 * times) * (times % 4 < 3.3)  # with pauses to be cut in
    sound = Sound(tone.astype(np.float32), 16_000)
    recording = here.recordings.add(sound_bytes(sound), "long.wav").reference
    given = {"audio_url": recording, "prompt": "Someone speaks.", "image_url": person.portrait}
    inputs: list[ModelInput] = [
        InfinitalkInput.model_validate({**given, "num_frames": 721}),
        StableAvatarInput.model_validate(given),
    ]
    speech = SpeechLength(Decimal(40), "recording")
    offer = quote_comparison(here, inputs, speech)
    assert offer.quote.allowed, offer.quote.why_not
    assert offer.quote.dollars is not None
    comparison = order_comparison(here, inputs, speech, "x", agreed=offer.quote.dollars)
    assert [model_id(job) for job in comparison.jobs] == [i.endpoint_id for i in inputs]
    assert len(here.renders.parts(comparison.jobs[0].id)) > 1
    assert sum(job.estimate for job in comparison.jobs) == offer.quote.dollars
    for job in comparison.jobs:
        here.jobs.cancel(job.id)


def test_one_that_failed_is_ordered_again_in_its_place(person: Person) -> None:
    here = person.workspace
    inputs = [draft(person, "frames=2"), draft(person, "refuse")]
    comparison = ended(here, order_comparison(here, inputs, SPOKEN, "x", agreed=Decimal(0)))
    kept, failed = comparison.jobs
    assert failed.state is JobState.FAILED
    again = retry(here, failed.id, comparison=comparison.id)
    assert [job.id for job in here.comparisons.find(comparison.id).jobs] == [kept.id, again.id]


# Choosing


def finished(studio: Studio, person: Person, *seeds: int, blind: bool = False) -> Comparison:
    """A comparison of drafts that are done, as the engine would leave them."""
    here, now = person.workspace, datetime.now(UTC)
    record = ComparisonRecord(uuid4().hex, here.id, "x", blind, now)
    done = {"comparison": record.id, "state": JobState.DONE, "ended_at": now, "created_at": now}
    heads = [
        CompositeJob(a_job(here.id, arguments=draft(person).replace(seed=seed).arguments(), **done))
        for seed in seeds
    ]
    heads = [CompositeJob(family.parent.replace(place=place)) for place, family in enumerate(heads)]
    with database_of(studio) as database:
        enrolment = ComparisonRepository(database).enrolment(record)
        Journal(database).add_composites(heads, FREE_PASS, enrolment)
    return here.comparisons.find(record.id)


def test_the_choice_is_kept_and_the_names_of_a_blind_one_show(
    studio: Studio, person: Person
) -> None:
    here, comparison = person.workspace, finished(studio, person, 1, 2, blind=True)
    assert comparison.hides_names
    here.comparisons.choose(comparison.id, comparison.jobs[1].id)
    decided = here.comparisons.find(comparison.id)
    assert (decided.chosen, decided.hides_names) == (comparison.jobs[1].id, False)


def test_preferences_say_how_often_each_was_liked_best(studio: Studio, person: Person) -> None:
    here = person.workspace
    first, blind, _undecided = (
        finished(studio, person, 1, 2),
        finished(studio, person, 1, 2, blind=True),
        finished(studio, person, 1, 2),
    )
    assert here.comparisons.preferences() == []
    for comparison in (first, blind):
        here.comparisons.choose(comparison.id, comparison.jobs[0].id)
    assert here.comparisons.preferences() == [Preference("draft", 4, 2, 2, 1)]
