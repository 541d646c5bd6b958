"""The ledger: every paid request with its estimated and its billed price, and a link to its
video."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import streamlit as st

from components.shell.notices import code, hint, plain
from components.ui.blind_label import comparison_button
from components.ui.datetimes import show_moment
from components.ui.video_card import model_badge, show_title
from talkinghead.catalogue import Catalogue
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import JobState, LedgerEntry
from talkinghead.jobs.wording.status import STATUSES
from talkinghead.videos.values import NOTHING_HIDDEN, BlindEntries

PER_PAGE = 10
PAGE = "ledger_page"
OF_BLIND = (
    "This is the record of what was paid, so it names every model, also those of a blind "
    "comparison. Which video is whose shows once you have chosen."
)
COLUMNS = (
    "date", "request_id", "job_id", "model", "title", "state", "estimate_usd", "billed_usd",
    "charged", "unusable_units",
)  # fmt: skip


@dataclass(frozen=True)
class LedgerActions:
    """Callbacks for the buttons of a row; each takes the job's id.

    Attributes:
        fetch_again: fetches its video once more.
        look_again: searches fal for an order whose answer was lost.
    """

    fetch_again: Callable[[str], None]
    look_again: Callable[[str], None]


def ledger(
    catalogue: Catalogue,
    entries: list[LedgerEntry],
    actions: LedgerActions,
    hidden: BlindEntries = NOTHING_HIDDEN,
) -> str | None:
    """Show the ledger, newest first. It names every model: whoever compares knows which were
    ordered, only not which video is whose.

    Args:
        catalogue: names the models.
        entries: all of it.
        actions: what its buttons do.
        hidden: of these the way leads to their blind comparison, not to the video.

    Returns:
        The id of the video that a person wants to see now, or None.
    """
    with st.container(key="ledger", gap="small"):
        _heading(entries)
        if any(entry.job_id in hidden.jobs for entry in entries):
            st.caption(OF_BLIND)
        pages = -(-len(entries) // PER_PAGE)
        rows = st.container(border=True, gap="small")
        page = 1
        if pages > 1:
            # Stretched: fitted to its content it hides the pages that are not shown.
            page = st.pagination(pages, key=PAGE, width="stretch")
        with rows:
            shown = entries[(page - 1) * PER_PAGE : page * PER_PAGE]
            opened = [_row(catalogue, entry, actions, hidden) for entry in shown]
    return next(filter(None, opened), None)


def ledger_csv(entries: Iterable[LedgerEntry]) -> bytes:
    """Return the ledger as CSV, UTF-8 with a byte order mark so that spreadsheets detect it."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for entry in entries:
        rows.writerow(
            (
                entry.created_at.isoformat(timespec="seconds"),
                _harmless(entry.request_id or ""),
                entry.job_id,
                entry.endpoint_id,
                _harmless(entry.title),
                entry.state.value,
                entry.estimate,
                "" if entry.billed is None else entry.billed,
                charged_word(entry),
                _harmless(entry.unusable_units or ""),
            )
        )
    return out.getvalue().encode("utf-8-sig")


def charged_word(entry: LedgerEntry) -> str:
    """Return "yes", "no" or "unknown": whether the request was charged."""
    if entry.charged is None:
        return "unknown"
    return "yes" if entry.charged else "no"


def _harmless(text: str) -> str:
    """Escape text that a spreadsheet would run as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _heading(entries: list[LedgerEntry]) -> None:
    with st.container(
        horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"
    ):
        st.subheader(f"Ledger :gray[{len(entries)}]", anchor=False, width="content")
        st.download_button(
            "Download as CSV",
            data=lambda: ledger_csv(entries),
            file_name="ledger.csv",
            mime="text/csv",
            key="ledger_csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _row(
    catalogue: Catalogue,
    entry: LedgerEntry,
    actions: LedgerActions,
    hidden: BlindEntries,
) -> str | None:
    with st.container(
        key=f"ledger_{entry.job_id}",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        with st.container(gap="xsmall", width="stretch"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{show_title(entry.title)}**", width="content")
                model_badge(catalogue, entry.endpoint_id)
                shown = STATUSES[entry.state]
                st.badge(shown.text, icon=f":material/{shown.icon}:", color=shown.color)
            st.caption(plain(f"{show_moment(entry.created_at)} · {money_words(entry)}"))
            if entry.unusable_units:
                hint(unusable_words(entry.unusable_units))
            if entry.request_id:
                st.markdown(f":small[{code(entry.request_id)}]")
            else:
                st.caption("No request id: no answer of fal.ai is on record.")
        if entry.video_id and (blind := hidden.jobs.get(entry.job_id)):
            comparison_button(blind, f"ledger_blind_{entry.job_id}")
            return None
        return _way(entry, actions)


def money_words(entry: LedgerEntry) -> str:
    """Return the estimated price and, if known, the billed one, as text."""
    words = f"estimate {show_dollars(entry.estimate)}"
    if entry.billed is not None:
        return f"{words} · billed {show_dollars(entry.billed)}"
    if entry.state in (JobState.FAILED, JobState.CANCELLED):
        charge = {True: "charged", False: "not charged", None: "perhaps charged"}
        return f"{words} · {charge[entry.charged]}"
    return words


def unusable_words(units: str) -> str:
    """Return what a person reads where the provider reported no amount that can be meant."""
    return (
        f"fal.ai reported “{units}” billed units, which can't be right, so the bill is unknown and "
        "the estimate counts. Check your fal.ai dashboard."
    )


def _way(entry: LedgerEntry, actions: LedgerActions) -> str | None:
    """Show the button at the end of a row: open the video, fetch it again, or look for the order.
    Returns the id of the video to open."""
    if entry.video_id:
        pressed = st.button(
            "Watch", key=f"ledger_watch_{entry.job_id}", icon=":material/play_arrow:"
        )
        return entry.video_id if pressed else None
    ended = entry.state in (JobState.FAILED, JobState.CANCELLED)
    if entry.request_id and ended and entry.can_have_output:
        what = entry.kind.makes
        st.button(
            f"Fetch its {what}",
            key=f"ledger_fetch_{entry.job_id}",
            icon=":material/download:",
            help=f"Asks fal.ai for the finished {what}. Nothing is made or paid again.",
            on_click=actions.fetch_again,
            args=(entry.job_id,),
        )
    elif entry.charged is None and ended and entry.can_have_output:
        st.button(
            "Look again",
            key=f"ledger_look_again_{entry.job_id}",
            icon=":material/search:",
            help="Searches fal.ai for the order. Nothing is made or paid again.",
            on_click=actions.look_again,
            args=(entry.job_id,),
        )
    return None
