"""Live view of a job: progress and log, updated as they arrive.

Reading the journal again every half second would cost a third of a core for twenty people and still
show a line late. So each run of this part stays for a while, waits for the job to move, and draws
it in place.
"""

import time
from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.jobs.job_parts import parts_of, show_parts
from components.jobs.job_progress import (
    Progress,
    progress_of,
    show_progress,
    stage_progress,
    usual_seconds,
)
from components.shell.notices import plain
from components.ui.datetimes import zone
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job, JobEvent, JobState
from talkinghead.jobs.wording.charges import may_cancel
from talkinghead.jobs.wording.log import JobLog
from talkinghead.jobs.wording.status import needs_key
from talkinghead.workspace import Workspace

STAY = 3.0  # seconds that one run stays
TICK = 1.0  # seconds until the first begins; each later one follows the last without a gap
SLICE = 0.1  # seconds that a click elsewhere may have to wait
SECOND = 1.0  # the time that has passed is drawn again this often
LINES_SHOWN = 200
LOG_HEIGHT = 168  # px
Place = Callable[[], DeltaGenerator]
"""Makes a place elsewhere on the page, called within the fragment that fills it."""


class _Visit:
    """The job's state since the page was last drawn in full; kept between reruns."""

    def __init__(
        self,
        workspace: Workspace,
        job: Job,
        parts: list[Job],
        *,
        log: bool,
        announce: Place | None,
    ) -> None:
        self.new = True
        self.job = job
        self.parts = parts
        self.shows_log = log
        self.announce = announce
        self.usual = usual_seconds(workspace, job)
        self.log = JobLog(zone())
        self.lines: list[str] = []  # of the log


def live_job(
    workspace: Workspace,
    job: Job,
    parts: list[Job] | None = None,
    *,
    log: bool = True,
    announce: Place | None = None,
) -> None:
    """Show a job in progress and follow it.

    The whole page runs again as soon as it ends, or can be stopped no more, or needs a person.
    Buttons belong outside: a click on one in here would wait until a run is over.

    Args:
        workspace: whose.
        job: which.
        parts: what it is made of, as it was just read.
        log: whether its log is shown, too.
        announce: the place for a sentence on its progress, besides the bar.
    """
    visit = _Visit(workspace, job, parts or [], log=log, announce=announce)
    st.fragment(_watch, run_every=TICK)(workspace, job, visit)


def waits_for_a_person(job: Job) -> bool:
    """Return whether the job is blocked until somebody decides or enters a key."""
    return job.state is JobState.UNCONFIRMED or needs_key(job)


def who_waits(job: Job, parts: Sequence[Job]) -> Job | None:
    """Return the first of a job and its parts that waits for a person."""
    return next(filter(waits_for_a_person, (job, *parts)), None)


def show_log(events: list[JobEvent]) -> None:
    """Show the last lines of a log."""
    _write(_log_place(), JobLog(zone(), events).lines)


def _log_place() -> DeltaGenerator:
    with st.container(height=LOG_HEIGHT, autoscroll=True, border=False):
        return st.empty()


def _write(place: DeltaGenerator, lines: Sequence[str]) -> None:
    # As code: it takes the focus, so that keys scroll it, and it can be copied.
    text = "\n".join(lines[-LINES_SHOWN:]) or "Nothing yet."
    place.code(text, language=None, wrap_lines=True)


def _watch(workspace: Workspace, job: Job, visit: _Visit) -> None:
    view = _View(workspace, job, visit)
    try:
        view.draw()
        if visit.new:  # the rest of the page is still to be drawn
            visit.new = False
            return
        view.follow(STAY)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")


class _View:
    def __init__(self, workspace: Workspace, shown: Job, visit: _Visit) -> None:
        self._workspace = workspace
        self._shown = _manner(shown, visit.parts)
        self._visit = visit
        self._drawn = 0.0
        self._known: tuple[Progress, list[Job]] | None = None
        self._progress = st.empty()
        self._sentence = visit.announce() if visit.announce else None
        if visit.shows_log:
            self._newest = st.empty()
            with st.expander("Log", icon=":material/notes:", type="compact", key="create_log"):
                self._log = _log_place()

    def draw(self) -> None:
        """Draw the current state.

        Raises:
            StudioError: the job cannot be read.
        """
        visit = self._visit
        visit.job, events = self._workspace.jobs.find_with_events(visit.job.id, visit.log.last)
        parts = parts_of(self._workspace, visit.job)
        if _manner(visit.job, parts) != self._shown:
            st.rerun()
        visit.lines = [*visit.lines, *visit.log.add(events)][-LINES_SHOWN:]
        if visit.shows_log and (events or not self._drawn):
            self._newest.caption(plain(visit.lines[-1]) if visit.lines else "")
            _write(self._log, visit.lines)
        if visit.job.kind.is_composite or not waits_for_a_person(visit.job):
            self._draw_progress(parts)
        self._drawn = time.monotonic()

    def _draw_progress(self, parts: list[Job]) -> None:
        visit = self._visit
        make = stage_progress if visit.shows_log else progress_of
        progress = make(self._workspace, visit.job, visit.usual, parts)
        if (progress, parts) != self._known:
            if self._sentence:
                self._sentence.markdown(plain(progress.text))
            with self._progress.container(gap="small"):
                show_progress(progress)
                show_parts(visit.job, parts)
            self._known = (progress, parts)

    def follow(self, seconds: float) -> None:
        """Draw each change, for the given number of seconds.

        Raises:
            StudioError: the job cannot be read.
        """
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            st.session_state.get("viewer")  # where Streamlit leaves off when something is clicked
            moved = self._workspace.jobs.wait_for_change(self._visit.job, min(SLICE, left))
            if moved or time.monotonic() - self._drawn >= SECOND:
                self.draw()


def _manner(job: Job, parts: Sequence[Job]) -> tuple[bool, bool, str | None]:
    """Return the state that the surrounding page depends on."""
    waits = who_waits(job, parts)
    return job.state.ended, may_cancel(job), waits.id if waits else None
