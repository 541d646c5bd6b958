"""Turns a finished file into a stored video."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from talkinghead.core.store import Store
from talkinghead.core.workers.decoding import decoding_turn
from talkinghead.jobs.job import Bill, Job, Video
from talkinghead.jobs.journal import Also
from talkinghead.jobs.renderer import RenderedVideo

MOST_ESTIMATES = 100
"""A bill of more than so many times the estimate is taken for a fault of the provider's report."""


@dataclass(frozen=True)
class StoredResult:
    """The stored result of a job.

    Attributes:
        video: for the gallery, or None where it made something else.
        also: writes what else it made into the transaction that ends the job.
    """

    video: Video | None = None
    also: Also | None = None


OnComplete = Callable[[Job, RenderedVideo], StoredResult]
"""Puts what a job made into the store; called from a thread, and again where that failed.

Raises StorageFailed where the store refused, another StudioError where the file is no good."""


def bill_of(job: Job, rendered: RenderedVideo) -> Bill:
    """Return the bill by the units that the provider reports: unknown if it does not say, or says
    what cannot be meant. The estimate counts then."""
    units = rendered.billed_units
    if units is None or job.unit_price is None:
        return Bill(unusable_units=rendered.unusable_units)
    dollars = job.unit_price * units
    if job.estimate > 0 and dollars > MOST_ESTIMATES * job.estimate:
        return Bill(unusable_units=str(units))
    return Bill(dollars)


def store_video(store: Store, job: Job, rendered: RenderedVideo, *, paid: bool) -> Video:
    """Measure a finished video and store it; idempotent.

    Raises:
        StorageFailed: the store refused; the file is still in the job's folder.
    """
    with decoding_turn(job.workspace) as turn:
        measured = turn.run("video.measure", file=rendered.path.absolute())
    facts = measured["facts"]
    bill = bill_of(job, rendered).dollars
    return Video(
        id=job.id,  # one job, one video
        workspace=job.workspace,
        job_id=job.id,
        endpoint_id=job.endpoint_id,
        arguments=job.arguments,
        title=job.title,
        file=store.put(job.workspace, rendered.path, ".mp4"),
        thumbnail=store.put(job.workspace, base64.b64decode(measured["thumbnail"]), ".jpg"),
        seconds=float(facts["seconds"]),
        width=facts["width"],
        height=facts["height"],
        fps=float(facts["fps"]),
        dollars=(job.estimate if bill is None else bill) if paid else Decimal(0),
        created_at=datetime.now(UTC),
        seed=rendered.seed,
        part=job.parent is not None,
    )
