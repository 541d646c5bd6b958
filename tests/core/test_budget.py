"""The memory budget: what fits runs, and clients take turns."""

import asyncio
import threading

import pytest

from talkinghead.core.workers.budget import MOST_PASSED, MemoryBudget, WorkKind
from tests.waiting import wait_until

DRAFT = WorkKind("draft", 900)
PICTURE = WorkKind("picture", 400, at_once=2)
HUGE = WorkKind("huge", 5000)


class Closed(Exception):
    """The studio was closed."""


def call_off() -> None:
    raise Closed


class Work:
    """Work in a thread, which begins when it has its turn and ends when it is told to."""

    def __init__(self, budget: MemoryBudget, kind: WorkKind, client: str) -> None:
        self.began, self.end = threading.Event(), threading.Event()

        def work() -> None:
            with budget.hold(kind, client):
                self.began.set()
                self.end.wait(30)

        self.thread = threading.Thread(target=work, daemon=True)
        self.thread.start()

    def finish(self) -> None:
        self.end.set()
        self.thread.join(30)


def waiting(budget: MemoryBudget, kind: WorkKind, client: str) -> Work:
    """Work that has its place in the line and has not begun."""
    before = budget.waiting
    work = Work(budget, kind, client)
    wait_until(lambda: budget.waiting == before + 1)
    return work


def begun(budget: MemoryBudget, kind: WorkKind, client: str) -> Work:
    work = Work(budget, kind, client)
    assert work.began.wait(30)
    return work


def test_a_visitor_with_many_drafts_waits_behind_everybody_elses_first() -> None:
    budget = MemoryBudget(2000)
    running = begun(budget, DRAFT, "many")
    own = [waiting(budget, DRAFT, "many") for _ in range(5)]
    other = waiting(budget, DRAFT, "other")
    running.finish()
    assert other.began.wait(30)
    assert not any(each.began.is_set() for each in own)
    other.finish()
    assert own[0].began.wait(30)
    for each in own:
        each.finish()


def test_what_does_not_fit_waits_until_memory_is_free() -> None:
    budget = MemoryBudget(1000)
    draft = begun(budget, DRAFT, "a")
    picture = waiting(budget, PICTURE, "b")
    draft.finish()
    assert picture.began.wait(30)
    picture.finish()


def test_no_client_has_two_of_a_kind_at_once() -> None:
    budget = MemoryBudget(10_000)
    first, second = begun(budget, PICTURE, "a"), waiting(budget, PICTURE, "a")
    other = begun(budget, PICTURE, "b")
    assert not second.began.is_set()
    for each in (first, second, other):
        each.finish()


def test_what_is_larger_than_all_there_is_runs_alone() -> None:
    budget = MemoryBudget(1000)
    huge = begun(budget, HUGE, "a")
    picture = waiting(budget, PICTURE, "b")
    huge.finish()
    assert picture.began.wait(30)
    picture.finish()


def test_small_work_passes_large_work_a_few_times_and_then_waits_for_it() -> None:
    budget = MemoryBudget(1000)
    holding = begun(budget, PICTURE, "holding")
    large = waiting(budget, DRAFT, "large")
    for number in range(MOST_PASSED):
        begun(budget, PICTURE, f"small {number}").finish()
    last = waiting(budget, PICTURE, "last")
    assert not last.began.is_set()
    holding.finish()
    assert large.began.wait(30)
    large.finish()
    assert last.began.wait(30)
    last.finish()


def test_more_memory_lets_those_begin_that_wait_for_it() -> None:
    budget = MemoryBudget(1000)
    draft, picture = begun(budget, DRAFT, "a"), waiting(budget, PICTURE, "b")
    budget.resize(2000)
    assert picture.began.wait(30)
    for each in (draft, picture):
        each.finish()


def test_whether_others_wait_for_the_same_kind_is_known() -> None:
    budget = MemoryBudget(1000)
    draft = begun(budget, DRAFT, "a")
    own = waiting(budget, DRAFT, "a")
    assert not budget.others_wait(DRAFT, "a")
    other = waiting(budget, DRAFT, "b")
    assert budget.others_wait(DRAFT, "a")
    for each in (draft, other, own):
        each.finish()


def test_waiting_ends_where_it_is_called_off() -> None:
    budget = MemoryBudget(1000)
    with budget.hold(DRAFT, "a"):
        with pytest.raises(Closed), budget.hold(DRAFT, "b", call_off):
            pytest.fail("it has no turn")
        assert budget.waiting == 0


def test_who_gives_up_waiting_leaves_the_line() -> None:
    budget = MemoryBudget(1000)
    first, second, third = (budget.reserve(DRAFT, client) for client in "abc")
    assert (first.is_granted, second.is_granted) == (True, False)
    second.release()
    asyncio.run(third.wait_async(0.01))
    assert not third.is_granted
    first.release()
    asyncio.run(third.wait_async(30))
    assert third.is_granted
    third.release()
    assert budget.waiting == 0
