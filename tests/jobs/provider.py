"""A provider in memory that bills, and the renderer that buys from it: the paid twin."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from talkinghead.core.errors import RenderCancelled, RenderRefused, SubmitUnconfirmed
from talkinghead.jobs.renderer import CancelAnswer, Progress, RenderedVideo, RenderRequest
from tests.jobs.made import small_mp4


@dataclass
class Provider:
    """What it has accepted, and how it behaves.

    Attributes:
        bills: one entry for each order it accepted: the job's id.
        refuses: it says no to orders.
        loses_answers: orders are accepted, the answer is lost.
        hides: what it accepted cannot be found.
        stop_is_free: a stop ends the render; else the video arrives in spite of it.
        damages: its videos arrive damaged.
        may_finish: a render goes on until this is set.
    """

    bills: list[str] = field(default_factory=list)
    refuses: bool = False
    loses_answers: bool = False
    hides: bool = False
    stop_is_free: bool = True
    damages: bool = False
    stopped: set[str] = field(default_factory=set)
    may_finish: asyncio.Event = field(default_factory=asyncio.Event)
    accepted: asyncio.Event = field(default_factory=asyncio.Event)
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    fetches: int = 0

    def __post_init__(self) -> None:
        self.may_finish.set()
        self.answers.set()


class PaidRenderer:
    """The `Renderer` over that provider."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        return request.input.arguments()

    async def submit(self, request: RenderRequest, arguments: dict[str, Any]) -> str:
        if self.provider.refuses:
            raise RenderRefused("The balance is empty. Top it up.")
        self.provider.bills.append(request.job_id)
        self.provider.accepted.set()
        await self.provider.answers.wait()
        if self.provider.loses_answers:
            raise SubmitUnconfirmed("No answer came back.")
        return f"request-{len(self.provider.bills)}"

    async def watch(
        self,
        request: RenderRequest,
        request_id: str,
        *,
        seen: Sequence[str] = (),
        cancel_requested: bool = False,
    ) -> AsyncGenerator[Progress, None]:
        def new(line: str) -> tuple[str, ...]:
            return () if line in seen else (line,)

        yield Progress("queued", queue_position=2)
        yield Progress("rendering", fraction=0.5, lines=new("Loading weights"))
        while not self.provider.may_finish.is_set():
            await asyncio.sleep(0.01)
            if request_id in self.provider.stopped and self.provider.stop_is_free:
                raise RenderCancelled("Stopped; it was not charged.")
        yield Progress("rendering", fraction=1.0, lines=new("Done"))

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        self.provider.fetches += 1
        path = small_mp4(request.folder / "fetched.mp4")
        if self.provider.damages:
            path.write_bytes(path.read_bytes()[:200])
        return RenderedVideo(path=path, seed=7, billed_units=None, facts={})

    async def cancel(self, request: RenderRequest, request_id: str) -> CancelAnswer:
        self.provider.stopped.add(request_id)
        if not self.provider.stop_is_free:
            self.provider.may_finish.set()
        return CancelAnswer("Asked to stop; it may still be charged.")

    async def find(
        self, request: RenderRequest, arguments: dict[str, Any], *, since: datetime | None = None
    ) -> str | None:
        if self.provider.hides or request.job_id not in self.provider.bills:
            return None
        return f"request-{self.provider.bills.index(request.job_id) + 1}"
