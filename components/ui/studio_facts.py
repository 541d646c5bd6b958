"""Facts about this studio: storage and limits, without secrets."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import streamlit as st

from components.ui.datetimes import show_count
from components.ui.fact_table import facts
from talkinghead.catalogue import Catalogue
from talkinghead.core.money import show_seconds
from talkinghead.core.settings import Settings


def studio_facts(
    settings: Settings, catalogue: Catalogue, longest_script: int, *, is_driven: bool
) -> None:
    """Show two panels: storage, and limits.

    Args:
        settings: what the studio runs on.
        catalogue: the models, whose limits are shown.
        longest_script: characters.
        is_driven: whether a process runs the jobs.
    """
    with st.grid(2, min_column_width=340, gap="small"):
        with st.container(border=True, key="studio_facts", height="stretch"):
            st.markdown("**System**")
            facts([*storage(settings), ("Renders", driving(is_driven=is_driven))])
        with st.container(border=True, key="limits", height="stretch"):
            st.markdown("**Limits**")
            facts(limits(catalogue, longest_script))


def storage(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield (name, value) rows on where data is stored and who can see it."""
    yield "Database", database_kind(settings)
    yield "Files", storage_kind(settings)
    yield "Galleries", gallery_kind(settings)
    yield "Deleted videos", "Kept 24 hours"


def driving(*, is_driven: bool) -> str:
    """Return whether jobs run, and what to do where they do not."""
    if is_driven:
        return "Running"
    return (
        "Not running. Restart the studio and they resume. If that doesn't help, run "
        "“talkinghead doctor” in a shell."
    )


def limits(catalogue: Catalogue, longest_script: int) -> Iterator[tuple[str, str]]:
    """Yield (name, value) rows on the largest accepted inputs."""
    yield "Script", f"{show_count(longest_script)} characters"
    yield "Drafts", "One at a time; others wait in the queue"
    for model in catalogue.models:
        if model.longest_seconds is not None:
            yield model.title, f"Split into parts up to {show_seconds(model.longest_seconds)}"


def database_kind(settings: Settings) -> str:
    """Return "SQLite" or "PostgreSQL", never the URL."""
    if settings.database_url is None or settings.database_url.startswith("sqlite"):
        return "SQLite on this server"
    return "PostgreSQL"


def storage_kind(settings: Settings) -> str:
    """Return whether files are in a folder or a bucket, never the URL."""
    scheme = urlsplit(settings.media_url or "file:").scheme
    return "Object storage (S3)" if scheme == "s3" else "Folder on this server"


def gallery_kind(settings: Settings) -> str:
    """Return who can see which gallery."""
    if settings.single_user:
        return "Shared by everyone with access"
    return "One per visitor"
