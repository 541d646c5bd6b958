"""The state of a project between its first words and the finished video, and so the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from talkinghead.jobs.job import Job, JobState
from talkinghead.projects.draft_inputs import draft_settings, draft_voice
from talkinghead.projects.values import Project

_OF_NO_VIDEO = frozenset(
    {
        "crops", "edited", "made", "speech_job", "endpoint_id", "parameters", "jobs", "conflicts",
        "reader", "own_voice",
    }
)  # fmt: skip
"""Fields that say nothing about the video, or are compared in another way."""


class Step(StrEnum):
    """What a project is ready for."""

    EMPTY = "empty"
    """Something is missing before anything can be made."""
    READY = "ready"
    """A draft or a render can be ordered."""
    DRAFTED = "drafted"
    """There is a draft of exactly this."""
    RENDERING = "rendering"
    """Exactly this is being made."""
    DONE = "done"
    """Exactly this has been rendered."""
    FAILED = "failed"
    """The last try at exactly this failed or was cancelled."""
    NO_KEY = "no key"
    """There is a draft, and nothing that pays for a render."""
    OVER_BUDGET = "over budget"
    """A spending limit is in the way of the render."""


@dataclass(frozen=True)
class Takes:
    """What was made of exactly this project.

    Attributes:
        running: the newest that is being made, or None.
        ended: the newest that has ended, or None.
        draft: the newest finished draft, or None.
    """

    running: Job | None = None
    ended: Job | None = None
    draft: Job | None = None


def takes_of(project: Project, ordered: Sequence[tuple[Job, Project]]) -> Takes:
    """Return what was made of exactly this project.

    Args:
        project: as it is now.
        ordered: the jobs, oldest first, each with the project as it was when it was ordered.
    """
    same = [job for job, then in ordered if is_same_video(project, then, job)]
    newest = same[::-1]
    return Takes(
        running=next((job for job in newest if not job.state.ended), None),
        ended=next((job for job in newest if job.state.ended), None),
        draft=next((job for job in newest if not is_paid(job) and _is_done(job)), None),
    )


def is_same_video(project: Project, then: Project, job: Job) -> bool:
    """Whether a job makes the video that a project describes now.

    Args:
        project: as it is now.
        then: as it was when the job was ordered.
        job: a draft, whose model counts only for its shape and voice; or a paid render.
    """
    paid = is_paid(job)
    return _described(project, paid=paid) == _described(then, paid=paid)


def next_step(takes: Takes, *, missing: bool, has_key: bool, over_budget: bool) -> Step:
    """Return the step.

    Args:
        takes: of the project.
        missing: something is missing before anything can be made.
        has_key: there is a key that pays.
        over_budget: a spending limit is in the way.
    """
    if takes.running:
        return Step.RENDERING
    if missing:
        return Step.EMPTY
    if takes.ended and not _is_done(takes.ended):
        return Step.FAILED
    if takes.ended and is_paid(takes.ended):
        return Step.DONE
    if has_key and over_budget:
        return Step.OVER_BUDGET
    if takes.draft is None:
        return Step.READY
    return Step.DRAFTED if has_key else Step.NO_KEY


def _described(project: Project, *, paid: bool) -> dict[str, Any]:
    """Return everything that a video of the project depends on."""
    described = project.model_dump(exclude=set(_OF_NO_VIDEO)) | {"crop": project.crop}
    if paid:
        model = project.model
        described |= {"model": model, "parameters": project.parameters_of(model)}
        return described | {"reader": project.reader, "own_voice": project.own_voice}
    return described | {"voice": draft_voice(project), "settings": draft_settings(project)}


def is_paid(job: Job) -> bool:
    """Whether it is a render that is paid for, in one or in parts."""
    return job.kind.paid or job.kind.is_composite


def _is_done(job: Job) -> bool:
    return job.state is JobState.DONE
