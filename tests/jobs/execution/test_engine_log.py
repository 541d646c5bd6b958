"""The log of dbos in an outage."""

import logging

from talkinghead.jobs.execution.engine_log import SparseLog, shorten_log


def record(line: int, message: str = "lost %s") -> logging.LogRecord:
    return logging.LogRecord("dbos", logging.WARNING, "queue.py", line, message, ("it",), None)


def test_the_same_warning_is_written_once_a_minute_with_the_number_left_out() -> None:
    now = [0.0]
    log = SparseLog(every=60, clock=lambda: now[0])
    assert [log.filter(record(7)) for _ in range(5)] == [True, False, False, False, False]
    assert log.filter(record(8))  # another line of code is another warning
    now[0] = 60.0
    later = record(7)
    assert log.filter(later)
    assert later.getMessage() == "lost it (and 4 more like it before)"
    now[0] = 120.0
    assert log.filter(quiet := record(7))
    assert quiet.getMessage() == "lost it"


def test_the_log_is_shortened_once() -> None:
    shorten_log()
    shorten_log()
    filters = [each for each in logging.getLogger("dbos").filters if isinstance(each, SparseLog)]
    assert len(filters) == 1
