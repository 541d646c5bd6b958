"""The receipt of a video: a few facts, what platforms ask, and both files to download."""

from collections.abc import Callable

import streamlit as st

from components.shell.notices import code, plain, problem
from components.ui.datetimes import show_day
from talkinghead.core.errors import StudioError
from talkinghead.receipts.json_values import receipt_json
from talkinghead.receipts.page import receipt_page
from talkinghead.receipts.values import Receipt
from talkinghead.workspace import Workspace


def receipt_dialog(workspace: Workspace, video_id: str, *, on_dismiss: Callable[[], None]) -> None:
    """Open the dialog.

    Args:
        workspace: whose.
        video_id: of the video or version.
        on_dismiss: called when it is closed.
    """

    @st.dialog("Receipt", icon=":material/receipt_long:", on_dismiss=on_dismiss)
    def shown() -> None:
        try:
            receipt = workspace.receipts.find(video_id)
        except StudioError as error:
            problem(str(error))
            return
        _downloads(receipt)
        st.markdown("**Where you publish it**")
        for box in receipt.boxes:
            line = f"**{plain(box.platform)}** · {plain(box.where)}: **{plain(box.tick)}**"
            st.markdown(f"{line}  \n{code(box.field)}" if box.field else line)
        days = sorted(box.known_on for box in receipt.boxes)
        known = f"Known {show_day(days[0])} to {show_day(days[-1])}"
        st.caption(plain(f"{known}; check before you publish. The page has the date of each."))

    shown()


def _downloads(receipt: Receipt) -> None:
    st.markdown(
        "Who ordered it and when, the portrait's hash and consent, model, request IDs, prices, "
        "and the hash of every file from the portrait to this video."
    )
    name = f"receipt-{receipt.video_id[:8]}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Page to print",
            data=lambda: receipt_page(receipt),
            file_name=f"{name}.html",
            mime="text/html",
            key="receipt_page",
            icon=":material/print:",
            type="primary",
            on_click="ignore",
        )
        st.download_button(
            "JSON",
            data=lambda: receipt_json(receipt),
            file_name=f"{name}.json",
            mime="application/json",
            key="receipt_json",
            icon=":material/data_object:",
            on_click="ignore",
        )
