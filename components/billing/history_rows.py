"""The requests of the billing history, a page at a time: estimate and bill side by side, and the
way to each video."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from components.shell.notices import code, hint, plain
from components.ui.blind_label import comparison_button
from components.ui.datetimes import show_day, show_moment
from components.ui.video_card import model_badge, show_title
from talkinghead.billing.history import HistoryRow
from talkinghead.catalogue import Catalogue
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import JobState, LedgerEntry
from talkinghead.jobs.wording.status import STATUSES
from talkinghead.videos.values import NOTHING_HIDDEN, BlindEntries

PER_PAGE = 10
PAGE = "ledger_page"
OF_BLIND = (
    "Billing history names every model, also in blind tests. You'll see which video is whose after "
    "you choose."
)


@dataclass(frozen=True)
class LedgerActions:
    """Callbacks for the buttons of a row; each takes the job's id.

    Attributes:
        fetch_again: fetches its video once more.
        look_again: searches fal for an order whose answer was lost.
    """

    fetch_again: Callable[[str], None]
    look_again: Callable[[str], None]


def history_rows(
    catalogue: Catalogue,
    rows: Sequence[HistoryRow],
    actions: LedgerActions,
    hidden: BlindEntries = NOTHING_HIDDEN,
) -> str | None:
    """Show the requests, newest first. Every model is named: whoever compares knows which were
    ordered, only not which video is whose.

    Args:
        catalogue: names the models.
        rows: all of them.
        actions: what their buttons do.
        hidden: of these the way leads to their blind comparison, not to the video.

    Returns:
        The id of the video that a person wants to see now, or None.
    """
    if any(row.entry.job_id in hidden.jobs for row in rows):
        st.caption(OF_BLIND)
    pages = -(-len(rows) // PER_PAGE)
    place = st.container(border=True, gap="medium")
    page = 1
    if pages > 1:
        # Stretched: fitted to its content it hides the pages that are not shown.
        page = st.pagination(pages, key=PAGE, width="stretch")
    with place:
        shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
        opened = [_row(catalogue, row, actions, hidden) for row in shown]
    return next(filter(None, opened), None)


def _row(
    catalogue: Catalogue, row: HistoryRow, actions: LedgerActions, hidden: BlindEntries
) -> str | None:
    entry = row.entry
    with st.container(
        key=f"ledger_{entry.job_id}",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        # As wide as its words: a button that does not fit beside them goes below.
        with st.container(gap="xsmall", width="content"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{show_title(entry.title)}**", width="content")
                model_badge(catalogue, entry.endpoint_id)
                shown = STATUSES[entry.state]
                st.badge(shown.text, icon=f":material/{shown.icon}:", color=shown.color)
            parts = (show_moment(entry.created_at), money_words(entry), kept_words(row))
            st.caption(plain(" · ".join(filter(None, parts))))
            if entry.unusable_units:
                hint(unusable_words(entry.unusable_units))
            if entry.request_id:
                st.markdown(f":small[{code(entry.request_id)}]")
            else:
                st.caption("No request ID (fal.ai didn't respond)")
        if entry.video_id and (blind := hidden.jobs.get(entry.job_id)):
            comparison_button(blind, f"ledger_blind_{entry.job_id}")
            return None
        return _way(row, actions)


def money_words(entry: LedgerEntry) -> str:
    """Return the estimated price and, if known, the billed one, as text."""
    words = f"estimate {show_dollars(entry.estimate)}"
    if entry.billed is not None:
        return f"{words} · billed {show_dollars(entry.billed)}"
    if entry.state in (JobState.FAILED, JobState.CANCELLED):
        charge = {True: "charged", False: "not charged", None: "may have been charged"}
        return f"{words} · {charge[entry.charged]}"
    return words


def kept_words(row: HistoryRow) -> str:
    """Return until when the output can be downloaded from fal.ai again; "" where that is not
    known."""
    kept = row.kept
    if kept is None or row.entry.request_id is None or not row.entry.can_have_output:
        return ""
    if kept.deleted_at:
        return "deleted at fal.ai"
    if not kept.can_be_fetched(datetime.now(UTC)):
        return "no longer at fal.ai"
    return f"at fal.ai until {show_day(kept.expires_at)}"


def unusable_words(units: str) -> str:
    """Return what a person reads where the provider reported no amount that can be meant."""
    return (
        f"fal.ai reported “{units}” billed units, which can't be right, so the bill is unknown and "
        "the estimate counts. Check your fal.ai dashboard."
    )


def _way(row: HistoryRow, actions: LedgerActions) -> str | None:
    """Show the button at the end of a row: open the video, fetch it again, or look for the order.
    Returns the id of the video to open."""
    entry = row.entry
    if entry.video_id:
        pressed = st.button(
            "Watch", key=f"ledger_watch_{entry.job_id}", icon=":material/play_arrow:"
        )
        return entry.video_id if pressed else None
    ended = entry.state in (JobState.FAILED, JobState.CANCELLED)
    gone = row.kept is not None and not row.kept.can_be_fetched(datetime.now(UTC))
    if entry.request_id and ended and entry.can_have_output and not gone:
        what = "video" if entry.kind.makes == "video" else "audio"
        st.button(
            "Download from fal.ai",
            key=f"ledger_fetch_{entry.job_id}",
            icon=":material/download:",
            help=f"Gets the finished {what} if there is one. You won't be charged again.",
            on_click=actions.fetch_again,
            args=(entry.job_id,),
        )
    elif entry.charged is None and ended and entry.can_have_output:
        st.button(
            "Check again",
            key=f"ledger_look_again_{entry.job_id}",
            icon=":material/search:",
            help="Searches fal.ai for the order. You won't be charged again.",
            on_click=actions.look_again,
            args=(entry.job_id,),
        )
    return None
