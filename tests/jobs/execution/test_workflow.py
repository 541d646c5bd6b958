"""The workflow of a paid job, with a provider that bills: it is paid once, whatever happens."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from obstore.store import LocalStore
from pydantic import SecretStr
from sqlalchemy import select, update

from talkinghead.billing.credentials import Credentials
from talkinghead.catalogue import BUILT_IN, FlashheadInput
from talkinghead.core.database import Database
from talkinghead.core.errors import KeyNeeded, ProviderUnreachable, RenderRefused, StorageFailed
from talkinghead.core.store import Store, open_store
from talkinghead.jobs.execution.workflow import JobWorkflow
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.progress.writer import ProgressWriter
from talkinghead.jobs.records.give_up_repository import GiveUpRepository
from talkinghead.jobs.records.lease_repository import LeaseRepository
from talkinghead.jobs.records.order_repository import costs_since
from talkinghead.jobs.registry import JobHandler, JobKinds
from talkinghead.jobs.renderer import RenderRequest
from talkinghead.jobs.tables import jobs
from talkinghead.jobs.wording.charges import may_look_again
from talkinghead.videos.repository import VideoRepository, write_video
from tests.jobs.made import NOON, PORTRAIT, a_job
from tests.jobs.permits import FREE_PASS
from tests.jobs.provider import PaidRenderer, Provider


@dataclass
class Bench:
    """Everything that a workflow needs, real but for the provider."""

    database: Database
    store: Store
    threads: ThreadPoolExecutor
    folder: Path
    workspace: str
    renderer: PaidRenderer | None = None
    credentials: Credentials = field(
        default_factory=lambda: Credentials(SecretStr("the-operators-key"), everybody=True)
    )

    @property
    def journal(self) -> Journal:
        return Journal(self.database, partial(write_video, catalogue=BUILT_IN))

    def order(self, state: JobState = JobState.WAITING, **changes: object) -> Job:
        arguments = {"image_url": PORTRAIT, "text": "Good morning."}
        job = a_job(
            self.workspace,
            endpoint_id="fal-ai/flashhead",
            arguments=arguments,
            estimate=Decimal("0.0075"),
            state=state,
            **changes,
        )
        self.journal.add(job, FREE_PASS)
        return job

    def workflow(self, provider: Provider) -> JobWorkflow:
        writer = ProgressWriter(self.journal, self.threads)
        handler = JobHandler(FlashheadInput, self.renderer or PaidRenderer(provider))
        kinds, scratch = JobKinds([handler]), self.folder / "scratch"
        return JobWorkflow(
            self.journal, self.store, kinds, writer, scratch, self.credentials, (0.0, 0.05)
        )

    def drive(self, job: Job, provider: Provider, run: int = 0) -> Job:
        """The workflow to its end, as the engine would run it."""
        asyncio.run(self.workflow(provider).drive(job.id, run))
        return self.journal.job(job.id)

    def drive_until(
        self, job: Job, provider: Provider, moment: Callable[[], Awaitable[object]]
    ) -> Job:
        """The workflow up to a moment, at which the process ends."""

        async def cut() -> None:
            workflow = asyncio.create_task(self.workflow(provider).drive(job.id, 0))
            await asyncio.wait_for(moment(), 10)
            workflow.cancel()
            await asyncio.gather(workflow, return_exceptions=True)

        asyncio.run(cut())
        return self.journal.job(job.id)

    async def reaches(self, job: Job, state: JobState) -> None:
        while self.journal.job(job.id).state is not state:
            await asyncio.sleep(0.01)

    def texts(self, job: Job) -> list[str]:
        return [event.text for event in self.journal.events(self.workspace, job.id)]


@pytest.fixture
def bench(database: Database, workspace: str, tmp_path: Path) -> Iterator[Bench]:
    with ThreadPoolExecutor(4) as threads:
        store = open_store((tmp_path / "media").as_uri())
        yield Bench(database, store, threads, tmp_path, workspace)


def test_an_ordered_video_arrives_and_is_paid_once(bench: Bench) -> None:
    provider, job = Provider(), bench.order()
    done = bench.drive(job, provider)
    assert (done.state, provider.bills) == (JobState.DONE, [job.id])
    video = VideoRepository(bench.database).video(bench.workspace, job.id)
    assert (video.width, video.height, video.seed, video.dollars) == (64, 64, 7, job.estimate)
    assert bench.store.read(bench.workspace, video.thumbnail).startswith(b"\xff\xd8")


def test_the_events_tell_the_whole_course(bench: Bench) -> None:
    job = bench.order()
    bench.drive(job, Provider())
    texts = bench.texts(job)
    assert texts[:4] == ["waiting", "preparing", "submitting", "queued"]
    assert [text for text in texts if text in ("Loading weights", "Done")] == [
        "Loading weights",
        "Done",
    ]
    assert texts[-2:] == ["storing", "done"]


def test_nothing_is_left_in_the_jobs_folder(bench: Bench) -> None:
    bench.drive(bench.order(), Provider())
    assert list((bench.folder / "scratch").iterdir()) == []


def test_a_refusal_fails_with_its_sentence_and_nothing_is_charged(bench: Bench) -> None:
    failed = bench.drive(bench.order(), Provider(refuses=True))
    assert (failed.state, failed.charged) == (JobState.FAILED, False)
    assert failed.problem == "The balance is empty. Top it up."


def test_a_lost_answer_is_looked_for_and_adopted(bench: Bench) -> None:
    provider, job = Provider(loses_answers=True), bench.order()
    assert bench.drive(job, provider).state is JobState.DONE
    assert provider.bills == [job.id]


def test_a_lost_answer_that_is_not_found_waits_for_a_person(bench: Bench) -> None:
    provider, job = Provider(loses_answers=True, hides=True), bench.order()
    lost = bench.drive(job, provider)
    assert (lost.state, lost.charged) == (JobState.UNCONFIRMED, None)
    bench.drive(job, provider)
    bench.drive(job, provider)
    assert provider.bills == [job.id]


def test_a_crash_while_the_order_is_on_its_way_never_sends_again(bench: Bench) -> None:
    provider, job = Provider(), bench.order()

    async def sent() -> None:
        provider.answers.clear()
        await provider.accepted.wait()

    cut = bench.drive_until(job, provider, sent)
    assert cut.state is JobState.SUBMITTING
    provider.answers.set()
    assert bench.drive(job, provider).state is JobState.DONE
    assert provider.bills == [job.id]


def test_an_order_of_which_nobody_knows_whether_it_left_is_not_sent(bench: Bench) -> None:
    provider, job = Provider(), bench.order(JobState.SUBMITTING)
    assert bench.drive(job, provider).state is JobState.UNCONFIRMED
    assert provider.bills == []


def test_a_crash_while_rendering_goes_on_watching(bench: Bench) -> None:
    provider, job = Provider(), bench.order()

    async def rendering() -> None:
        provider.may_finish.clear()
        await bench.reaches(job, JobState.RENDERING)

    assert bench.drive_until(job, provider, rendering).state is JobState.RENDERING
    provider.may_finish.set()
    assert bench.drive(job, provider).state is JobState.DONE
    assert provider.bills == [job.id]


def test_a_crash_while_storing_fetches_again(bench: Bench) -> None:
    provider = Provider()
    job = bench.order(JobState.STORING, request_id="request-1")
    assert bench.drive(job, provider).state is JobState.DONE
    assert (provider.bills, provider.fetches) == ([], 1)


class FullOnce(Store):
    """A store that has no room for the first video it is given."""

    full = True

    def put(self, workspace: str, data: bytes | Path, suffix: str) -> str:
        if FullOnce.full and suffix == ".mp4":
            FullOnce.full = False
            raise StorageFailed("There is no room.")
        return super().put(workspace, data, suffix)


def test_a_video_that_could_not_be_stored_is_stored_later(bench: Bench) -> None:
    FullOnce.full = True
    folder = bench.folder / "media"
    bench.store = FullOnce(LocalStore(prefix=folder), folder)
    provider, job = Provider(), bench.order()
    assert bench.drive(job, provider).state is JobState.DONE
    assert (provider.bills, FullOnce.full) == ([job.id], False)


def test_a_paid_video_that_cannot_be_played_says_that_it_was_charged(bench: Bench) -> None:
    job = bench.order()
    failed = bench.drive(job, Provider(damages=True))
    assert (failed.state, failed.charged) == (JobState.FAILED, True)
    assert LeaseRepository(bench.database).fetch_again(job.id)
    assert bench.drive(job, Provider(), run=1).state is JobState.DONE


def test_a_person_may_send_again_once(bench: Bench) -> None:
    provider = Provider(loses_answers=True, hides=True)
    job = bench.order(JobState.UNCONFIRMED)
    assert LeaseRepository(bench.database).send_again(job, FREE_PASS)
    assert bench.drive(job, provider, run=1).state is JobState.UNCONFIRMED
    assert bench.drive(job, provider, run=1).state is JobState.UNCONFIRMED
    assert provider.bills == [job.id]


def test_a_refusal_of_the_second_order_does_not_say_the_first_was_free(bench: Bench) -> None:
    job = bench.order(JobState.UNCONFIRMED)
    assert LeaseRepository(bench.database).send_again(job, FREE_PASS)
    failed = bench.drive(job, Provider(refuses=True), run=1)
    assert (failed.state, failed.charged) == (JobState.FAILED, None)


def test_a_person_may_reconcile(bench: Bench) -> None:
    provider, job = Provider(hides=True), bench.order(JobState.UNCONFIRMED)
    provider.bills.append(job.id)
    assert bench.drive(job, provider).state is JobState.UNCONFIRMED
    assert LeaseRepository(bench.database).reconcile(job.id)
    provider.hides = False
    assert bench.drive(job, provider, run=1).state is JobState.DONE
    assert provider.bills == [job.id]


@pytest.mark.parametrize("state", [JobState.CANCELLED, JobState.FAILED])
def test_an_order_that_was_given_up_while_it_was_lost_is_found_later(
    bench: Bench, state: JobState
) -> None:
    provider, job = Provider(loses_answers=True, hides=True), bench.order(payer="operator")
    assert bench.drive(job, provider).state is JobState.UNCONFIRMED
    assert bench.journal.change(job.id, state)
    assert may_look_again(bench.journal.job(job.id))
    leases = LeaseRepository(bench.database)
    assert leases.reconcile(job.id)
    assert bench.drive(job, provider, run=1).state is JobState.UNCONFIRMED  # not listed yet
    GiveUpRepository(bench.database).give_up(job.id, "Canceled.")
    provider.hides = False
    assert leases.reconcile(job.id)
    done = bench.drive(job, provider, run=3)
    assert (done.state, done.request_id, provider.bills) == (JobState.DONE, "request-1", [job.id])
    assert not leases.reconcile(job.id)


def test_a_workflow_that_is_still_looking_opens_no_job_that_was_cancelled(bench: Bench) -> None:
    job = bench.order(JobState.SUBMITTING)

    class CancelledMeanwhile(PaidRenderer):
        """Somebody cancels while it looks."""

        async def find(self, *_: Any, **__: Any) -> str | None:
            bench.journal.change(job.id, JobState.CANCELLED, note="Stopped.")
            return None

    bench.renderer = CancelledMeanwhile(Provider())
    assert bench.drive(job, Provider()).state is JobState.CANCELLED


@pytest.mark.parametrize("known", ["was not sent", "was charged", "was found", "is erased"])
def test_nothing_is_looked_for_of_what_is_known_or_erased(bench: Bench, known: str) -> None:
    job = bench.order(JobState.CANCELLED, payer="operator", charged=None)
    lost: dict[str, Any] = {"submitted_at": NOON, "orders": 1}
    changes: dict[str, dict[str, Any]] = {
        "was not sent": {"submitted_at": None},
        "was charged": {"charged": False},
        "was found": {"request_id": "r"},
        "is erased": {"arguments": {}},
    }
    leases = LeaseRepository(bench.database)
    with bench.database.writing() as connection:
        connection.execute(update(jobs).values(**lost | changes[known]))
    assert not may_look_again(bench.journal.job(job.id))
    assert not leases.reconcile(job.id)


def test_a_lost_order_is_looked_for_by_whoever_may_not_pay_any_more(bench: Bench) -> None:
    provider = Provider()
    job = bench.order(JobState.UNCONFIRMED, payer="operator", account="0" * 32)
    provider.bills.append(job.id)
    bench.credentials = Credentials(SecretStr("the-operators-key"), everybody=False)
    assert LeaseRepository(bench.database).reconcile(job.id)
    assert bench.drive(job, provider, run=1).state is JobState.DONE
    assert provider.bills == [job.id]


class PreparesNothing(PaidRenderer):
    """Its inputs cannot be prepared any more."""

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        raise RenderRefused("The portrait is not here any more.")


def test_a_lost_order_is_looked_for_though_it_could_not_be_sent_again(bench: Bench) -> None:
    provider, job = Provider(), bench.order(JobState.UNCONFIRMED)
    provider.bills.append(job.id)
    bench.renderer = PreparesNothing(provider)
    with bench.database.writing() as connection:
        connection.execute(update(jobs).values(sent={"text": "Good morning."}))
    assert LeaseRepository(bench.database).reconcile(job.id)
    assert bench.drive(job, provider, run=1).state is JobState.DONE


@pytest.mark.parametrize("ends", ["cannot be prepared", "is given up"])
def test_an_order_that_was_not_sent_again_counts_once(bench: Bench, ends: str) -> None:
    job = bench.order(payer="operator")
    unconfirmed = Provider(loses_answers=True, hides=True)
    assert bench.drive(job, unconfirmed).state is JobState.UNCONFIRMED
    leases, provider = LeaseRepository(bench.database), Provider(hides=True)
    assert leases.send_again(bench.journal.job(job.id), FREE_PASS)
    if ends == "is given up":
        GiveUpRepository(bench.database).give_up(job.id, "Canceled.")
    else:
        bench.renderer = PreparesNothing(provider)
        bench.drive(job, provider, run=1)
    midnight = datetime(2000, 1, 1, tzinfo=UTC)
    with bench.database.reading() as connection:
        counted = costs_since(connection, midnight, payer="operator")
    assert [(cost.estimate, cost.orders) for cost in counted] == [(job.estimate, 1)]


def test_a_person_may_fetch_the_video_of_a_failed_job_again(bench: Bench) -> None:
    provider = Provider()
    job = bench.order(JobState.FAILED, request_id="request-1")
    assert LeaseRepository(bench.database).fetch_again(job.id)
    assert bench.drive(job, provider, run=1).state is JobState.DONE
    assert provider.bills == []


def test_a_failed_job_without_a_request_has_nothing_to_fetch(bench: Bench) -> None:
    assert not LeaseRepository(bench.database).fetch_again(bench.order(JobState.FAILED).id)


def test_a_workflow_that_was_replaced_sends_nothing(bench: Bench) -> None:
    provider, job = Provider(), bench.order()
    lease = LeaseRepository(bench.database).due()[0]
    assert LeaseRepository(bench.database).replace(lease)
    assert bench.drive(job, provider, run=0).state is JobState.WAITING
    assert provider.bills == []


def test_two_workflows_at_once_pay_once(bench: Bench) -> None:
    provider, job = Provider(), bench.order()

    async def both() -> None:
        first, second = bench.workflow(provider), bench.workflow(provider)
        await asyncio.gather(first.drive(job.id, 0), second.drive(job.id, 0))

    asyncio.run(both())
    assert provider.bills == [job.id]


def test_a_stop_before_the_order_costs_nothing(bench: Bench) -> None:
    provider, job = Provider(), bench.order(JobState.PREPARING)
    bench.journal.request_cancel(job.id)
    assert bench.drive(job, provider).state is JobState.CANCELLED
    assert provider.bills == []


def test_a_stop_while_rendering_is_passed_on(bench: Bench) -> None:
    provider, job = Provider(), bench.order()

    async def stopped() -> None:
        provider.may_finish.clear()
        await bench.reaches(job, JobState.RENDERING)
        bench.journal.request_cancel(job.id)
        await bench.reaches(job, JobState.CANCELLED)

    assert bench.drive_until(job, provider, stopped).state is JobState.CANCELLED
    assert provider.stopped == {"request-1"}


def test_a_paid_video_that_arrives_in_spite_of_a_stop_is_kept(bench: Bench) -> None:
    provider, job = Provider(stop_is_free=False), bench.order()

    async def arrived() -> None:
        provider.may_finish.clear()
        await bench.reaches(job, JobState.RENDERING)
        bench.journal.request_cancel(job.id)
        await bench.reaches(job, JobState.DONE)

    assert bench.drive_until(job, provider, arrived).state is JobState.DONE


class AwayAtFirst(PaidRenderer):
    """Cannot be reached by the first call of one of its steps."""

    def __init__(self, provider: Provider, step: str) -> None:
        super().__init__(provider)
        self._away = {step}

    def _reach(self, step: str) -> None:
        if step in self._away:
            self._away.remove(step)
            raise ProviderUnreachable("It could not be reached.")

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        self._reach("prepare")
        return await super().prepare(request)

    async def submit(self, request: RenderRequest, arguments: dict[str, Any]) -> str:
        self._reach("submit")
        return await super().submit(request, arguments)


@pytest.mark.parametrize("step", ["prepare", "submit"])
def test_what_could_not_be_sent_is_sent_later_and_counts_once(bench: Bench, step: str) -> None:
    provider, job = Provider(), bench.order()
    bench.renderer = AwayAtFirst(provider, step)
    assert bench.drive(job, provider).state is JobState.DONE
    assert provider.bills == [job.id]
    with bench.database.reading() as connection:
        assert connection.scalar(select(jobs.c.orders).where(jobs.c.id == job.id)) == 1


def test_what_a_person_allows_to_be_sent_again_waits_for_the_provider(bench: Bench) -> None:
    provider, job = Provider(), bench.order(JobState.UNCONFIRMED)
    leases = LeaseRepository(bench.database)
    assert leases.send_again(job, FREE_PASS)
    [lease] = leases.due()
    leases.mark_enqueued(lease)
    assert leases.under_way() == [lease]  # should its workflow be gone, it gets another
    bench.renderer = AwayAtFirst(provider, "prepare")
    assert bench.drive(job, provider, run=1).state is JobState.DONE
    assert provider.bills == [job.id]


def test_a_job_that_is_given_up_ends_at_once_and_can_be_fetched_later(bench: Bench) -> None:
    provider, job = Provider(), bench.order()
    provider.may_finish.clear()

    async def given_up() -> None:
        driving = asyncio.create_task(bench.workflow(provider).drive(job.id, 0))
        await bench.reaches(job, JobState.RENDERING)
        assert GiveUpRepository(bench.database).give_up(job.id, "Canceled.")
        await asyncio.wait_for(driving, 30)

    asyncio.run(given_up())
    ended = bench.journal.job(job.id)
    assert (ended.state, ended.charged, ended.request_id) == (JobState.CANCELLED, None, "request-1")
    assert not GiveUpRepository(bench.database).give_up(job.id, "Canceled.")
    assert LeaseRepository(bench.database).fetch_again(job.id)
    provider.may_finish.set()
    assert bench.drive(job, provider, run=2).state is JobState.DONE
    assert provider.bills == [job.id]


def test_the_request_of_a_job_given_up_while_it_is_sent_is_kept_and_cancelled(
    bench: Bench,
) -> None:
    provider, job = Provider(), bench.order()
    provider.answers.clear()

    async def given_up() -> None:
        driving = asyncio.create_task(bench.workflow(provider).drive(job.id, 0))
        await provider.accepted.wait()
        assert GiveUpRepository(bench.database).give_up(job.id, "Canceled.")
        await asyncio.wait_for(driving, 30)
        provider.answers.set()
        while not provider.stopped:
            await asyncio.sleep(0.01)

    asyncio.run(given_up())
    ended = bench.journal.job(job.id)
    assert (ended.state, ended.charged, ended.request_id) == (JobState.CANCELLED, None, "request-1")
    assert provider.stopped == {"request-1"}


def test_giving_up_what_was_never_ordered_costs_nothing(bench: Bench) -> None:
    job = bench.order()
    assert GiveUpRepository(bench.database).give_up(job.id, "Canceled.")
    assert bench.drive(job, Provider()).charged is False


def test_two_hundred_renders_at_once_end_with_two_hundred_videos(bench: Bench) -> None:
    provider = Provider()
    ordered = [bench.order() for _ in range(200)]

    async def all_of_them() -> None:
        workflow = bench.workflow(provider)
        await asyncio.gather(*(workflow.drive(job.id, 0) for job in ordered))

    asyncio.run(all_of_them())
    assert sorted(provider.bills) == sorted(job.id for job in ordered)
    assert VideoRepository(bench.database).page(bench.workspace)[1] == 200


class OneAnswer(PaidRenderer):
    """Answers every order with the same request."""

    async def submit(self, request: RenderRequest, arguments: dict[str, Any]) -> str:
        await super().submit(request, arguments)
        return "request-1"


def test_two_jobs_never_share_one_request(bench: Bench) -> None:
    provider, first, second = Provider(hides=True), bench.order(), bench.order()
    bench.renderer = OneAnswer(provider)
    assert bench.drive(first, provider).state is JobState.DONE
    assert bench.drive(second, provider).state is JobState.UNCONFIRMED


class NeedsKey(PaidRenderer):
    """Has no key for what it is asked first."""

    refused = False

    async def find(
        self, request: RenderRequest, arguments: dict[str, Any], *, since: datetime | None = None
    ) -> str | None:
        if not self.refused:
            self.refused = True
            raise KeyNeeded("There is no key.")
        return await super().find(request, arguments, since=since)


def test_a_lost_order_is_looked_for_once_there_is_a_key(bench: Bench) -> None:
    provider, job = Provider(), bench.order(JobState.SUBMITTING, payer="session")
    provider.bills.append(job.id)
    bench.renderer = NeedsKey(provider)
    waiting = bench.drive(job, provider)
    assert (waiting.state, waiting.waiting_for) == (JobState.SUBMITTING, "key")
    leases = LeaseRepository(bench.database)
    assert (leases.due(), leases.without_key()) == ([], {waiting.paid_by: [job.id]})
    leases.wake([job.id])
    assert [lease.run for lease in leases.due()] == [1]
    assert bench.drive(job, provider, run=1).state is JobState.DONE
    assert provider.bills == [job.id]


def test_a_lost_order_is_looked_for_again_and_again_but_never_sent(bench: Bench) -> None:
    provider, leases = Provider(hides=True, loses_answers=True), LeaseRepository(bench.database)
    job = bench.order()
    assert bench.drive(job, provider).state is JobState.UNCONFIRMED
    [lease] = leases.due()
    leases.mark_enqueued(lease)
    leases.look_for_lost()
    assert leases.due() == []  # a minute has not passed yet
    with bench.database.writing() as connection:
        connection.execute(update(jobs).values(updated_at=NOON))
    leases.look_for_lost()
    assert [lease.run for lease in leases.due()] == [1]
    provider.hides = False
    assert bench.drive(job, provider, run=1).state is JobState.DONE
    assert provider.bills == [job.id]
