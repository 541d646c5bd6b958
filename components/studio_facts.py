"""What a studio runs on and what it allows, without a secret."""

from urllib.parse import urlsplit

import streamlit as st

from components.notices import plain
from talkinghead.models import MODELS
from talkinghead.money import show_seconds
from talkinghead.settings import Settings


def studio_facts(settings: Settings) -> None:
    """Two panels: where things are kept, and the limits."""
    with st.container(border=True, key="studio_facts"):
        _table(
            ("Database", database_kind(settings)),
            ("Files", storage_kind(settings)),
            ("Galleries", gallery_kind(settings)),
            ("Deleted videos", "can be brought back for a day, then they are gone for good"),
        )
    st.subheader("Limits", anchor=False)
    with st.container(border=True, key="limits"):
        _table(
            ("Script", "up to 5,000 characters"),
            ("Drafts at a time", "one; the others wait in line"),
            *(
                (model.title, f"videos up to {show_seconds(model.longest_seconds)}")
                for model in MODELS
                if model.longest_seconds is not None
            ),
        )


def database_kind(settings: Settings) -> str:
    """SQLite or PostgreSQL; never its address."""
    if settings.database_url is None or settings.database_url.startswith("sqlite"):
        return "SQLite, on this machine"
    return "PostgreSQL"


def storage_kind(settings: Settings) -> str:
    """A folder or a bucket; never its address."""
    scheme = urlsplit(settings.media_url or "file:").scheme
    return "object storage (S3)" if scheme == "s3" else "a folder on this machine"


def gallery_kind(settings: Settings) -> str:
    """Who sees what."""
    if settings.single_user:
        return "one, shared by everybody who reaches this page"
    return "one for each visitor"


def _table(*rows: tuple[str, str]) -> None:
    body = "\n".join(f"| :gray[{plain(name)}] | {plain(value)} |" for name, value in rows)
    st.markdown(f"| | |\n|---|---|\n{body}")
