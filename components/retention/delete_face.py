"""Deletes everything of one portrait: a list of what goes before, and a receipt after."""

import json
from collections.abc import Callable

import streamlit as st

from components.shell.notices import plain
from talkinghead.core.errors import StudioError
from talkinghead.retention.values import FaceContents, FaceReceipt
from talkinghead.retention.wording import contents_lines, receipt_lines, receipt_values
from talkinghead.workspace import Workspace

ASKED, RECEIPT, PROBLEM = "delete_face_asked", "delete_face_receipt", "delete_face_problem"


def delete_face_button(portrait: str, *, key: str) -> None:
    """Show the button that opens the question.

    Args:
        portrait: its reference.
        key: of the button.
    """
    st.button(
        "Delete this face",
        key=key,
        icon=":material/delete_forever:",
        type="tertiary",
        on_click=_ask,
        args=(portrait,),
        help="Deletes the portrait and everything made with it.",
    )


def delete_face_dialog(workspace: Workspace, forget: Callable[[], None]) -> None:
    """Show the open question or the receipt, if any.

    Args:
        workspace: whose.
        forget: takes the portrait off the page, right after it was deleted.
    """
    receipt: FaceReceipt | None = st.session_state.get(RECEIPT)
    if receipt is not None:
        _show_receipt(receipt)
        return
    portrait: str | None = st.session_state.get(ASKED)
    if portrait is None:
        return
    try:
        contents = workspace.retention.face(portrait)
    except StudioError as error:
        _close()
        st.toast(plain(str(error)), icon=":material/error:")
        return
    _question(workspace, portrait, contents, forget)


def _ask(portrait: str) -> None:
    st.session_state[ASKED] = portrait


def _close() -> None:
    st.session_state.pop(ASKED, None)
    st.session_state.pop(PROBLEM, None)


def _forget_receipt() -> None:
    st.session_state.pop(RECEIPT, None)


def _question(
    workspace: Workspace, portrait: str, contents: FaceContents, forget: Callable[[], None]
) -> None:
    @st.dialog("Delete this face?", icon=":material/delete_forever:", on_dismiss=_close)
    def question() -> None:
        st.markdown("This is deleted permanently and can't be undone:")
        st.markdown("\n".join(f"- {plain(line)}" for line in contents_lines(contents)))
        st.caption("Billing records are kept without the portrait or any words.")
        if text := st.session_state.pop(PROBLEM, None):
            st.error(plain(text), icon=":material/error:")
        with st.container(horizontal=True, gap="small"):
            if st.button(
                "Delete this face",
                key="delete_face_agree",
                type="primary",
                icon=":material/delete_forever:",
            ):
                if _delete(workspace, portrait):
                    forget()
                st.rerun()
            if st.button("Cancel", key="delete_face_keep"):
                _close()
                st.rerun()

    question()


def _delete(workspace: Workspace, portrait: str) -> bool:
    try:
        with st.spinner("Deleting here and at fal.ai"):
            receipt = workspace.retention.delete_face(portrait)
    except StudioError as error:
        st.session_state[PROBLEM] = str(error)
        return False
    _close()
    st.session_state[RECEIPT] = receipt
    return True


def _show_receipt(receipt: FaceReceipt) -> None:
    title = "Face deleted" if not receipt.left else "Face deleted, with exceptions"

    @st.dialog(title, icon=":material/receipt_long:", on_dismiss=_forget_receipt)
    def shown() -> None:
        st.markdown("\n".join(f"- {plain(line)}" for line in receipt_lines(receipt)))
        if receipt.left:
            st.markdown("**Couldn't be deleted**")
            lines = (f"- {plain(each.what)}: {plain(each.why)}" for each in receipt.left)
            st.markdown("\n".join(lines))
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "Download receipt",
                data=lambda: json.dumps(receipt_values(receipt), indent=2, ensure_ascii=False),
                file_name="deletion-receipt.json",
                mime="application/json",
                key="delete_face_receipt_file",
                icon=":material/download:",
                on_click="ignore",
            )
            if st.button("Done", key="delete_face_done", type="primary"):
                _forget_receipt()
                st.rerun()

    shown()
