"""The row above the gallery: search, order, layout, filter and folders. Its state is in the URL."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.ui.choices import Choice, choices
from components.ui.datetimes import between, date_input_format, zone
from components.videos.gallery_address import DAYS, FOLDER, LAYOUT, MODEL, ORDER, WORDS
from talkinghead import Workspace
from talkinghead.catalogue import Catalogue
from talkinghead.videos.values import Order, VideoSearch

ALL, FAVORITES = "all", "favorites"
_FOLDER = "folder:"  # before the names of folders, so that one may be called "favorites"
_GRID, _LIST = Choice("grid", "Grid"), Choice("list", "List")
_ORDERS = {
    "Newest": Order.NEWEST,
    "Oldest": Order.OLDEST,
    "Title": Order.TITLE,
    "Longest": Order.LONGEST,
    "Price": Order.MOST_EXPENSIVE,
}


@dataclass(frozen=True)
class GalleryView:
    """What the gallery shows, and how.

    Attributes:
        search: which videos.
        order: of them.
        as_list: whether they are rows of a table.
    """

    search: VideoSearch
    order: Order
    as_list: bool


def gallery_toolbar(workspace: Workspace, on_change: Callable[[], None]) -> GalleryView:
    """Show the toolbar and return what is wanted.

    Args:
        workspace: whose gallery it is.
        on_change: called when a person looks for something else.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="toolbar"):
        words = st.text_input(
            "Search titles and scripts",
            key=WORDS,
            type="search",
            live=True,
            placeholder="Search titles and scripts",
            label_visibility="collapsed",
            on_change=on_change,
            bind="query-params",
            max_chars=200,
            width=300,
        )
        order = st.selectbox(
            "Sort by",
            list(_ORDERS),
            key=ORDER,
            label_visibility="collapsed",
            on_change=on_change,
            bind="query-params",
            width=130,
        )
        layout = _bound("Layout", [_GRID, _LIST], LAYOUT, _GRID.id, "segments", on_change)
        endpoint_id, days = _filter(workspace.catalogue, on_change)
    folder = _folders(workspace.gallery.folders(), on_change)
    since, before = between(days, zone())
    search = VideoSearch(
        (words or "").strip(),
        endpoint_id,
        since,
        before,
        folder=folder.removeprefix(_FOLDER) if folder.startswith(_FOLDER) else None,
        favorites=folder == FAVORITES,
    )
    return GalleryView(search, _ORDERS.get(order or "", Order.NEWEST), layout == _LIST.id)


def clear_search() -> None:
    """Button callback: show everything."""
    st.session_state[WORDS] = ""
    st.session_state[MODEL] = None
    st.session_state[DAYS] = ()
    st.session_state[FOLDER] = {"chosen": ALL}
    st.query_params.pop(FOLDER, None)


def _filter(catalogue: Catalogue, on_change: Callable[[], None]) -> tuple[str | None, object]:
    endpoints = {model.title: model.endpoint_id for model in catalogue.with_draft}
    active = bool(st.session_state.get(MODEL)) + bool(st.session_state.get(DAYS))
    label = f"Filter ({active})" if active else "Filter"
    with st.popover(label, icon=":material/filter_list:", key="filter"):
        title = st.selectbox(
            "Model",
            list(endpoints),
            index=None,
            key=MODEL,
            placeholder="All models",
            on_change=on_change,
            bind="query-params",
        )
        days = st.date_input(
            "Date",
            value=[],
            key=DAYS,
            on_change=on_change,
            bind="query-params",
            format=date_input_format(),
        )
    return endpoints.get(title or ""), days


def _folders(names: list[str], on_change: Callable[[], None]) -> str:
    options = [
        Choice(ALL, "All"),
        Choice(FAVORITES, "Favorites"),
        *(Choice(f"{_FOLDER}{name}", name) for name in names),
    ]
    return _bound("Folder", options, FOLDER, ALL, "pills", on_change)


def _bound(
    label: str,
    options: list[Choice],
    key: str,
    default: str,
    look: str,
    on_change: Callable[[], None],
) -> str:
    """Show a group of choices whose choice is in the URL."""
    st.session_state[key] = {"chosen": st.query_params.get(key, default)}

    def changed() -> None:
        chosen = (st.session_state.get(key) or {}).get("chosen")
        if chosen in (None, default):
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = chosen
        on_change()

    return choices(
        label,
        options,
        key=key,
        look="segments" if look == "segments" else "pills",
        default=default,
        on_change=changed,
    )
