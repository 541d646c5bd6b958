"""List of the comparisons of this workspace, and how often each model was preferred."""

from collections.abc import Sequence

import streamlit as st

from components.comparisons.compare_view import model_name
from components.shell.notices import plain
from components.ui.datetimes import show_day
from components.ui.video_card import card_picture, show_title
from talkinghead.catalogue import Catalogue
from talkinghead.comparisons.values import Comparison, Preference
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job, JobState
from talkinghead.workspace import Workspace

PICTURES = 4  # of one comparison


def compare_list(workspace: Workspace, comparisons: Sequence[Comparison]) -> None:
    """Show one card per comparison, newest first."""
    with st.grid("auto", min_column_width=300, gap="medium", key="compare_list"):
        for comparison in comparisons:
            with st.container(
                border=True, key=f"comparison_{comparison.id}", gap="xsmall", height="stretch"
            ):
                _pictures(workspace, comparison)
                st.button(
                    f"**{show_title(comparison.title)}**",
                    key=f"open_{comparison.id}",
                    type="tertiary",
                    on_click=_open,
                    args=(comparison.id,),
                    width="content",
                    wrap=False,
                )
                state = comparison_status(workspace.catalogue, comparison)
                st.caption(plain(f"{state} · {show_day(comparison.created_at)}"))


def comparison_status(catalogue: Catalogue, comparison: Comparison) -> str:
    """Return the status of a comparison in a few words."""
    best = next((job for job in comparison.jobs if job.id == comparison.chosen), None)
    if best is not None:
        return f"Best: {model_name(catalogue, best)}"
    ready = sum(job.state is JobState.DONE for job in comparison.jobs)
    if any(not job.state.ended for job in comparison.jobs):
        return f"{ready} of {len(comparison.jobs)} ready"
    kind = "blind, " if comparison.hides_names else ""
    return f"{ready} videos, {kind}undecided"


def preference_table(catalogue: Catalogue, preferences: Sequence[Preference]) -> None:
    """Show how often each model was chosen; nothing before the first choice."""
    if not preferences:
        return
    with st.container(key="preferences", gap="small"):
        st.header("Your favorites", anchor=False)
        st.caption("From the comparisons you've decided. In a blind test, names were hidden.")
        st.table(
            {
                "Model": [plain(catalogue.title_of(one.endpoint_id)) for one in preferences],
                "Best": [_share(one.chosen, one.shown) for one in preferences],
                "Blind": [_share(one.blind_chosen, one.blind_shown) for one in preferences],
            },
            hide_index=True,
            border="horizontal",
            width="content",
        )


def _share(chosen: int, shown: int) -> str:
    return f"{chosen} of {shown}" if shown else "–"


def _open(comparison_id: str) -> None:
    st.query_params["comparison"] = comparison_id


def _pictures(workspace: Workspace, comparison: Comparison) -> None:
    """Show the first thumbnails of its videos; those of a blind comparison are shuffled."""
    if comparison.hides_names and not all(job.state.ended for job in comparison.jobs):
        return
    jobs = comparison.mixed if comparison.blind else comparison.jobs
    pictures = [picture for job in jobs if (picture := _picture(workspace, job))]
    if pictures:
        with st.container(horizontal=True, gap="xsmall", wrap=False):
            for picture in pictures[:PICTURES]:
                with st.container():
                    card_picture(picture)


def _picture(workspace: Workspace, job: Job) -> bytes | None:
    if not job.video_id:
        return None
    try:
        return workspace.gallery.thumbnail(job.video_id)
    except StudioError:
        return None
