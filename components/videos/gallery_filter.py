"""Search form of the gallery: words, model, dates. Its state is in the URL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from talkinghead.catalogue import Catalogue

WORDS, MODEL, DAYS = "words", "model", "days"
"""The widgets' keys, which are also their names in the address."""


@dataclass(frozen=True)
class GalleryFilter:
    """The search; an empty one matches everything."""

    words: str = ""
    endpoint_id: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def empty(self) -> bool:
        """Whether it matches everything."""
        return self == GalleryFilter()


def gallery_filter(catalogue: Catalogue, on_change: Callable[[], None]) -> GalleryFilter:
    """Show the three fields in a row and return the search.

    Args:
        catalogue: the models to look for.
        on_change: called when a person looks for something else.
    """
    endpoints = {model.title: model.endpoint_id for model in catalogue.with_draft}
    with st.container(horizontal=True, gap="small", key="gallery_filter"):
        words = st.text_input(
            "Words in the title or the script",
            key=WORDS,
            type="search",
            live=True,
            placeholder="Search titles and scripts",
            label_visibility="collapsed",
            on_change=on_change,
            bind="query-params",
            max_chars=200,
            width="stretch",
        )
        with st.container(horizontal=True, gap="small", width=440, wrap=False):
            title = _model_field(list(endpoints), on_change)
            since, until = _days_field(on_change)
    return GalleryFilter((words or "").strip(), endpoints.get(title or ""), since, until)


def clear_filter() -> None:
    """Button callback: reset the search."""
    st.session_state[WORDS] = ""
    st.session_state[MODEL] = None
    st.session_state[DAYS] = ()


def _model_field(titles: list[str], on_change: Callable[[], None]) -> str | None:
    return st.selectbox(
        "Model",
        titles,
        index=None,
        key=MODEL,
        placeholder="All models",
        label_visibility="collapsed",
        on_change=on_change,
        bind="query-params",
        width="stretch",
    )


def _days_field(on_change: Callable[[], None]) -> tuple[date | None, date | None]:
    days = st.date_input(
        "Made between",
        value=[],
        key=DAYS,
        label_visibility="collapsed",
        on_change=on_change,
        bind="query-params",
        format="YYYY-MM-DD",
        width=230,
    )
    return _between(days)


def _between(days: object) -> tuple[date | None, date | None]:
    """Return the first and last day; if only the first is set, that day alone counts."""
    chosen = [day for day in days if isinstance(day, date)] if isinstance(days, tuple) else []
    return (chosen[0] if chosen else None), (chosen[1] if len(chosen) > 1 else None)
