"""Composite jobs on SQLite and PostgreSQL: all or nothing, shown as one, and remembered."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from talkinghead.billing.caps import Caps
from talkinghead.billing.permit import Permit, order_current
from talkinghead.billing.repository import LedgerRepository
from talkinghead.catalogue import BUILT_IN, InfinitalkInput, LongVideoInput
from talkinghead.consent.gate import ConsentGate
from talkinghead.consent.repository import ConsentRepository
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound, RenderCancelled, RenderFailed, RenderRefused
from talkinghead.core.money import Budget
from talkinghead.jobs.composite import CompositeJob, fraction_done, raise_if_incomplete
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.new_job import child_of
from talkinghead.jobs.permit import PlanOutdated
from talkinghead.jobs.records.order_repository import Person
from talkinghead.videos.repository import write_video
from tests.jobs.made import a_job, a_video
from tests.jobs.permits import FREE_PASS, NO_PASS, FreePass

TEN = Decimal(10)


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database, partial(write_video, catalogue=BUILT_IN))


def a_composite(workspace: str, count: int = 3, dollars: Decimal = TEN) -> CompositeJob:
    head = a_job(
        workspace,
        endpoint_id=LongVideoInput.endpoint_id,
        arguments={"endpoint": InfinitalkInput.endpoint_id, "input": {}},
        estimate=dollars * count,
    )
    children = [
        child_of(
            head,
            place,
            InfinitalkInput.endpoint_id,
            {"part": place},
            title=f"Part {place}",
            fingerprint=f"{place}",
            seconds=Decimal(20),
            estimate=dollars,
            payer="session",
        )
        for place in range(count)
    ]
    return CompositeJob(head, tuple(children))


def another(composite: CompositeJob) -> CompositeJob:
    """The same parts of another video."""
    return replace(
        composite,
        parent=composite.parent.replace(arguments={"endpoint": "another", "input": {}}),
    )


def made(journal: Journal, child: Job) -> None:
    for state in (JobState.PREPARING, JobState.SUBMITTING, JobState.QUEUED, JobState.STORING):
        assert journal.change(child.id, state)
    assert journal.finish(child.id, 0, a_video(child.workspace, id=child.id, part=True))


def test_a_composite_job_comes_back_as_it_was_written(journal: Journal, workspace: str) -> None:
    composite = a_composite(workspace)
    journal.add_composites([composite], FREE_PASS)
    assert journal.job(composite.parent.id) == composite.parent
    assert tuple(journal.children(composite.parent.id)) == composite.children


def test_a_refused_composite_job_leaves_nothing(journal: Journal, workspace: str) -> None:
    composites = [a_composite(workspace), a_composite(workspace)]
    with pytest.raises(RenderRefused):
        journal.add_composites(composites, NO_PASS)
    for job in (job for composite in composites for job in composite.jobs):
        with pytest.raises(NotFound):
            journal.job(job.id)


def test_only_the_head_is_listed(journal: Journal, workspace: str) -> None:
    composite = a_composite(workspace)
    journal.add_composites([composite], FREE_PASS)
    assert journal.jobs(workspace) == [composite.parent]


def test_a_cap_holds_the_sum_and_counts_the_children_once(
    database: Database, journal: Journal, workspace: str
) -> None:
    ledger = LedgerRepository(database)
    caps = Caps(Person(workspace), Budget(person_day=Decimal(50)), ledger)
    gate = ConsentGate(workspace, ConsentRepository(database))
    first, second = a_composite(workspace), a_composite(workspace)
    now = ledger.spent(Person(workspace))
    for composite in (first, second):
        permit = Permit(caps, gate, "session", most=Decimal(50), another_take=True)
        if composite is first:
            journal.add_composites([composite], permit)
            assert ledger.spent(Person(workspace)).today - now.today == 3 * TEN
        else:
            with pytest.raises(RenderRefused, match="today"):
                journal.add_composites([composite], permit)


def test_what_was_made_is_known_by_its_fingerprint(journal: Journal, workspace: str) -> None:
    composite = a_composite(workspace)
    journal.add_composites([composite], FREE_PASS)
    made(journal, composite.children[0])
    assert journal.change(composite.children[1].id, JobState.FAILED)
    known = journal.made_before(workspace, ["0", "1", "2", "unknown"])
    assert {name: job.id for name, job in known.items()} == {
        "0": composite.children[0].id,  # done
        "2": composite.children[2].id,  # under way
    }
    assert journal.made_before("somebody else", ["0"]) == {}


def test_one_that_is_being_stopped_is_not_counted_on(journal: Journal, workspace: str) -> None:
    composite = a_composite(workspace, 1)
    journal.add_composites([composite], FREE_PASS)
    journal.request_cancel(composite.children[0].id)
    assert journal.made_before(workspace, ["0"]) == {}


def test_a_finished_one_goes_before_a_younger_one_under_way(
    journal: Journal, workspace: str
) -> None:
    older, younger = a_composite(workspace, 1), a_composite(workspace, 1)
    journal.add_composites([older], FREE_PASS)
    made(journal, older.children[0])
    journal.add_composites([younger], FREE_PASS)
    assert journal.made_before(workspace, ["0"])["0"].id == older.children[0].id


# What is being made since an order was planned

FIRST = FreePass(another_take=False)


@pytest.mark.parametrize("state", JobState)
def test_a_part_that_is_there_or_under_way_is_not_ordered_again(
    journal: Journal, workspace: str, state: JobState
) -> None:
    others = a_composite(workspace, 1)
    [part] = others.children
    part = part.replace(state=state)
    journal.add_composites([CompositeJob(others.parent, (part,))], FREE_PASS)
    composite = another(a_composite(workspace))
    if state in (JobState.FAILED, JobState.CANCELLED):
        journal.add_composites([composite], FIRST)
        return
    with pytest.raises(PlanOutdated):
        journal.add_composites([composite], FIRST)
    with pytest.raises(NotFound):
        journal.job(composite.parent.id)
    # One that was seen when it was planned, such as one whose video is gone, is ordered again.
    journal.add_composites([replace(composite, made_before={"0": part.id})], FIRST)


def test_a_part_that_an_order_counts_on_must_still_be_under_way(
    journal: Journal, workspace: str
) -> None:
    others, composite = a_composite(workspace, 1), another(a_composite(workspace, 0))
    journal.add_composites([others], FREE_PASS)
    composite = replace(composite, made_before={"0": others.children[0].id})
    journal.request_cancel(others.children[0].id)
    with pytest.raises(PlanOutdated):
        journal.add_composites([composite], FIRST)


def test_an_outdated_plan_is_made_again_a_few_times() -> None:
    def write(plan: int) -> str:
        if plan < 2:
            raise PlanOutdated
        return f"ordered by plan {plan}"

    assert order_current(0, lambda plan: plan + 1, write) == "ordered by plan 2"
    with pytest.raises(RenderRefused, match="nothing was ordered"):
        order_current(0, lambda plan: plan, write)


# What children mean for their parent


def children(*states: JobState) -> list[Job]:
    composite = a_composite("w", len(states))
    return [
        child.replace(state=state, problem="No face." if state is JobState.FAILED else None)
        for child, state in zip(composite.children, states, strict=True)
    ]


def test_how_much_is_done_counts_what_was_made_before() -> None:
    half = children(JobState.DONE, JobState.WAITING)
    assert fraction_done(half) == 0.5
    assert fraction_done(half, ready=2) == 0.75


def test_a_failure_names_its_part_and_the_reason() -> None:
    with pytest.raises(RenderFailed, match=r"Part 2 failed.*No face\..*it is ordered"):
        raise_if_incomplete(children(JobState.DONE, JobState.FAILED, JobState.CANCELLED))


def test_several_failures_are_named_together() -> None:
    failed = children(JobState.FAILED, JobState.DONE, JobState.FAILED, JobState.FAILED)
    with pytest.raises(RenderFailed, match="Parts 1, 3 and 4 failed"):
        raise_if_incomplete(failed)


def test_a_stopped_part_stops_the_whole() -> None:
    with pytest.raises(RenderCancelled, match="Sentence 2 was stopped"):
        raise_if_incomplete(children(JobState.DONE, JobState.CANCELLED), "Sentence")


def test_complete_children_raise_nothing() -> None:
    raise_if_incomplete(children(JobState.DONE, JobState.DONE))
