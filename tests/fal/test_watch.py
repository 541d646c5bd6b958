"""Log lines once each, a gentle pace, and patience with a poor network."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from talkinghead.fal.watch import (
    QUICK,
    SLOWEST,
    KeyRefused,
    LogLines,
    Missing,
    Pace,
    RunStatus,
    Trouble,
    follow,
)
from talkinghead.jobs.renderer import FIRST_LINES, NEWEST_LINES, Progress


def log(*messages: str, start: int = 0) -> list[Any]:
    return [
        {"message": message, "timestamp": f"2026-02-17T10:30:{start + second:02d}Z"}
        for second, message in enumerate(messages)
    ]


def test_lines_repeated_by_every_poll_are_reported_once() -> None:
    lines = LogLines()
    assert lines.new(log("a")) == ("a",)
    assert lines.new(log("a", "b", "c")) == ("b", "c")
    assert lines.new(log("a", "b", "c")) == ()


def test_equal_lines_are_each_reported() -> None:
    same = [{"message": "step", "timestamp": "t"}]
    lines = LogLines()
    assert lines.new(same * 2) == ("step", "step")
    assert lines.new(same * 3) == ("step",)


def test_a_log_that_restarts_after_a_retry_loses_nothing() -> None:
    lines = LogLines()
    lines.new(log("loading", "step 1"))
    assert lines.new(log("loading", start=30)) == ("loading",)
    assert lines.new(log("loading", "step 1", start=30)) == ("step 1",)


def test_an_earlier_answer_that_arrives_late_tells_nothing_twice() -> None:
    lines = LogLines()
    lines.new(log("a", "b", "c"))
    assert lines.new(log("a")) == ()
    assert lines.new(None) == ()
    assert lines.new(log("a", "b", "c", "d")) == ("d",)


def test_stored_lines_are_not_reported_again_after_a_restart() -> None:
    lines = LogLines(seen=("a", "b", "b"))
    assert lines.new(log("a", "b", "b", "b", "c")) == ("b", "c")


def test_of_a_very_long_log_only_the_ends_are_looked_at() -> None:
    lines, whole = LogLines(), log(*(f"line {number}" for number in range(200_000)))
    first, newest = lines.new(whole[:-1]), lines.new(whole)
    assert len(first) == FIRST_LINES + NEWEST_LINES
    assert (first[0], newest) == ("line 0", ("line 199999",))


def test_a_log_that_grows_for_ever_is_reported_without_keeping_it() -> None:
    lines, whole = LogLines(), log(*(f"line {number}" for number in range(20_000)))
    told = [line for end in range(500, 20_001, 500) for line in lines.new(whole[:end])]
    assert told == [f"line {number}" for number in range(20_000)]


def test_entries_of_any_form_are_survived() -> None:
    odd = [
        None,
        "plain",
        {"message": None},
        {"text": "x"},
        {"message": " 5%|\r 10%|\x1b[32m█\x1b[0m \n"},
    ]
    assert LogLines().new(odd) == ("None", "plain", " 10%|█")


def reported(*steps: RunStatus | Exception, patience: float = 0.0) -> list[Progress | RunStatus]:
    """What `follow` tells of these answers."""
    return asyncio.run(_reported(iter(steps), patience))


async def _reported(steps: Iterator[Any], patience: float) -> list[Progress | RunStatus]:
    async def poll() -> RunStatus:
        step = next(steps)
        if isinstance(step, Exception):
            raise step
        assert isinstance(step, RunStatus)
        return step

    return [each async for each in follow(poll, LogLines(), NoPause(), lambda: 1, patience)]


class NoPause(Pace):
    """For tests: never waits between answers."""

    def seconds(self, watching: int) -> float:
        return 0.0

    def seconds_after(self, failures: int) -> float:
        return 0.0


DONE = RunStatus("completed", logs=log("a", "b"))


def test_only_changes_are_reported_and_the_end_is_last() -> None:
    queued, running = RunStatus("queued", 2), RunStatus("rendering", logs=log("a"))
    assert reported(queued, queued, running, running, DONE) == [
        Progress("queued", 2),
        Progress("rendering", lines=("a",)),
        Progress("rendering", lines=("b",)),
        DONE,
    ]


def test_a_retried_run_goes_back_to_the_queue() -> None:
    steps = RunStatus("rendering", logs=log("a")), RunStatus("queued", 0), DONE
    phases = [each.phase for each in reported(*steps) if isinstance(each, Progress)]
    assert phases == ["rendering", "queued", "rendering"]


def test_one_failure_is_not_worth_a_word_but_two_are() -> None:
    assert not any(_notes(reported(Trouble("The connection is lost."), DONE)))
    notes = list(_notes(reported(Trouble("x"), Trouble("The connection is lost."), DONE)))
    assert notes == [
        "The connection is lost. Trying again. Nothing is lost.",
        "fal.ai is responding again.",
    ]


def _notes(reported: list[Progress | RunStatus]) -> Iterator[str]:
    for each in reported:
        if isinstance(each, Progress):
            yield from each.notes


def test_a_request_missing_for_longer_than_patience_is_missing() -> None:
    with pytest.raises(Missing):
        reported(Missing("?"), DONE, patience=0)


def test_a_request_missing_for_a_moment_is_found_again() -> None:
    assert reported(Missing("?"), DONE, patience=60)[-1] == DONE


def test_a_key_refused_once_is_tried_again_and_thrice_believed() -> None:
    assert reported(KeyRefused("no"), DONE, patience=60)[-1] == DONE
    with pytest.raises(KeyRefused):
        reported(*[KeyRefused("no")] * 3, patience=60)


def test_a_state_that_fal_does_not_document_ends_it_only_when_it_stays() -> None:
    unknown = RunStatus(None)
    assert reported(unknown, unknown, DONE)[-1] == DONE
    assert reported(*[unknown] * 5)[-1] == RunStatus("completed")


def test_a_render_alone_is_polled_quickly_while_something_happens() -> None:
    assert Pace().seconds(1) <= QUICK * 1.1


def test_two_hundred_renders_share_fifty_polls_a_second() -> None:
    assert Pace().seconds(200) >= 200 / 50 * 0.9


def test_the_pause_grows_only_so_far() -> None:
    assert QUICK < SLOWEST <= 5
