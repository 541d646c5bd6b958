"""A job, its states, and the allowed transitions between them."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Literal

from talkinghead.jobs.kinds import JobKind, kind_of
from talkinghead.jobs.paying_keys import Payer, PayerSource


class JobState(StrEnum):
    """The state of a job. Until it has ended, either it continues by itself or a person has to
    decide."""

    WAITING = "waiting"  #: In our own queue: for its turn, or for a key.
    PREPARING = "preparing"  #: Inputs are made ready and uploaded; free and repeatable.
    SUBMITTING = "submitting"  #: The intent to pay is on record; the request may be on its way.
    UNCONFIRMED = (
        "unconfirmed"  #: The request left and no answer came; only a person sends it again.
    )
    QUEUED = "queued"  #: Accepted, in the renderer's queue; the request id is on record.
    RENDERING = "rendering"  #: Frames are being made.
    STORING = "storing"  #: Rendered; the video is fetched, checked and put into the store.
    DONE = "done"  #: The video is in the gallery.
    FAILED = "failed"  #: Ended without a video; the reason is on record.
    CANCELLED = "cancelled"  #: Stopped because a person asked.

    @property
    def ended(self) -> bool:
        """Whether it is a final state."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


S = JobState
TRANSITIONS: dict[JobState, frozenset[JobState]] = {
    S.WAITING: frozenset({S.PREPARING, S.FAILED, S.CANCELLED}),
    S.PREPARING: frozenset({S.WAITING, S.SUBMITTING, S.FAILED, S.CANCELLED}),
    # Back to waiting only where it is certain that nothing left: there was no key to send it with.
    S.SUBMITTING: frozenset({S.QUEUED, S.UNCONFIRMED, S.WAITING, S.FAILED, S.CANCELLED}),
    # A person may look again (adopt what is found), send again, or give up.
    S.UNCONFIRMED: frozenset({S.QUEUED, S.SUBMITTING, S.FAILED, S.CANCELLED}),
    # A retried run goes back to the queue; a short one is never seen rendering.
    S.QUEUED: frozenset({S.RENDERING, S.STORING, S.FAILED, S.CANCELLED}),
    S.RENDERING: frozenset({S.QUEUED, S.STORING, S.FAILED, S.CANCELLED}),
    S.STORING: frozenset({S.DONE, S.FAILED, S.CANCELLED}),
    # A paid video whose fetching failed can be fetched again, and an order that was given up while
    # its answer was lost can be looked for again; nothing is rendered twice.
    S.FAILED: frozenset({S.STORING, S.UNCONFIRMED}),
    S.CANCELLED: frozenset({S.STORING, S.UNCONFIRMED}),
    S.DONE: frozenset(),
}


NOT_SENT = frozenset({S.WAITING, S.PREPARING})
"""Before anything was ordered."""


def may_become(before: JobState, after: JobState) -> bool:
    """Whether a job may change from one state to the other."""
    return after in TRANSITIONS[before]


@dataclass(frozen=True)
class JobEvent:
    """One event of a job; events are append-only.

    Attributes:
        number: its place among the job's events, from 1.
        at: when, aware UTC.
        kind: "state" for a change of state, "log" for the renderer's line, "note" for one of ours.
        text: what a person reads.
    """

    number: int
    at: datetime
    kind: Literal["state", "log", "note"]
    text: str


@dataclass(frozen=True)
class Job:
    """One order, from the click to its result.

    Attributes:
        id: ours, 32 hexadecimal digits.
        workspace: whose it is.
        endpoint_id: the model; "draft" for the local engine.
        arguments: the model's inputs as JSON, with `asset:` references.
        title: a few words to recognise it by.
        state: its state.
        speech_seconds: how long the speech is, or its guess.
        estimate: dollars it was said to cost before the click.
        billed: dollars by what the provider reported, or None.
        request_id: the provider's id once it is known, or None.
        fraction: how much is done, 0 to 1, or None if unknown.
        seconds_left: the guess of what is left, or None.
        queue_position: how many jobs are ahead of it, or None.
        cancel_requested: a person asked to stop it.
        problem: why it failed, in plain words, or None.
        problem_field: the form field that caused it, or None.
        charged: whether a failed one was paid for; None where nobody can know.
        video_id: the finished video, or None.
        ordered_by: the id of the actor who ordered it; None where it was not kept yet.
        payer: where the key comes from that pays: "operator" or "session"; None for a draft.
        account: the fingerprint of that key, or None where it was not kept yet.
        waiting_for: why nothing happens at the moment: "turn" in our own queue, or "key"; else
            None.
        unit_price: dollars for one of the provider's units at the time of the order, or None.
        submitted_at: when the order left, or None.
        parent: the job whose video or speech this one is a part of, or None.
        place: its number among the parts, or among those it is compared with, from 0, or None.
        fingerprint: what would come out the same again, or None.
        comparison: what it was ordered together with to choose from, or None.
        created_at, updated_at, started_at, ended_at: aware UTC.
    """

    already_under_way: ClassVar[bool] = False
    """Whether an order returned it because it makes exactly that already."""

    id: str
    workspace: str
    endpoint_id: str
    arguments: dict[str, Any]
    title: str
    state: JobState
    speech_seconds: Decimal
    estimate: Decimal
    created_at: datetime
    updated_at: datetime
    billed: Decimal | None = None
    request_id: str | None = None
    fraction: float | None = None
    seconds_left: float | None = None
    queue_position: int | None = None
    cancel_requested: bool = False
    problem: str | None = None
    problem_field: str | None = None
    charged: bool | None = False
    video_id: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    ordered_by: str | None = None
    payer: PayerSource | None = None
    account: str | None = None
    waiting_for: Literal["turn", "key"] | None = None
    unit_price: Decimal | None = None
    submitted_at: datetime | None = None
    parent: str | None = None
    place: int | None = None
    fingerprint: str | None = None
    comparison: str | None = None

    @property
    def kind(self) -> JobKind:
        """The kind of the job."""
        return kind_of(self.endpoint_id)

    @property
    def paid_by(self) -> Payer:
        """Who pays for it."""
        sent = self.request_id is not None or self.state not in NOT_SENT
        return Payer(self.workspace, self.payer, self.account, sent)

    def replace(self, **changes: Any) -> "Job":
        """Return a copy with some values changed."""
        return replace(self, **changes)


class JobUnderWay(Job):
    """A job that was ordered before and makes exactly what was to be ordered; nothing new was."""

    already_under_way: ClassVar[bool] = True


@dataclass(frozen=True)
class Video:
    """A finished video in the gallery.

    Attributes:
        id: ours, 32 hexadecimal digits.
        workspace: whose it is.
        job_id: the job that made it.
        endpoint_id: the model; "draft" for the local engine.
        arguments: the inputs it was made from, with `asset:` references.
        title: a few words to recognise it by.
        file: the `asset:` reference of the MP4.
        thumbnail: the `asset:` reference of a JPEG at most 320 pixels wide.
        seconds, width, height, fps: measured on the file.
        dollars: what it cost.
        seed: the seed it was made with, or None.
        created_at: aware UTC.
        deleted_at: when a person deleted it, or None; it can be brought back for a while.
        part: it is a part of a longer one, which no gallery shows.
        made_from: the video that it is another shape of, or with captions, or None.
        favorite: whether a person marked it.
        folder: the name of the folder that a person put it into, or None.
    """

    id: str
    workspace: str
    job_id: str
    endpoint_id: str
    arguments: dict[str, Any]
    title: str
    file: str
    thumbnail: str
    seconds: float
    width: int
    height: int
    fps: float
    dollars: Decimal
    created_at: datetime
    seed: int | None = None
    deleted_at: datetime | None = None
    part: bool = False
    made_from: str | None = None
    favorite: bool = False
    folder: str | None = None

    @property
    def kind(self) -> JobKind:
        """The kind of job that makes such a video."""
        return kind_of(self.endpoint_id)


@dataclass(frozen=True)
class Bill:
    """The bill for a request, as far as it is known.

    Attributes:
        dollars: by the units that the provider reported, or None.
        unusable_units: what it reported, where that is no amount that can be meant.
    """

    dollars: Decimal | None = None
    unusable_units: str | None = None


UNKNOWN_BILL = Bill()


@dataclass(frozen=True)
class LedgerEntry:
    """A paid request, or one that may have been paid.

    Attributes:
        job_id: ours.
        request_id: the provider's, or None where it is not known.
        endpoint_id: the model.
        title: a few words to recognise it by.
        state: its job's state.
        estimate: dollars it was said to cost.
        billed: dollars by the provider's billable units, or None.
        charged: whether it was paid for; None where nobody can know.
        created_at: aware UTC.
        video_id: its video, or None.
        unusable_units: what the provider reported as billed, where that is no amount that can be
            meant.
        can_have_output: it was not erased, and its inputs were not refused, so the provider may
            have an output of it.
        counted: dollars that count against the limits: of each order the bill, or as long as it is
            not known the estimate; nothing where it ended without a charge.
        ordered_by: the id of the actor who ordered it, or None where it was not kept.
        parent: the job that it is a part of, or None.
    """

    job_id: str
    request_id: str | None
    endpoint_id: str
    title: str
    state: JobState
    estimate: Decimal
    billed: Decimal | None
    charged: bool | None
    created_at: datetime
    video_id: str | None
    unusable_units: str | None = None
    can_have_output: bool = True
    counted: Decimal = Decimal(0)
    ordered_by: str | None = None
    parent: str | None = None

    @property
    def kind(self) -> JobKind:
        """The kind of the paid job."""
        return kind_of(self.endpoint_id)
