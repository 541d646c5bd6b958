"""Parts that several long videos have in common: bought once, whoever orders and stops when."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from talkinghead import Studio, Workspace
from talkinghead.catalogue import InfinitalkInput, ModelInput, SpeechLength
from talkinghead.jobs.job import Job, JobState
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import wait_for_end
from tests.long_speech import sentences, speak
from tests.orders import order_render, quote_render, retry
from tests.paid_studio import Person, hosted, opened
from tests.postgres import fresh_database
from tests.waiting import wait_until

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
LONG = sentences(40)
Order = tuple[ModelInput, SpeechLength]


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,))) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    server.reset()
    server.options.restore()
    server.options.change({"short_side": 108, "log_interval": 0.05})
    return server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str | None:
    if request.param == "sqlite":
        return None
    return fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def studio(tmp_path: Path, fal: FalServer, database_url: str | None) -> Iterator[Studio]:
    settings = hosted(tmp_path, fal, single_user=True, fal_key=KEY, database_url=database_url)
    running = opened(settings)
    yield running
    running.close()


@pytest.fixture
def here(studio: Studio) -> Workspace:
    return studio.workspace()


def ending(studio: Studio, here: Workspace, last: str) -> Order:
    """A long video that shares its first part with every other one made here."""
    reference, length = speak(studio, here, [*LONG[:-1], last])
    given = Person(here, KEY).input(InfinitalkInput)
    return given.replace(audio_url=reference, **InfinitalkInput.following(length)), length


def order(here: Workspace, given: ModelInput, length: SpeechLength) -> Job:
    agreed = quote_render(here, given, length).estimate.dollars
    return order_render(here, given, length, "Long", agreed=agreed)


def at_once(here: Workspace, orders: list[Order]) -> list[Job]:
    """What comes of clicks in several tabs, none of which has seen another one's order."""
    agreed = [quote_render(here, *each).estimate.dollars for each in orders]
    start = Barrier(len(orders))

    def tab(place: int) -> Job:
        given, length = orders[place]
        start.wait()
        return order_render(here, given, length, "Long", agreed=agreed[place])

    with ThreadPoolExecutor(len(orders)) as tabs:
        return list(tabs.map(tab, range(len(orders))))


def parts(here: Workspace, jobs: list[Job]) -> list[list[Job]]:
    return [here.renders.parts(job.id) for job in jobs]


def shared(here: Workspace, first: Job, second: Job) -> list[Job]:
    ids = {part.id for part in here.renders.parts(second.id)}
    return [part for part in here.renders.parts(first.id) if part.id in ids]


def test_tabs_that_order_different_videos_at_once_buy_a_shared_part_once(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    orders = [ending(studio, here, f"This is ending number {number}.") for number in range(3)]
    jobs = at_once(here, orders)
    ended = [wait_for_end(here, job) for job in jobs]
    assert [(job.state, job.problem) for job in ended] == [(JobState.DONE, None)] * 3
    every = parts(here, jobs)
    assert len({found[0].id for found in every}) == 1
    different = {part.id for found in every for part in found}
    assert len(fal.jobs) == len(fal.bills) == len(different)
    assert len({part.fingerprint for found in every for part in found}) == len(different)
    # Each is said to cost what it bought itself.
    assert sum(job.estimate for job in ended) == sum(bill.dollars for bill in fal.bills)


def test_an_order_that_counts_on_the_part_of_another_says_when_it_failed(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    fal.fault("run_face_detection_error", request_id="next")
    endings = ("This is the first ending.", "This is another ending.")
    ended = [
        wait_for_end(here, job)
        for job in at_once(here, [ending(studio, here, last) for last in endings])
    ]
    failed = [job for job in ended if job.state is JobState.FAILED]
    assert failed
    assert all("failed" in str(job.problem) for job in failed)
    again = [retry(here, job.id, agreed=job.estimate + 10) for job in failed]
    assert {wait_for_end(here, job).state for job in again} == {JobState.DONE}
    every = {part.id: part for job in (*again, *ended) for part in here.renders.parts(job.id)}
    made = [part.fingerprint for part in every.values() if part.state is JobState.DONE]
    assert len(fal.bills) == len(made) == len(set(made))  # nothing twice


def test_a_part_that_another_order_waits_for_goes_on_when_the_first_is_cancelled(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    fal.latency(queue=60)
    first = order(here, *ending(studio, here, "This is the first ending."))
    second = order(here, *ending(studio, here, "This is another ending."))
    kept = {part.id for part in shared(here, first, second)}
    here.jobs.cancel(first.id)
    assert wait_for_end(here, first).state is JobState.CANCELLED
    own = [part for part in here.renders.parts(first.id) if part.id not in kept]
    assert own
    wait_until(lambda: all(here.jobs.find(part.id).state is JobState.CANCELLED for part in own))
    fal.latency(queue=0)
    assert wait_for_end(here, second).state is JobState.DONE
    assert {part.state for part in shared(here, first, second)} == {JobState.DONE}


def test_a_part_that_nobody_waits_for_any_more_is_cancelled(
    studio: Studio, here: Workspace, fal: FalServer
) -> None:
    fal.latency(queue=60)
    first = order(here, *ending(studio, here, "This is the first ending."))
    second = order(here, *ending(studio, here, "This is another ending."))
    wait_until(
        lambda: len(fal.jobs) == len({p.id for f in parts(here, [first, second]) for p in f})
    )
    for job in (first, second):
        here.jobs.cancel(job.id)
        assert wait_for_end(here, job).state is JobState.CANCELLED
    every = [part for found in parts(here, [first, second]) for part in found]
    wait_until(lambda: all(here.jobs.find(part.id).state.ended for part in every))
    assert {here.jobs.find(part.id).state for part in every} == {JobState.CANCELLED}
    assert fal.bills == []
