"""What stands around every page: the tab's title and icon, the logo, the navigation."""

from functools import cache
from pathlib import Path

import streamlit as st

NAME = "Talking Head Studio"
ROOT = Path(__file__).parent.parent
BRAND = Path(__file__).parent / "brand"

_declared = False


def page_file(name: str) -> Path:
    """The script of a page."""
    return ROOT / "pages" / f"{name}.py"


def declared() -> bool:
    """Whether this process declared its navigation, so that Streamlit runs `app.py` first."""
    return _declared


@cache
def _brand(name: str) -> str:
    return (BRAND / name).read_text(encoding="utf-8")


def navigation() -> st.Page:
    """Declare the pages, the tab and the logo; returns the page that the address asks for."""
    global _declared  # Streamlit's own switch is one per process, too
    page = st.navigation(
        [
            st.Page(
                page_file("create"),
                title="Create",
                icon=":material/movie_edit:",
                url_path="start",
                default=True,
                help="Turn a portrait and a script or recording into a video.",
            ),
            # The first page has no name in the address; who types it arrives all the same.
            st.Page(page_file("create"), title="Create", url_path="create", visibility="hidden"),
            st.Page(
                page_file("gallery"),
                title="Gallery",
                icon=":material/video_library:",
                help="Your finished videos: play, download, reuse, delete.",
            ),
            st.Page(
                page_file("compare"),
                title="Compare",
                icon=":material/compare:",
                help="The same portrait and speech on several models, side by side.",
            ),
            st.Page(
                page_file("jobs"),
                title="Jobs",
                icon=":material/pending_actions:",
                help="What is being made, what waits, and what failed.",
            ),
            st.Page(
                page_file("settings"),
                title="Settings",
                icon=":material/tune:",
                help="What this studio runs on, its voices and its limits.",
            ),
        ],
        position="top",
    )
    _declared = True
    st.set_page_config(
        page_title=f"{page.title} · {NAME}",
        page_icon=str(BRAND / "icon.png"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.logo(_brand("logo.svg"), size="large")
    return page
