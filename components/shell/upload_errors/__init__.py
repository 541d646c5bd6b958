"""Invisible component: says in a sentence why an upload failed.

An upload that a proxy refuses never reaches the studio, and Streamlit shows the words of its HTTP
client ("AxiosError: Request failed with status code 413"), which only the browser can replace.
"""

from pathlib import Path

import streamlit as st

SENTENCES = {
    "too_large": (
        "This file is too large for the server in front of the studio. Choose a smaller one."
    ),
    "failed": (
        "The upload failed: the connection was lost, or the file is too large for the server in "
        "front of the studio. Try again, or choose a smaller file."
    ),
}
_COMPONENT = st.components.v2.component(
    "upload_errors",
    js=(Path(__file__).parent / "upload_errors.js").read_text(encoding="utf-8"),
)


def explain_upload_errors() -> None:
    """Replace the technical words on this page, now and later."""
    _COMPONENT(key="upload_errors", data=SENTENCES)
