"""The kinds of job, and everything that depends on the kind.

A row of the journal names an endpoint; `kind_of` says what sort of work that is. Every endpoint
that no other kind claims is a bought video: a new model needs nothing here, and one that was taken
out of the catalogue is still shown as what was bought.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal

from talkinghead.catalogue import Catalogue, DraftInput, ExportInput, LongVideoInput, Order
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.catalogue.voices.base import is_voice_endpoint


class Queue(StrEnum):
    """The engine's queues. Their names are stored in databases."""

    DRAFTS = "drafts"  #: One of each client at a time; pieces take turns on this machine.
    PAID = "paid"  #: A share of each person's own.
    COMPOSITES = "families"  #: They only watch their children, so nobody waits for them.
    EXPORTS = "finishing"  #: Likewise, beside the drafts.


TAKING_TURNS = (Queue.DRAFTS, Queue.EXPORTS)
"""The queues in which no client has more than one job at a time."""


@dataclass(frozen=True)
class PartWords:
    """Words for the children of a composite job.

    Attributes:
        noun: one of its children, such as "part".
        order: the verb of ordering one, such as "Render".
        joining: what is done once all are there.
    """

    noun: str
    order: str
    joining: str


@dataclass(frozen=True)
class JobKind:
    """One kind of job.

    Attributes:
        name: for people and logs.
        orders: the classes of its orders; empty for bought sentences, which are those of any voice
            model, and for bought videos, which are all the others.
        queue: where it waits for its turn.
        paid: whether ordering it costs money; what is free is simply made again after a crash.
        makes: the kind of result.
        parts: the words for its children; None where it has none.
    """

    name: str
    orders: tuple[type[Order], ...]
    queue: Queue
    paid: bool = False
    makes: Literal["video", "sound"] = "video"
    parts: PartWords | None = None

    @property
    def is_composite(self) -> bool:
        """Whether its jobs have children."""
        return self.parts is not None

    @property
    def endpoint_ids(self) -> tuple[str, ...]:
        """The endpoint ids of its jobs in the journal."""
        return tuple(order.endpoint_id for order in self.orders)


DRAFT = JobKind("draft", (DraftInput,), Queue.DRAFTS)
VIDEO = JobKind("video", (), Queue.PAID, paid=True)
SENTENCE = JobKind("sentence", (), Queue.PAID, paid=True, makes="sound")
LONG_VIDEO = JobKind(
    "long video",
    (LongVideoInput,),
    Queue.COMPOSITES,
    parts=PartWords("part", "Render", "Joining the parts"),
)
SPEECH = JobKind(
    "speech",
    (SpokenScriptInput,),
    Queue.COMPOSITES,
    makes="sound",
    parts=PartWords("sentence", "Say", "Assembling the voice-over"),
)
EXPORT = JobKind("export", (ExportInput,), Queue.EXPORTS)

KINDS = (DRAFT, VIDEO, SENTENCE, LONG_VIDEO, SPEECH, EXPORT)
_BY_ENDPOINT = MappingProxyType({one: kind for kind in KINDS for one in kind.endpoint_ids})
FREE_ENDPOINTS = tuple(one for kind in KINDS if not kind.paid for one in kind.endpoint_ids)
"""The endpoints of all that is made here and costs nothing."""


def kind_of(endpoint_id: str) -> JobKind:
    """Return the kind of job of this endpoint."""
    bought = SENTENCE if is_voice_endpoint(endpoint_id) else VIDEO
    return _BY_ENDPOINT.get(endpoint_id, bought)


def model_order(endpoint_id: str, arguments: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the endpoint id and arguments of the model that a job is a video of, also for a long
    video.

    Args:
        endpoint_id, arguments: the job's own; once it was erased the arguments are empty, and the
            job itself is all that is known.
    """
    if kind_of(endpoint_id) is LONG_VIDEO and arguments:
        return arguments["endpoint"], arguments["input"]
    return endpoint_id, dict(arguments)


def awaited_jobs(endpoint_id: str, arguments: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of the jobs that a composite job waits for, its own children and those of
    other orders; of any other job none."""
    kind = kind_of(endpoint_id)
    if kind is LONG_VIDEO:
        return frozenset(part["job"] for part in arguments.get("parts", ()))
    return frozenset(arguments.get("awaited", ())) if kind is SPEECH else frozenset()


def made_on(catalogue: Catalogue, endpoint_id: str, arguments: Mapping[str, Any]) -> str:
    """Return what makes a job, for people: the title of its model, or for a draft of the one that
    it previews."""
    if kind_of(endpoint_id) is DRAFT and arguments.get("stands_for"):
        return f"Draft of {catalogue.title_of(str(arguments['stands_for']))}"
    return catalogue.title_of(model_order(endpoint_id, arguments)[0])
