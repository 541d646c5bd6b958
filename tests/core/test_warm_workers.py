"""Warm workers: one process serves many tasks, and one that must end is replaced."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from talkinghead.core.workers.limits import WorkerLimits
from talkinghead.core.workers.warm import WarmWorkers, WorkerEnded
from tests.waiting import wait_until

PROGRAM = """
import json, os, sys, time
held = []
for line in sys.stdin:
    task = json.loads(line)
    if "hold" in task:
        held.append(bytearray(os.urandom(1024) * 1024 * task["hold"]))
    while task.get("endless"):
        sys.stdout.write("0" * 1000000)
    if task.get("crash"):
        os._exit(7)
    time.sleep(task.get("sleep", 0))
    print(json.dumps({"pid": os.getpid()}), flush=True)
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


@contextmanager
def working(memory_mb: int = 2048, seconds: float = 60) -> Iterator[WarmWorkers]:
    workers = WarmWorkers((sys.executable, "-c", PROGRAM), WorkerLimits(memory_mb, seconds))
    try:
        yield workers
    finally:
        workers.close()


def test_one_process_serves_one_task_after_the_other() -> None:
    with working() as workers:
        assert workers.ask({})["pid"] == workers.ask({})["pid"]


def test_a_process_that_was_started_ahead_takes_the_first_task() -> None:
    with working() as workers:
        workers.start_ahead()
        wait_until(lambda: len(workers.pids()) == 2)
        assert workers.ask({})["pid"] in workers.pids()


def test_a_crash_ends_one_task_and_the_next_one_has_a_new_process() -> None:
    with working() as workers:
        before = workers.ask({})["pid"]
        with pytest.raises(WorkerEnded) as ended:
            workers.ask({"crash": True})
        assert ended.value.excess is None
        assert workers.ask({})["pid"] != before


def test_an_answer_without_an_end_is_not_read_for_ever() -> None:
    with working() as workers, pytest.raises(WorkerEnded) as ended:
        workers.ask({"endless": True})
    assert ended.value.excess is None


def test_a_task_that_takes_too_long_is_stopped_in_a_sentence() -> None:
    with working(seconds=0.5) as workers, pytest.raises(WorkerEnded, match="longer than") as ended:
        workers.ask({"sleep": 600})
    assert ended.value.excess is not None


def test_the_limit_of_time_is_that_of_each_task_alone() -> None:
    with working(seconds=1.0) as workers:
        pids = {workers.ask({"sleep": 0.4})["pid"] for _ in range(4)}
    assert len(pids) == 1


@linux
def test_a_task_that_takes_too_much_memory_is_stopped_in_a_sentence() -> None:
    with working(memory_mb=100) as workers, pytest.raises(WorkerEnded, match="100 MB of memory"):
        workers.ask({"hold": 300, "sleep": 600})


@linux
def test_a_process_that_holds_much_memory_after_its_task_is_replaced() -> None:
    with working() as workers:
        large = workers.ask({"hold": 500})["pid"]
        assert workers.ask({})["pid"] != large
