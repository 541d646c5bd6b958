"""Pictures as HTML, which the browser alone opens."""

import base64
from html import escape

import streamlit as st


def jpeg_address(jpeg: bytes) -> str:
    """Return a small JPEG as a `data:` address, which holds under any path that the app is served
    from."""
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()


def picture(address: str, *, shape: str, marks: str = "", alt: str = "") -> None:
    """Show a picture cut to a shape; of a tall one the upper part, where faces are.

    Args:
        address: of the picture.
        shape: width over height, as CSS writes it: "4 / 3".
        marks: HTML that lies on it.
        alt: its description; empty where the text beside it says the same.
    """
    st.html(
        '<div class="picture" style="position:relative;overflow:hidden;border-radius:8px;'
        f'aspect-ratio:{shape}">'
        f'<img alt="{escape(alt)}" src="{escape(address)}" style="display:block;width:100%;'
        'height:100%;object-fit:cover;object-position:50% 20%">'
        f"{marks}</div>"
    )


def mark(text: str, side: str) -> str:
    """Return the HTML of a short text in a lower corner of a picture, "left" or "right"."""
    return (
        f'<span style="position:absolute;bottom:8px;{side}:8px;padding:1px 7px;border-radius:6px;'
        f'background:rgba(0,0,0,.76);color:#fff;font-size:.8125rem;line-height:1.4">'
        f"{escape(text)}</span>"
    )
