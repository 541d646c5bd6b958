"""Frame of every page: tab title and icon, logo, navigation."""

from functools import cache, partial
from pathlib import Path

import streamlit as st

NAME = "Talking Head Studio"
RENDERS = "Renders"
ROOT = Path(__file__).parents[2]
BRAND = Path(__file__).parent / "brand"

_declared = False


def page_file(name: str) -> Path:
    """Return the path of a page's script."""
    return ROOT / "pages" / f"{name}.py"


def declared() -> bool:
    """Return whether this process declared its navigation, so that Streamlit runs `app.py`
    first."""
    return _declared


@cache
def _brand(name: str) -> str:
    return (BRAND / name).read_text(encoding="utf-8")


def navigation(unseen: int = 0) -> st.Page:
    """Declare pages, tab and logo; returns the page that the URL asks for.

    Args:
        unseen: how many ended renders nobody has seen; shown at Renders and in the tab's title.
    """
    global _declared  # Streamlit's own switch is one per process, too
    # Before the pages: a browser that knows no icon yet asks Google's font host for the page's.
    st.set_page_config(
        page_icon=str(BRAND / "icon.png"), layout="wide", initial_sidebar_state="collapsed"
    )
    page = st.navigation(_pages(unseen), position="top")
    _declared = True
    title = RENDERS if page.title.startswith(RENDERS) else page.title
    st.set_page_config(page_title=f"({unseen}) {title} · {NAME}" if unseen else f"{title} · {NAME}")
    st.logo(_brand("logo.svg"), size="large")
    st.html(BRAND / "legible.css")
    return page


def _pages(unseen: int) -> list[st.Page]:
    first = partial(st.Page, page_file("create"), title="Create")
    return [
        first(
            icon=":material/movie_edit:",
            url_path="start",
            default=True,
            help="Turn a portrait and a script or recording into a video.",
        ),
        # The first page has no name in the address; who types it arrives all the same.
        first(url_path="create", visibility="hidden"),
        _page("Gallery", "video_library", "Your finished videos: play, download, reuse, delete."),
        _page(
            "Compare",
            "compare",
            "The same video from several models, side by side.",
        ),
        _page(
            f"{RENDERS} ({unseen})" if unseen else RENDERS,
            "pending_actions",
            "What is in progress, done or failed.",
            name="jobs",
        ),
        _page("Settings", "tune", "Keys, pronunciation and limits."),
        # Reached from Settings and from an opened video.
        st.Page(page_file("verify"), title="Verify", visibility="hidden"),
    ]


def _page(title: str, icon: str, help_text: str, *, name: str | None = None) -> st.Page:
    """Return a page; its file and its address have another name than its title if one is given."""
    file = page_file(name or title.lower())
    return st.Page(file, title=title, icon=f":material/{icon}:", help=help_text)
