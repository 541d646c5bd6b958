"""Simulates a run: writes its log over the time that it takes, and lets it fail as planned."""

import asyncio

from tests.fal_server.endpoints import ENDPOINTS
from tests.fal_server.errors import MODEL_ERRORS, REQUEST_ERRORS, Refusal, likely_error
from tests.fal_server.faults import Rule
from tests.fal_server.logs import progress
from tests.fal_server.options import Options
from tests.fal_server.product import Product
from tests.fal_server.request import QueuedRequest

Work = asyncio.Future[Product | Refusal]
HELD_POLL = 0.02  # seconds between two looks whether runs are still held


async def run_through(request: QueuedRequest, work: Work, options: Options) -> None:
    """Wait for the time of a run and write its log; returns early if the run has failed."""
    fault, script = request.fault, ENDPOINTS[request.endpoint_id].script
    kind = fault.name if fault else ""
    lines = progress(script, _seconds(options, fault), options.log_interval)
    for number, (pause, level, message) in enumerate(lines):
        if await _stopped(request, pause):
            return
        if work.done() and isinstance(work.result(), Refusal):
            return
        request.log(message, level)
        if kind == "run_regression" and number == len(lines) // 2:
            await _regress(request, options)
    while kind == "run_stuck" and not await _stopped(request, 3600):
        pass
    while options.held and not await _stopped(request, HELD_POLL):
        pass


def _seconds(options: Options, fault: Rule | None) -> float:
    seconds = options.seconds("run")
    if fault and fault.name == "run_slow":
        seconds += 30 if fault.value is None else fault.value
    return seconds


async def _stopped(request: QueuedRequest, seconds: float) -> bool:
    try:
        await asyncio.wait_for(request.stop.wait(), max(seconds, 1e-4))
    except TimeoutError:
        return False
    return True


async def _regress(request: QueuedRequest, options: Options) -> None:
    """The platform tries again on another runner."""
    request.log("Runner disconnected, retrying on another runner", "WARN")
    request.state = "IN_QUEUE"
    await asyncio.sleep(max(0.3, options.seconds("queue")))
    request.state = "IN_PROGRESS"
    request.log("Retry 1: started again")


def planned_failure(request: QueuedRequest) -> Refusal | None:
    """The error this run is to end with, if a fault says so."""
    fault = request.fault
    if fault is None:
        return None
    if fault.name == "run_error_charged":
        return likely_error("internal_server_error", request.arguments)
    if fault.kind in MODEL_ERRORS or fault.kind in REQUEST_ERRORS:
        return likely_error(fault.kind, request.arguments)
    return None


def refusal_is_charged(request: QueuedRequest) -> bool:
    """Whether this failure is billed all the same."""
    return request.fault is not None and request.fault.name == "run_error_charged"
