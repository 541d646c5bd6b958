"""The queues of workflows, kept by dbos; the only module that imports it.

dbos holds the queues and enters an interrupted workflow again at the next launch. Importing it
takes longer than all else that a page needs: that happens with the first job, or ahead of it.
"""

import logging
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import Any, cast

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

from talkinghead.jobs.execution.engine_log import shorten_log
from talkinghead.jobs.execution.running import Claim
from talkinghead.jobs.kinds import TAKING_TURNS, Queue

PAID_AT_ONCE = 8  # renders of one person under way at the same time; the rest wait
LOCAL_POLLING, PAID_POLLING = 0.5, 0.1  # seconds between two looks at a queue
# dbos takes up only work of its own version, which by default is a hash of the source: any edit
# would strand every open job. The workflows read all they need from the journal, so old work suits
# new code.
WORK_VERSION = "1"
GONE = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})

Run = Callable[[str, int], Coroutine[Any, Any, None]]
"""Runs a workflow, by its job's id and its number."""

_run: Run | None = None  # dbos is one for each process


@DBOS.workflow(name="render", max_recovery_attempts=1000)
async def _render(job_id: str, run: str) -> None:
    """The workflow of one job. It has no dbos steps: its state is in the journal."""
    assert _run is not None  # noqa: S101  dbos runs only between launch and destroy
    await _run(job_id, int(run))


def launch(run: Run, executor_id: str, local_at_once: int, database: Mapping[str, Any]) -> None:
    """Launch dbos in this process; what it has on record for this executor is entered again.

    Args:
        run: runs each workflow.
        executor_id: this process among those that share the queues.
        local_at_once: how many workflows of each queue that is worked on here this process takes.
        database: dbos's settings of its database.
    """
    global _run
    _run = run
    shorten_log()
    config: dict[str, Any] = {
        "name": "talking-head-studio",
        "application_version": WORK_VERSION,
        "executor_id": executor_id,
        "log_level": "WARNING",
        **database,
    }
    DBOS(config=cast("DBOSConfig", config))
    DBOS.launch()
    for local in TAKING_TURNS:
        DBOS.register_queue(
            local.value, worker_concurrency=local_at_once, polling_interval_sec=LOCAL_POLLING
        )
    DBOS.register_queue(Queue.COMPOSITES.value, polling_interval_sec=LOCAL_POLLING)
    DBOS.register_queue(
        Queue.PAID.value, partition_concurrency=PAID_AT_ONCE, polling_interval_sec=PAID_POLLING
    )
    DBOS.list_workflows(limit=1)  # fails here rather than at the first job


def destroy(patience: int = 0) -> None:
    """End dbos, so that it can be launched again; running workflows end here.

    Args:
        patience: seconds in which the queues stop before the event loop is closed.
    """
    logging.getLogger("dbos").setLevel(logging.ERROR)  # it warns of each job that goes on later
    DBOS.destroy(workflow_completion_timeout_sec=patience)


def enqueue(queue: Queue, workflow_id: str, job_id: str, run: int, partition: str | None) -> None:
    """Put a workflow into a queue; one that dbos knows already is left as it is."""
    with SetWorkflowID(workflow_id), SetEnqueueOptions(queue_partition_key=partition):
        DBOS.enqueue_workflow(queue.value, _render, job_id, str(run))


def claims() -> list[Claim]:
    """Return all workflows on record as running, in any process."""
    found = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    return [Claim(each.workflow_id, each.executor_id or "") for each in found]


def drop(workflow_id: str) -> None:
    """Take a workflow off the record."""
    DBOS.cancel_workflow(workflow_id)


def open_among(workflow_ids: Collection[str]) -> set[str]:
    """Return which of these workflows are on record and have not ended."""
    found = DBOS.list_workflows(
        workflow_ids=list(workflow_ids), load_input=False, load_output=False
    )
    return {each.workflow_id for each in found if each.status not in GONE}
