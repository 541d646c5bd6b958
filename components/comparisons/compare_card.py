"""Card of one video in a comparison: the video or its progress, its facts, and its buttons."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from components.jobs.decision_card import decision_card
from components.jobs.job_dialogs import ask_about
from components.jobs.job_parts import again_words, parts_of
from components.jobs.job_progress import progress_of, show_progress, usual_seconds
from components.jobs.live_job import waits_for_a_person, who_waits
from components.shell import session
from components.shell.notices import plain
from talkinghead.comparisons.values import Comparison
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars, show_seconds
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.jobs.wording.charges import charge_sentence, may_cancel
from talkinghead.workspace import Workspace

TALLEST = 440  # px of a video, so that its facts are on the same screen
TICK = 1.0  # seconds between two looks at one that is under way


@dataclass(frozen=True)
class CardActions:
    """Callbacks for the buttons of a card; each takes the job's id."""

    choose: Callable[[str], None]
    cancel: Callable[[str], None]
    reconcile: Callable[[str], None]


def compare_card(
    workspace: Workspace,
    comparison: Comparison,
    job: Job,
    name: str,
    actions: CardActions,
    *,
    place: str,
    blind: bool,
) -> None:
    """Show one card.

    Args:
        workspace: whose.
        comparison: what it belongs to.
        job: which.
        name: its model, or a letter.
        actions: what can be done.
        place: the key of the container of its video.
        blind: nothing may reveal the model.
    """
    with st.container(
        border=True,
        key=f"compare_{job.id}",
        gap="small",
        height="stretch",
        vertical_alignment="distribute",  # facts and buttons stand on one line with the others'
    ):
        if job.state is JobState.DONE and job.video_id:
            _video(workspace, comparison, job, name, actions, place=place, blind=blind)
            return
        with st.container(gap="small"):
            _name(comparison, job, name)
            if not job.state.ended:
                _under_way(workspace, job, actions)
            elif blind:
                st.caption("This render failed. Its name and the reason show after you choose.")
            else:
                _nothing(workspace, job)


def _name(comparison: Comparison, job: Job, name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(name)}**", width="content")
        if comparison.chosen == job.id:
            st.badge("Best", icon=":material/star:", color="green")


def _video(
    workspace: Workspace,
    comparison: Comparison,
    job: Job,
    name: str,
    actions: CardActions,
    *,
    place: str,
    blind: bool,
) -> None:
    with st.container(gap="small"):
        _name(comparison, job, name)
        try:
            video = workspace.gallery.find(job.video_id or "")
            file = workspace.gallery.file(video.id)
        except StudioError as error:
            st.caption(plain(str(error)))
            return
        width = round(TALLEST * video.width / max(video.height, 1))
        with st.container(key=place, horizontal_alignment="center"):
            told = "blind test" if blind else name
            st.video(file, alt=f"{comparison.title}, {told}", width=width)
    with st.container(gap="small"):
        if not blind:
            st.caption(plain(" · ".join(facts_of(job, video))))
        _choice(comparison, job, video, actions, blind=blind)


def _choice(
    comparison: Comparison, job: Job, video: Video, actions: CardActions, *, blind: bool
) -> None:
    final = comparison.blind and comparison.chosen is not None
    with st.container(horizontal=True, gap="small"):
        ready = sum(one.state is JobState.DONE for one in comparison.jobs) > 1
        if ready and comparison.chosen != job.id and not final:
            st.button(
                "Keep as best",
                key=f"choose_{job.id}",
                icon=":material/star:",
                on_click=actions.choose,
                args=(job.id,),
            )
        if not blind and st.button(
            "Open", key=f"compare_open_{job.id}", icon=":material/open_in_full:", type="tertiary"
        ):
            session.open_page("gallery", video=video.id)


def facts_of(job: Job, video: Video) -> Iterator[str]:
    """Yield its price, its length, and its render time, as texts."""
    if not job.estimate and not video.dollars:
        yield "free"
    elif job.kind.paid and job.billed is None:
        yield f"{show_dollars(job.estimate)} estimated"
    else:  # of one in parts its video knows what the parts cost
        yield show_dollars(video.dollars if job.billed is None or not job.kind.paid else job.billed)
    yield show_seconds(video.seconds)
    since = job.submitted_at or job.started_at
    if since and job.ended_at:
        yield f"rendered in {whole_seconds((job.ended_at - since).total_seconds())}"


def whole_seconds(seconds: float) -> str:
    """Return a duration rounded to whole seconds: "15 s", "1 min 05 s"."""
    return f"{max(round(seconds), 1)} s" if seconds < 59.5 else show_seconds(seconds)


def _under_way(workspace: Workspace, job: Job, actions: CardActions) -> None:
    parts = parts_of(workspace, job)
    waiting = who_waits(job, parts)
    if waiting:
        decision_card(waiting, workspace.jobs.events(waiting.id), actions.reconcile)
    st.fragment(_follow, run_every=TICK)(workspace, job.id, _manner(job, parts))
    if may_cancel(job):
        st.button(
            "Cancel",
            key=f"compare_cancel_{job.id}",
            icon=":material/stop_circle:",
            on_click=actions.cancel,
            args=(job.id,),
        )


def _follow(workspace: Workspace, job_id: str, manner: tuple[bool, str | None, bool]) -> None:
    """Show the progress; rerun the page when the job ends, needs a decision, or can no longer be
    cancelled."""
    try:
        job = workspace.jobs.find(job_id)
    except StudioError as error:
        st.caption(plain(str(error)))
        return
    parts = parts_of(workspace, job)
    if _manner(job, parts) != manner:
        st.rerun()
    if parts or not waits_for_a_person(job):
        show_progress(progress_of(workspace, job, usual_seconds(workspace, job), parts))


def _manner(job: Job, parts: Sequence[Job]) -> tuple[bool, str | None, bool]:
    """Return the state that the surrounding card depends on; the page reruns when it changes."""
    waiting = who_waits(job, parts)
    return job.state.ended, waiting.id if waiting else None, may_cancel(job)


def _nothing(workspace: Workspace, job: Job) -> None:
    """Show why the job ended without a video, whether it was charged, and the retry button."""
    parts = parts_of(workspace, job)
    if job.state is JobState.CANCELLED:
        st.markdown("Canceled.")
    else:
        st.markdown(plain(job.problem or "Render failed."))
    if text := charge_sentence(job):
        st.caption(plain(text))
    label = again_words(job, parts) if parts or job.estimate else "Try again"
    if st.button(label, key=f"retry_{job.id}", icon=":material/replay:"):
        ask_about("render_again", job.id)
        st.rerun()
