"""Composite jobs: a long video with its parts, a speech with its sentences.

The parent costs nothing itself; its children are ordinary paid jobs. All are written down at one
click, in one transaction. The parent's workflow only watches its children until each has ended,
then puts together what they made. What has been made before is not ordered again: it is known by
its fingerprint.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from talkinghead.core.errors import RenderCancelled, RenderError, RenderFailed
from talkinghead.jobs.job import Job, JobState


@dataclass(frozen=True)
class CompositeJob:
    """A parent job with its children, ordered together.

    Attributes:
        parent: the job that a person sees.
        children: what it is made of, by place; none for an ordinary job.
        made_before: by fingerprint, the ids of the jobs that made or were making a part of it when
            it was planned.
    """

    parent: Job
    children: tuple[Job, ...] = ()
    made_before: Mapping[str, str] = field(default_factory=dict)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs, the parent first."""
        return (self.parent, *self.children)

    @property
    def fingerprints(self) -> set[str]:
        """The fingerprints of all that is paid in it or was made before."""
        paid = {job.fingerprint for job in self.jobs if job.kind.paid and job.fingerprint}
        return paid | set(self.made_before)

    @property
    def paying(self) -> Job:
        """The total in dollars that counts against the limits, and who pays."""
        payers = [child.payer for child in self.children]
        return self.parent.replace(payer=payers[0]) if payers else self.parent


def fraction_done(children: Sequence[Job], ready: int = 0) -> float:
    """Return the completed fraction of a composite job, 0 to 1.

    Args:
        children: in their current state.
        ready: so many parts were made before and have no job here.
    """
    done = sum(1.0 if child.state.ended else child.fraction or 0.0 for child in children)
    return (done + ready) / max(len(children) + ready, 1)


def raise_if_incomplete(children: Sequence[Job], noun: str = "Part") -> None:
    """Raise unless all children are done; called once all have ended.

    Args:
        children: by place.
        noun: what a person calls one of them.

    Raises:
        RenderCancelled: a child was stopped, and none failed.
        RenderFailed: children failed; says which, and why the first of them did.
    """
    failed = [child for child in children if child.state is JobState.FAILED]
    stopped = [child for child in children if child.state is JobState.CANCELLED]
    if failed:
        raise _failure(failed, noun)
    if stopped:
        raise RenderCancelled(f"{named(stopped, noun)} stopped. Finished parts are kept.")


def named(children: Sequence[Job], noun: str) -> str:
    """Return "Part 3 was" or "Parts 1, 3 and 5 were"."""
    numbers = [str((child.place or 0) + 1) for child in children]
    if len(numbers) == 1:
        return f"{noun} {numbers[0]} was"
    return f"{noun}s {', '.join(numbers[:-1])} and {numbers[-1]} were"


def _failure(failed: Sequence[Job], noun: str) -> RenderError:
    which = named(failed, noun).rsplit(" ", 1)[0]
    again = "them are" if len(failed) > 1 else "it is"
    reason = f" {failed[0].problem}" if failed[0].problem else ""
    return RenderFailed(
        f"{which} failed; all others are kept.{reason} Try again: only {again} ordered.",
        field=failed[0].problem_field,
    )
