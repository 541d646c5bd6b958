"""The parts of a long video, or the sentences of a bought speech, while they are made."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import streamlit as st

from components.shell.notices import plain
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.wording.status import status_of
from talkinghead.workspace import Workspace

ROOM = 232  # px; more parts than fit are scrolled to
FITTING = 7


def parts_of(workspace: Workspace, job: Job) -> list[Job]:
    """Return the child jobs by place; empty for a job without children."""
    return workspace.renders.parts(job.id) if job.kind.is_composite else []


def show_parts(job: Job, parts: Sequence[Job]) -> None:
    """Show one line per part of a long video. The sentences of a speech are only summarised."""
    if job.kind.makes != "video" or not parts:
        return
    height: int | Literal["content"] = ROOM if len(parts) > FITTING else "content"
    with st.container(height=height, border=True):  # drawn again in the same run: no key
        st.markdown(parts_text(parts, reasons=not job.state.ended))


def parts_text(parts: Sequence[Job], *, reasons: bool) -> str:
    """Return the lines as Markdown: status and length of each part.

    Args:
        parts: by place.
        reasons: say why a part failed; once the whole has ended it says so itself.
    """
    return "  \n".join(_line(part, reasons=reasons) for part in parts)


def parts_summary(job: Job, parts: Sequence[Job]) -> str:
    """Return how many parts are done; "" for fewer than two."""
    words = job.kind.parts
    if words is None or len(parts) < 2:
        return ""
    done = sum(part.state is JobState.DONE for part in parts)
    if done < len(parts):
        return f"{done} of {len(parts)} {words.noun}s done"
    return words.joining


def cancel_parts_words(parts: Sequence[Job]) -> str:
    """Return what cancelling a composite job would cost now."""
    running = [part for part in parts if not part.state.ended]
    decided_first = any(part.state is JobState.UNCONFIRMED for part in running)
    if decided_first or not any(part.kind.paid for part in running):
        return ""
    if any(part.state in (JobState.SUBMITTING, JobState.RENDERING) for part in running):
        return (
            "You may still be charged for parts in progress if you cancel. Finished parts are kept."
        )
    return "Canceling is free while it waits. Finished parts are kept."


def costs_money(job: Job, parts: Sequence[Job]) -> bool:
    """Return whether ordering the job again is paid."""
    return job.kind.paid or any(part.state is not JobState.DONE for part in parts)


def again_words(job: Job, parts: Sequence[Job]) -> str:
    """Return the label of the retry button: a composite job orders only its missing parts."""
    words = job.kind.parts
    if words is None or not parts:
        price = f"for {show_dollars(job.estimate)}" if job.estimate else "(free)"
        return f"Render again {price}".replace("$", r"\$")
    lost = [part for part in parts if part.state is not JobState.DONE]
    if not lost:
        return "Rejoin (free)"
    dollars = show_dollars(sum((part.estimate for part in lost), start=Decimal(0)))
    what = words.noun if len(lost) == 1 else f"{len(lost)} {words.noun}s"
    return f"{words.order} the missing {what} for {dollars}".replace("$", r"\$")


def _line(part: Job, *, reasons: bool) -> str:
    shown = status_of(part)
    number = (part.place or 0) + 1
    facts = [f"Part {number}", f"{part.speech_seconds:.0f} s", _state(part, shown.text)]
    mark = f":{shown.color}[:material/{shown.icon}:]"
    line = f"{mark} {plain(' · '.join(facts))}"
    if reasons and part.state is JobState.FAILED and part.problem:
        line += f"  \n:red[:small[{plain(part.problem)}]]"
    return line


def _state(part: Job, words: str) -> str:
    if part.state is JobState.RENDERING and part.fraction is not None:
        return f"{words}, {round(part.fraction * 100)} %"
    if part.state is JobState.QUEUED and part.queue_position:
        return f"{part.queue_position} ahead in queue"
    return words
