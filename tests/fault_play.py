"""Plays fault cases: each happens to a person of its own, all of them in one studio."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle

from talkinghead.jobs.job import Job, JobState
from tests.fal_server.ledger import account_of
from tests.fal_server.process import FalProcess
from tests.fault_cases import Case, Outcome
from tests.orders import send_again
from tests.paid_studio import PaidStudio, Person
from tests.waiting import DEADLINE, wait_until

AT_ONCE = 40  # renders under way at the same time
GALLERIES = 12  # that people share: of each, eight renders go on at the same time
LOOK = 0.4  # seconds between two looks at all of them
HANGS = DEADLINE  # seconds without a sign of life after which a render is taken to hang
TRYING = 5.0  # seconds for which one that goes on trying is watched
ENDS: dict[JobState, Outcome] = {
    JobState.DONE: "video",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "cancelled",
    JobState.UNCONFIRMED: "unconfirmed",
}


@dataclass
class Render:
    """A case that was played.

    Attributes:
        case, person, ordered: what happened to whom.
        began, moved: when, by the monotonic clock, and when it last gave a sign of life.
        first: where it had come to while the fault was there; None: it hung.
        failed: how the job stood then.
        notes: what the person read beside it then.
        last: where it came to in the end.
    """

    case: Case
    person: Person
    ordered: Job
    began: float
    moved: float
    failed: Job
    asked: bool = False
    first: Outcome | None = None
    notes: tuple[str, ...] = ()
    last: Outcome | None = None

    @property
    def job(self) -> Job:
        """Return its current state."""
        return self.person.job(self.ordered)

    def look(self) -> bool:
        """Whether it has come to where it goes while the fault is there."""
        job, now = self.job, time.monotonic()
        age = now - self.began
        if self.case.cancelled and not self.asked and job.state is JobState.RENDERING:
            self.person.workspace.jobs.cancel(job.id)
            self.asked = True
        self.first = outcome_of(job)
        if job != self.failed:
            self.moved = now
        self.failed = job
        tries = self.first is None and "open" in self.case.ends and age > TRYING
        if self.first or tries:
            events = self.person.workspace.jobs.events(job.id)
            self.notes = tuple(event.text for event in events if event.kind == "note")
        # One that goes on trying says why; on a busy machine that takes longer.
        if tries and self.notes:
            self.first = "open"
        return self.first is not None or now - self.moved >= HANGS

    def decide(self) -> None:
        """What a person does about it once the fault is gone."""
        workspace, job = self.person.workspace, self.job
        if self.first == "unconfirmed":
            workspace.jobs.reconcile(job.id)
        elif self.first == "key":
            workspace.billing.enter_key(self.case.key)
        elif self.first == "failed" and job.request_id and job.charged is not False:
            workspace.jobs.fetch_again(job.id)


def outcome_of(job: Job) -> Outcome | None:
    """Where a job has come to; None while something is still to come."""
    return "key" if job.waiting_for == "key" else ENDS.get(job.state)


class Play:
    """A table of cases, played.

    Args:
        studio: where they are ordered.
        fal: where they go wrong.
        cases: the table.
    """

    def __init__(self, studio: PaidStudio, fal: FalProcess, cases: list[Case]) -> None:
        self._studio = studio
        self._fal = fal
        self._cases = cases
        self._galleries = cycle(range(GALLERIES))
        self.renders: list[Render] = []
        self.bills_before: list[dict[str, str]] = []

    @property
    def bills(self) -> list[dict[str, str]]:
        """What fal billed, of all cases."""
        return self._fal.bills

    def run(self) -> None:
        """Order every case; ends when each has come to where it goes while its fault is there."""
        # Those that go on trying take longest: they begin first.
        waiting = sorted(self._cases, key=lambda case: case.times is not None)
        under_way: list[Render] = []
        while waiting or under_way:
            while waiting and len(under_way) < AT_ONCE:
                under_way.append(self._order(waiting.pop(0)))
            time.sleep(LOOK)
            ready = [render for render in under_way if render.look()]
            self.renders += ready
            under_way = [render for render in under_way if render not in ready]
        self.bills_before = self._fal.bills

    def _order(self, case: Case) -> Render:
        account = account_of(case.key)
        for name, rule in case.others:
            self._fal.fault(name, account=account, **rule)
        self._fal.fault(case.fault, account=account, times=case.times)
        person = self._studio.person(case.key, next(self._galleries))
        job = person.order(case.model)
        now = time.monotonic()
        return Render(case, person, job, now, now, job)

    def mend(self) -> None:
        """Nothing goes wrong any more; people decide, and what is open comes to its end."""
        self._fal.mend()
        for render in self.renders:
            render.decide()
        arrived = {job["account"] for job in self._fal.jobs}
        self._settle(lambda each: account_of(each.case.key) not in arrived)
        for render in self.renders:  # fal has no such order: it never arrived
            if outcome_of(render.job) == "unconfirmed":
                send_again(render.person.workspace, render.job.id)
        self._settle(lambda each: False)
        for render in self.renders:
            render.last = outcome_of(render.job)

    def _settle(self, may_be_lost: Callable[[Render], bool]) -> None:
        """Each has ended; one whose order never arrived may still be a question."""

        left = list(self.renders)

        def all_have() -> bool:
            left[:] = [each for each in left if not _settled(each, may_be_lost(each))]
            return not left

        with suppress(AssertionError):  # what is left is for the tests to tell
            wait_until(all_have, moving=lambda: len(left))


def _settled(render: Render, may_be_lost: bool) -> bool:
    outcome = outcome_of(render.job)
    return outcome in ("video", "failed", "cancelled") or (may_be_lost and outcome == "unconfirmed")
