"""The registry of job handlers: for each endpoint its order, renderer and `on_complete`. Built
once, by `wiring`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from talkinghead.catalogue import Order
from talkinghead.jobs.kinds import JobKind, Queue, kind_of
from talkinghead.jobs.on_complete import OnComplete
from talkinghead.jobs.renderer import Renderer


@dataclass(frozen=True)
class JobHandler:
    """The handler of the jobs of one endpoint.

    Attributes:
        order: what they are ordered with.
        renderer: makes them.
        on_complete: stores what was made; None for a plain video.
    """

    order: type[Order]
    renderer: Renderer
    on_complete: OnComplete | None = None

    @property
    def endpoint_id(self) -> str:
        """The endpoint id of its jobs."""
        return self.order.endpoint_id

    @property
    def kind(self) -> JobKind:
        """The kind of its jobs."""
        return kind_of(self.endpoint_id)


class JobKinds:
    """The handlers of this studio.

    Args:
        handlers: one for each endpoint.
    """

    def __init__(self, handlers: Iterable[JobHandler]) -> None:
        self._handlers = {handler.endpoint_id: handler for handler in handlers}

    def __iter__(self) -> Iterator[JobHandler]:
        return iter(self._handlers.values())

    def handler(self, endpoint_id: str) -> JobHandler | None:
        """Return the handler of this endpoint; None if it cannot be made here, or no longer."""
        return self._handlers.get(endpoint_id)

    def queue(self, endpoint_id: str) -> Queue:
        """Return the queue of this endpoint; jobs without a handler only end."""
        handler = self.handler(endpoint_id)
        return handler.kind.queue if handler else Queue.DRAFTS
