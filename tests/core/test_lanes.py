"""Each client has one thread at a time, whatever else it asks for."""

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from functools import partial

import pytest

from talkinghead.core.workers.lanes import ClientLanes
from tests.waiting import wait_until


@pytest.fixture
def lanes() -> Iterator[ClientLanes[str]]:
    opened = ClientLanes[str](2, "test")
    yield opened
    opened.close()


def test_a_clients_many_calls_leave_a_thread_to_another(lanes: ClientLanes[str]) -> None:
    go_on = threading.Event()

    def wait() -> str:
        assert go_on.wait(30)
        return "waited"

    many = [lanes.submit("many", wait) for _ in range(5)]
    assert lanes.submit("other", lambda: "at once").result(30) == "at once"
    go_on.set()
    assert [each.result(30) for each in many] == ["waited"] * 5


def test_calls_of_a_client_run_in_their_order(lanes: ClientLanes[str]) -> None:
    order: list[int] = []

    def run(number: int) -> str:
        order.append(number)
        return str(number)

    futures = [lanes.submit("one", partial(run, number)) for number in range(20)]
    assert [each.result(30) for each in futures] == [str(number) for number in range(20)]
    assert order == list(range(20))


def test_an_error_is_that_calls_alone(lanes: ClientLanes[str]) -> None:
    def fail() -> str:
        raise ValueError("no")

    failed, next_one = lanes.submit("one", fail), lanes.submit("one", lambda: "done")
    with pytest.raises(ValueError, match="no"):
        failed.result(30)
    assert next_one.result(30) == "done"


def test_a_call_can_be_cancelled_while_it_waits(lanes: ClientLanes[str]) -> None:
    go_on, ran = threading.Event(), list[str]()

    def run() -> str:
        ran.append("it")
        return "it"

    lanes.submit("one", lambda: str(go_on.wait(30)))
    waiting = lanes.submit("one", run)
    after = lanes.submit("one", lambda: "after")
    assert waiting.cancel()
    go_on.set()
    assert after.result(30) == "after"
    assert ran == []


def test_closing_cancels_what_waits_and_what_comes_later(lanes: ClientLanes[str]) -> None:
    go_on = threading.Event()
    runs = lanes.submit("one", lambda: str(go_on.wait(30)))
    wait_until(runs.running)
    waiting = lanes.submit("one", lambda: "never")
    closing = threading.Thread(target=lanes.close)
    closing.start()
    wait_until(waiting.cancelled)
    go_on.set()
    closing.join(30)
    assert runs.result(0) == "True"
    with pytest.raises(CancelledError):
        lanes.submit("two", lambda: "never").result(0)
