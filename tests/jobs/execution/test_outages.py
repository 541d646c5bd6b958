"""The workflow while the journal is away."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from talkinghead.core.database import Database
from talkinghead.core.errors import RenderRefused
from talkinghead.core.store import open_store
from talkinghead.jobs.job import JobState
from talkinghead.jobs.renderer import RenderRequest
from tests.jobs.execution.test_workflow import Bench
from tests.jobs.provider import PaidRenderer, Provider


class AwayDatabase(Database):
    """A database that can be away.

    Attributes:
        away: every transaction fails.
    """

    away = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        self._fail_if_away()
        with super().reading() as connection:
            yield connection

    @contextmanager
    def writing(self, lock: int | None = None) -> Iterator[Connection]:
        self._fail_if_away()
        with super().writing(lock) as connection:
            yield connection
            self._fail_if_away()

    def _fail_if_away(self) -> None:
        if self.away:
            raise OperationalError("", {}, Exception("database or disk is full"))


@pytest.fixture
def bench(database: Database, database_url: str, workspace: str, tmp_path: Path) -> Iterator[Bench]:
    with ThreadPoolExecutor(4) as threads:
        store = open_store((tmp_path / "media").as_uri())
        away = AwayDatabase(database_url)
        yield Bench(away, store, threads, tmp_path, workspace)
        away.close()


def away(bench: Bench, *, now: bool) -> None:
    assert isinstance(bench.database, AwayDatabase)
    bench.database.away = now


class LosesJournal(PaidRenderer):
    """The journal is away from one of its steps on, until a while after it.

    Args:
        provider: what is ordered from.
        bench: whose journal.
        step: the method's name.
    """

    def __init__(self, provider: Provider, bench: Bench, step: str) -> None:
        super().__init__(provider)
        self._bench = bench
        self._step = step
        self.hit = False

    def _at(self, step: str) -> None:
        if step == self._step and not self.hit:
            self.hit = True
            away(self._bench, now=True)
            asyncio.get_running_loop().call_later(0.5, lambda: away(self._bench, now=False))

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        self._at("prepare")
        return await super().prepare(request)

    async def submit(self, request: RenderRequest, arguments: dict[str, Any]) -> str:
        self._at("submit")
        return await super().submit(request, arguments)

    async def watch(self, request: RenderRequest, request_id: str, **known: Any) -> Any:
        self._at("watch")
        async for progress in super().watch(request, request_id, **known):
            yield progress

    async def fetch(self, request: RenderRequest, request_id: str) -> Any:
        self._at("fetch")
        return await super().fetch(request, request_id)


@pytest.mark.parametrize("step", ["prepare", "submit", "watch", "fetch"])
def test_a_paid_job_waits_for_the_journal_and_arrives(bench: Bench, step: str) -> None:
    provider, job = Provider(), bench.order()
    bench.renderer = LosesJournal(provider, bench, step)
    done = bench.drive(job, provider)
    assert (done.state, done.request_id, provider.bills) == (JobState.DONE, "request-1", [job.id])
    assert bench.texts(job).count("Loading weights") == 1


def test_a_refusal_is_written_down_once_the_journal_is_back(bench: Bench) -> None:
    provider, job = Provider(refuses=True), bench.order()
    bench.renderer = LosesJournal(provider, bench, "submit")
    failed = bench.drive(job, provider)
    assert (failed.state, failed.charged, provider.bills) == (JobState.FAILED, False, [])


class Unexpected(PaidRenderer):
    """The answer to an order is lost while the journal is away."""

    def __init__(self, provider: Provider, bench: Bench) -> None:
        super().__init__(provider)
        self._bench = bench

    async def submit(self, request: RenderRequest, arguments: dict[str, Any]) -> str:
        await super().submit(request, arguments)
        away(self._bench, now=True)
        asyncio.get_running_loop().call_later(0.5, lambda: away(self._bench, now=False))
        raise ConnectionResetError


def test_a_lost_answer_is_looked_for_once_the_journal_is_back(bench: Bench) -> None:
    provider, job = Provider(), bench.order()
    bench.renderer = Unexpected(provider, bench)
    assert bench.drive(job, provider).state is JobState.DONE
    assert provider.bills == [job.id]


def test_a_refusal_of_the_provider_is_no_outage(bench: Bench) -> None:
    class Refuses(PaidRenderer):
        async def submit(self, request: RenderRequest, arguments: dict[str, Any]) -> str:
            raise RenderRefused("No.")

    bench.renderer = Refuses(Provider())
    assert bench.drive(bench.order(), Provider()).state is JobState.FAILED
