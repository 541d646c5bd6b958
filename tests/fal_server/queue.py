"""The queue: requests wait, run, write their logs, and end; each is one asyncio task."""

import asyncio
import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tests.fal_server.endpoints import ENDPOINTS
from tests.fal_server.errors import ModelError, Refusal, request_error
from tests.fal_server.faults import Faults
from tests.fal_server.files import Files, StoredFile
from tests.fal_server.inputs import Sources
from tests.fal_server.ledger import Bill, Ledger, arguments_hash
from tests.fal_server.options import Options
from tests.fal_server.product import Product
from tests.fal_server.request import QueuedRequest
from tests.fal_server.run_simulation import planned_failure, refusal_is_charged, run_through
from tests.fal_server.state import State
from tests.fal_server.video import Studio, signed

REMEMBERED = 16  # videos that are not made again for the same inputs
SLOT_POLL = 0.02  # seconds between two looks for a free slot


class Queue:
    """All requests of all accounts."""

    def __init__(
        self, options: Options, faults: Faults, files: Files, ledger: Ledger, state: State
    ) -> None:
        self.options, self.faults, self.files = options, faults, files
        self.ledger, self.state = ledger, state
        self.requests = {
            request.request_id: request
            for request in map(QueuedRequest.from_record, state.load("request"))
        }
        self._ready: list[QueuedRequest] = []
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._studio = Studio(options)
        self._made: dict[str, Product] = {}
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="fal-run")

    def resume(self) -> None:
        """Take up again what was open when the server went away."""
        for request in self.requests.values():
            if request.state != "COMPLETED":
                request.state = "IN_QUEUE"
                self._start(request)

    async def clear(self) -> None:
        """Forget every request; what runs stops."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.requests.clear()

    async def close(self) -> None:
        """Stop what runs; it stays open in the kept state."""
        await self.clear()
        self._threads.shutdown(cancel_futures=True)

    def accept(
        self, endpoint_id: str, arguments: Any, account: str, start_timeout: float | None = None
    ) -> QueuedRequest:
        """A new request; from here on it will run."""
        request = QueuedRequest(
            str(uuid.uuid4()),
            endpoint_id,
            arguments,
            account,
            datetime.now(UTC),
            start_timeout=start_timeout,
        )
        self.faults.accept(request.request_id, request.words)
        request.fault = self.faults.draw("run", request.request_id, endpoint_id, account)
        request.no_logs = request.fault is not None and request.fault.name == "run_no_logs"
        self.requests[request.request_id] = request
        self._keep(request)
        self._start(request)
        return request

    def position(self, request: QueuedRequest) -> int:
        """How many wait before it."""
        return sum(
            other.state == "IN_QUEUE" and other.accepted_at < request.accepted_at
            for other in self.requests.values()
        )

    def cancel(self, request: QueuedRequest, completes: bool = False) -> tuple[int, str]:
        """Ask for a cancel; the answer's HTTP status and its `status`."""
        if request.state == "COMPLETED":
            return 400, "ALREADY_COMPLETED"
        if request.state == "IN_QUEUE":
            self._tasks[request.request_id].cancel()
            request.hidden = self.options.cancelled_shows == "not_found"
            self._finish(request, request_error("client_cancelled"))
            return 200, "OK"
        ignored = request.fault is not None and request.fault.name == "run_cancel_ignored"
        if not (completes or ignored or self.options.cancel_running == "completes"):
            request.stop.set()
        request.cancel_requested = True
        return 202, "CANCELLATION_REQUESTED"

    async def ended(self, request: QueuedRequest) -> None:
        """Wait until a request is over."""
        while request.state != "COMPLETED":
            await asyncio.sleep(SLOT_POLL)

    def _keep(self, request: QueuedRequest) -> None:
        self.state.save("request", request.request_id, request.record())

    def _start(self, request: QueuedRequest) -> None:
        task = asyncio.get_running_loop().create_task(self._live(request))
        self._tasks[request.request_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(request.request_id, None))

    async def _live(self, request: QueuedRequest) -> None:
        try:
            async with asyncio.timeout(request.start_timeout):
                await self._wait_for_turn(request)
        except TimeoutError:
            refusal = request_error("request_timeout", **{"x-fal-request-timeout-type": "user"})
            self._finish(request, refusal)
            return
        request.state, request.started_at = "IN_PROGRESS", datetime.now(UTC)
        self._keep(request)
        await self._run(request)

    async def _wait_for_turn(self, request: QueuedRequest) -> None:
        await self._wait_as_set()
        self._ready.append(request)
        try:
            while self._full() or self._ready[0] is not request:
                await asyncio.sleep(SLOT_POLL)
        finally:
            self._ready.remove(request)

    async def _wait_as_set(self) -> None:
        """Wait for the queue's latency; one that is set lower meanwhile counts at once."""
        clock, seconds = asyncio.get_running_loop().time, self.options.seconds("queue")
        began = clock()
        while clock() - began < min(seconds, self.options.most_seconds("queue")):
            await asyncio.sleep(SLOT_POLL)

    def _full(self) -> bool:
        running = sum(other.state == "IN_PROGRESS" for other in self.requests.values())
        return 0 < self.options.concurrency <= running

    async def _run(self, request: QueuedRequest) -> None:
        work = asyncio.get_running_loop().run_in_executor(self._threads, self._make, request)
        await run_through(request, work, self.options)
        made = await work
        if request.stop.is_set():
            self._finish(request, request_error("client_cancelled"))
            if self.options.cancel_running == "stops_billed" and isinstance(made, Product):
                self._bill(request, made.units)
        elif refusal := planned_failure(request):
            self._finish(request, refusal)
            if refusal_is_charged(request) and isinstance(made, Product):
                self._bill(request, made.units)
        elif isinstance(made, Refusal):
            self._finish(request, made)
        else:
            self._deliver(request, made)

    def _make(self, request: QueuedRequest) -> Product | Refusal:
        endpoint = ENDPOINTS[request.endpoint_id]
        try:
            inputs = endpoint.check(request.arguments)
            contents = self._contents(request)
            product = self._made.get(contents) or endpoint.make(
                inputs, Sources(self.files), self._studio
            )
            self._made[contents] = product
            while len(self._made) > REMEMBERED:
                self._made.pop(next(iter(self._made)), None)
            return product
        except ModelError as problem:
            return problem.refusal

    def _contents(self, request: QueuedRequest) -> str:
        """A name for what the inputs hold, wherever they lie: the same makes the same video."""
        held = dict(request.arguments)
        for name, value in held.items():
            if name.endswith("_url") and isinstance(value, str):
                data = self.files.fetch(value)
                held[name] = hashlib.sha256(data).hexdigest() if data is not None else value
        return request.endpoint_id + arguments_hash(held)

    def _deliver(self, request: QueuedRequest, product: Product) -> None:
        content_type = product.content_type
        if request.fault and request.fault.name == "run_octet_stream":
            content_type = "application/octet-stream"
        data = product.data
        if product.name == "video":
            data = signed(data, request.request_id)
        path = self.files.new_path(product.file_name)
        self.files.put(
            StoredFile(path, content_type, data, request.media_until, request.request_id)
        )
        request.output = {**product.extra, product.name: product.bare}
        request.file_field, request.file_path = product.name, path
        self._bill(request, product.units)
        self._finish(request, None)

    def _bill(self, request: QueuedRequest, units: Decimal) -> None:
        request.units = units
        dollars = units * ENDPOINTS[request.endpoint_id].unit_price
        self.ledger.add(
            Bill(
                request.request_id,
                request.endpoint_id,
                arguments_hash(request.arguments),
                units,
                dollars,
                datetime.now(UTC),
                request.account,
            )
        )

    def _finish(self, request: QueuedRequest, refusal: Refusal | None) -> None:
        request.refusal, request.state = refusal, "COMPLETED"
        request.ended_at = datetime.now(UTC)
        if refusal:
            request.log(refusal.error, "ERROR")
        self._keep(request)
