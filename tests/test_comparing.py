"""Several models at once: one price, one order or none, a choice and what it says of the models."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead import Settings, Studio, Workspace, open_studio
from talkinghead.comparing import Comparison
from talkinghead.errors import InvalidInput, NotFound, RenderRefused
from talkinghead.jobs.job import JobState
from talkinghead.models import (
    DraftInput,
    FlashheadInput,
    HeygenAvatar4Input,
    ModelInput,
    SpeechLength,
    StableAvatarInput,
)
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import small_drafts, wait_until
from tests.paid_studio import HURRIED, Person

KEY = "7b1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
SPOKEN = SpeechLength(Decimal("1.5"), "script")
PAID = (FlashheadInput, StableAvatarInput, HeygenAvatar4Input)
TOGETHER = Decimal("0.5575")  # 1.5 s at $0.005, 4 s at $0.1 (the least), 1.5 s at $0.1


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as running:
        yield running


def opened(folder: Path, fal: FalServer, **caps: Decimal) -> Studio:
    values = {"data_dir": folder, "single_user": False, "database_url": None, "media_url": None}
    values |= {"fal_key": None, "fal_proxy_url": fal.url, **caps}
    return open_studio(Settings.model_validate(values), small_drafts, HURRIED)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, fal: FalServer) -> Iterator[Studio]:
    running = opened(tmp_path_factory.mktemp("comparing"), fal)
    yield running
    running.close()


def someone(studio: Studio) -> Person:
    workspace = studio.workspace(studio.new_token())
    workspace.use_key(KEY)
    return Person(workspace, KEY)


@pytest.fixture
def person(studio: Studio) -> Person:
    return someone(studio)


def draft(person: Person, script: str = "frames=3") -> DraftInput:
    return DraftInput(image_url=person.portrait, script_text=script, width=64, height=64)


def everything(person: Person) -> list[ModelInput]:
    return [*(person.input(model) for model in PAID), draft(person)]


def ended(here: Workspace, comparison: Comparison) -> Comparison:
    def over() -> bool:
        return all(job.state.ended for job in here.comparison(comparison.id).jobs)

    wait_until(over, 40)
    return here.comparison(comparison.id)


def drafts(person: Person, *scripts: str, blind: bool = False) -> Comparison:
    inputs = [draft(person, script) for script in scripts]
    here = person.workspace
    return ended(here, here.compare(inputs, SPOKEN, "x", agreed=Decimal(0), blind=blind))


# What it costs


def test_the_price_is_the_sum_and_the_draft_is_free(person: Person) -> None:
    offer = person.workspace.compare_offer(everything(person), SPOKEN)
    assert (offer.dollars, offer.allowed, offer.why_not) == (TOGETHER, True, None)
    assert [o.estimate.endpoint_id for o in offer.offers] == [
        *(model.endpoint_id for model in PAID),
        "draft",
    ]


def test_each_may_be_allowed_and_their_sum_not(tmp_path: Path, fal: FalServer) -> None:
    studio = opened(tmp_path, fal, cap_person_day=Decimal("0.5"))
    try:
        person = someone(studio)
        here, inputs = person.workspace, everything(person)
        offer = here.compare_offer(inputs, SPOKEN)
        assert all(one.allowed for one in offer.offers)
        assert not offer.allowed
        with pytest.raises(RenderRefused, match="today's"):
            here.compare(inputs, SPOKEN, "x", agreed=TOGETHER)
        assert (here.jobs(), here.comparisons(), here.ledger()) == ([], [], [])
    finally:
        studio.close()


def test_what_was_not_agreed_to_is_not_ordered(person: Person) -> None:
    here = person.workspace
    with pytest.raises(RenderRefused, match="nothing was ordered"):
        here.compare(everything(person), SPOKEN, "x", agreed=TOGETHER - Decimal("0.0001"))
    assert (here.jobs(), here.comparisons()) == ([], [])


def test_one_that_cannot_be_rendered_stops_all(person: Person) -> None:
    here = person.workspace
    gone = person.input(FlashheadInput).replace(image_url=f"asset:{'0' * 64}.jpg")
    with pytest.raises(NotFound):
        here.compare([draft(person), gone], SPOKEN, "x", agreed=TOGETHER)
    assert (here.jobs(), here.comparisons()) == ([], [])


def test_a_failure_while_writing_leaves_nothing(person: Person) -> None:
    here, inputs = person.workspace, everything(person)
    record = here._record("x", blind=False)
    offers = here.compare_offer(inputs, SPOKEN).offers
    with pytest.raises(NotFound):  # the last thing written is refused
        here._order_together(record, inputs, SPOKEN, offers, beside="0" * 32)
    assert (here.jobs(), here.comparisons()) == ([], [])


def test_one_alone_is_no_comparison(person: Person) -> None:
    with pytest.raises(InvalidInput, match="at least two"):
        person.workspace.compare([draft(person)], SPOKEN, "x", agreed=Decimal(0))


# What comes of it


def test_all_of_them_are_rendered_and_billed_once(person: Person, fal: FalServer) -> None:
    here, before = person.workspace, len(fal.bills)
    comparison = here.compare(everything(person), SPOKEN, "Four at once", agreed=TOGETHER)
    comparison = ended(here, comparison)
    assert [job.endpoint_id for job in comparison.jobs] == [
        *(model.endpoint_id for model in PAID),
        "draft",
    ]
    assert {job.state for job in comparison.jobs} == {JobState.DONE}
    bills = [bill.dollars for bill in fal.bills[before:]]
    assert sorted(bills) == sorted(job.billed for job in comparison.jobs if job.billed)
    assert len(bills) == len(PAID)
    assert here.videos().total == 4
    assert [one.id for one in here.comparisons()] == [comparison.id]


def test_one_that_failed_is_ordered_again_in_its_place(person: Person) -> None:
    here = person.workspace
    comparison = drafts(person, "frames=2", "refuse")
    kept, failed = comparison.jobs
    assert failed.state is JobState.FAILED
    again = here.compare_again(comparison.id, failed.id)
    assert [job.id for job in here.comparison(comparison.id).jobs] == [kept.id, again.id]


# Choosing


def test_the_best_is_kept_and_the_rest_stay_in_the_gallery(person: Person) -> None:
    here, comparison = person.workspace, drafts(person, "frames=2", "frames=3")
    here.choose(comparison.id, comparison.jobs[1].id)
    assert here.comparison(comparison.id).chosen == comparison.jobs[1].id
    assert here.videos().total == 2
    here.choose(comparison.id, comparison.jobs[0].id)  # one may think again
    assert here.comparison(comparison.id).chosen == comparison.jobs[0].id


def test_a_blind_choice_shows_the_names_and_is_made_once(person: Person) -> None:
    here, comparison = person.workspace, drafts(person, "frames=2", "frames=3", blind=True)
    assert comparison.hides_names
    here.choose(comparison.id, comparison.jobs[1].id)
    assert not here.comparison(comparison.id).hides_names
    with pytest.raises(InvalidInput, match="first choice"):
        here.choose(comparison.id, comparison.jobs[0].id)


def test_a_single_video_is_no_choice(person: Person) -> None:
    comparison = drafts(person, "frames=2", "refuse")
    with pytest.raises(InvalidInput, match="second video"):
        person.workspace.choose(comparison.id, comparison.jobs[0].id)
    with pytest.raises(NotFound):
        person.workspace.choose(comparison.id, comparison.jobs[1].id)


def test_preferences_count_what_was_finished_when_it_was_chosen(person: Person) -> None:
    here = person.workspace
    undecided = drafts(person, "frames=2", "frames=3")
    assert here.preferences() == []
    here.choose(undecided.id, undecided.jobs[0].id)
    blind = drafts(person, "frames=2", "frames=3", "refuse", blind=True)
    here.choose(blind.id, blind.jobs[0].id)
    [preference] = here.preferences()
    assert (preference.endpoint_id, preference.shown, preference.chosen) == ("draft", 4, 2)
    assert (preference.blind_shown, preference.blind_chosen) == (2, 1)
