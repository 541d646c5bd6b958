"""The renderer protocol: prepare, submit, watch, fetch, cancel.

The parts are apart so that each can be done again after a crash, except `submit`, which pays and
is done once. Renderers write no journal; they answer, and the engine writes.
"""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Protocol

from talkinghead.catalogue.order import Order
from talkinghead.jobs.paying_keys import Payer

FIRST_LINES, NEWEST_LINES = 200, 800
"""So many lines of a job's log are kept, its beginning and its end; of what is between, that some
were left out."""

Said = Callable[[str, str], str]
"""Returns a script of a workspace as it is sent to a model's own voice."""
SaidIn = Callable[[str, str], str | None]
"""Returns the English words of a workspace's recording, if they are known."""


def as_written(workspace: str, script: str) -> str:
    """The `Said` that changes nothing."""
    return script


@dataclass(frozen=True)
class CancelAnswer:
    """What a provider answers when it is asked to cancel.

    Attributes:
        text: the sentence for a person.
        charged: False if it is certain that nothing is charged, otherwise None.
    """

    text: str
    charged: bool | None = None


@dataclass(frozen=True)
class RenderRequest:
    """One job to render.

    Attributes:
        job_id: the job's id; the draft engine's request id too.
        workspace: whose assets the inputs name.
        input: the model's inputs, with `asset:` references.
        folder: the job's own folder for files while it runs; it may be empty again after a crash.
        payer: who pays for it, or None where nobody has to.
        seconds: the length of the speech, or its guess.
        client: whose turn it takes where it is made here; "" is the workspace's own.
    """

    job_id: str
    workspace: str
    input: Order
    folder: Path
    payer: Payer | None = None
    seconds: Decimal = Decimal(0)
    client: str = ""

    @property
    def paid_by(self) -> Payer:
        """Who pays; where nobody is named, whoever pays for the workspace's orders."""
        return self.payer or Payer(self.workspace, None)


@dataclass(frozen=True)
class Progress:
    """A progress update of a renderer.

    Attributes:
        phase: waiting in its queue or rendering; it may go backwards.
        queue_position: how many jobs are ahead of it, or None.
        fraction: 0 to 1, or None where it does not say.
        seconds_left: its own guess, or None.
        lines: log lines that were not in an earlier `Progress` of this `watch`.
        notes: our own remarks on the watching, such as a lost connection.
    """

    phase: Literal["queued", "rendering"]
    queue_position: int | None = None
    fraction: float | None = None
    seconds_left: float | None = None
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RenderedVideo:
    """A finished MP4 in the job's folder, or the sound that was ordered instead.

    Attributes:
        path: the file; the engine stores it.
        seed: the seed that was used, or None.
        billed_units: what the provider says it billed, zero or more, or None.
        facts: anything else worth keeping, as JSON.
        unusable_units: what it says instead, where that is no amount.
    """

    path: Path
    seed: int | None
    billed_units: Decimal | None
    facts: dict[str, Any]
    unusable_units: str | None = None


class Renderer(Protocol):
    """Renders videos. All methods but `submit` can be repeated at any time, also after a crash; for
    free jobs `submit` too."""

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        """Return the arguments to send: inputs converted and uploaded. Free.

        Raises:
            RenderRefused: an input cannot be used.
        """
        ...

    async def submit(self, request: RenderRequest, arguments: dict[str, Any]) -> str:
        """Submit the order, once, and return the provider's request id. The only step that pays.

        Raises:
            RenderRefused: a clear no; nothing was paid.
            ProviderUnreachable: nothing was sent; the same can be sent later.
            SubmitUnconfirmed: no answer came; it may have been paid.
        """
        ...

    def watch(
        self,
        request: RenderRequest,
        request_id: str,
        *,
        seen: Sequence[str] = (),
        cancel_requested: bool = False,
    ) -> AsyncGenerator[Progress, None]:
        """Yield progress until the request is complete. Closing the iterator stops polling.

        Args:
            request, request_id: which render.
            seen: log lines on record from an earlier watch.
            cancel_requested: a person asked to stop it.

        Raises:
            RenderFailed: it ended without a video.
            RenderCancelled: it was cancelled.
            KeyNeeded: it goes on when there is a key.
        """
        ...

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        """Return the finished video, downloaded to the job's folder.

        Raises:
            RenderFailed: it ended without a video, or the video cannot be had any more.
        """
        ...

    async def cancel(self, request: RenderRequest, request_id: str) -> CancelAnswer | None:
        """Request cancellation; returns the answer, None where there is nothing to report."""
        ...

    async def find(
        self, request: RenderRequest, arguments: dict[str, Any], *, since: datetime | None = None
    ) -> str | None:
        """Search for a request whose answer was lost; returns its id, or None.

        Args:
            request: the render.
            arguments: what was sent.
            since: when it was sent, or None if unknown.

        Raises:
            ProviderUnreachable, KeyNeeded: nothing is known.
        """
        ...
