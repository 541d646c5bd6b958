"""Panels for API keys: which key pays, and a form to enter, check and remove a personal key. The
key itself is never shown."""

import streamlit as st

from components.shell.notices import plain, problem
from components.ui.fact_table import facts
from components.ui.quote_facts import show_left
from talkinghead.billing.credentials import KeyCheck, KeyStatus
from talkinghead.core.errors import StudioError
from talkinghead.workspace import Workspace

TYPED, PROBLEM, CHECKED = "settings_key", "settings_key_problem", "settings_key_check"
KEYS_PAGE = "https://fal.ai/dashboard/keys"


def key_panel(workspace: Workspace) -> None:
    """Show two panels: the status of the key that pays for renders, and the form for a personal
    key."""
    status = workspace.billing.key_status()
    with st.grid(2, min_column_width=340, gap="small"):
        with st.container(border=True, key="key_status", height="stretch"):
            _status(workspace, status)
        with st.container(border=True, key="own_key", height="stretch"):
            own_key_form(workspace, status)


def _status(workspace: Workspace, status: KeyStatus) -> None:
    match status.source:
        case "session":
            st.badge(f"Your own key · {status.account}", icon=":material/key:", color="green")
        case "operator":
            st.badge("The studio's key", icon=":material/key:", color="green")
        case _:
            st.badge("No key", icon=":material/key_off:", color="gray")
    st.markdown(plain(status.text))
    if status.source is None:
        return
    with st.container(horizontal=True, gap="small"):
        if st.button("Check key", key="check_key", icon=":material/verified_user:"):
            with st.spinner("Checking with fal.ai"):
                st.session_state[CHECKED] = workspace.billing.check_key()
        if status.source == "session":
            st.button(
                "Remove key",
                key="forget_key",
                icon=":material/key_off:",
                on_click=_forget,
                args=(workspace,),
            )
    if check := st.session_state.get(CHECKED):
        _verdict(check)
    _balance(workspace)


def _verdict(check: KeyCheck) -> None:
    icon, color = {
        True: ("check_circle", "green"),
        False: ("error", "red"),
        None: ("help", "orange"),
    }[check.ok]
    with st.container(key="key_check"):
        st.markdown(f":{color}[:material/{icon}: {plain(check.text)}]")


def _balance(workspace: Workspace) -> None:
    """Show the account balance if the key may read it. Requested last because it can be slow."""
    with st.container(key="balance"), st.spinner("Loading balance"):
        balance = workspace.billing.balance()
        if balance is not None:
            facts([("Balance at fal.ai", show_left(balance))])


def own_key_form(workspace: Workspace, status: KeyStatus) -> None:
    st.markdown("**Use your own key**")
    with st.form("own_key_form", clear_on_submit=True, border=False):
        st.text_input(
            "Your fal.ai key",
            key=TYPED,
            type="password",
            autocomplete="off",
            placeholder="Paste your key",
            max_chars=300,
        )
        st.form_submit_button(
            "Use another key" if status.source == "session" else "Use this key",
            key="use_key",
            icon=":material/key:",
            on_click=_use,
            args=(workspace,),
        )
    if text := st.session_state.pop(PROBLEM, None):
        problem(text)
    st.caption(
        "For this browser tab only: held in this server's memory, never saved or shown again. A "
        "reload keeps it; other tabs and other people can't use it. It is forgotten when you "
        "remove it, when the server restarts, or 30 minutes after you close the tab, once the "
        "renders you ordered have finished."
    )
    st.markdown(f"[Get a fal.ai key]({KEYS_PAGE})")


def _use(workspace: Workspace) -> None:
    """Clear the input field at once, so that only the studio holds the key."""
    typed = str(st.session_state.get(TYPED) or "").strip()
    st.session_state[TYPED] = ""
    st.session_state.pop(CHECKED, None)
    if not typed:
        st.session_state[PROBLEM] = "Paste a key first."
        return
    try:
        workspace.billing.enter_key(typed)
    except StudioError as error:
        st.session_state[PROBLEM] = str(error)
        return
    st.toast("Renders in this tab are now billed to your key.", icon=":material/key:")


def _forget(workspace: Workspace) -> None:
    workspace.billing.remove_key()
    st.session_state.pop(CHECKED, None)
    st.toast("Key removed.", icon=":material/key_off:")
