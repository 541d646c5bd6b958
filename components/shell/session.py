"""The session: the Studio of this process and the Viewer of this visit.

Every page begins with `enter()`. Streamlit runs a page by itself when the first request after a
start is a deep link to it: `app.py`, and with it the navigation, is skipped. `enter()` closes that
gap: it declares the navigation and starts the run again, this time through `app.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NoReturn

import streamlit as st
from streamlit import runtime
from streamlit.delta_generator_singletons import get_dg_singleton_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.shell import navigation
from components.shell.announcements import announce
from components.shell.atomic_clicks import install_atomic_clicks
from components.shell.calm_errors import install_calm_errors, restore_typed
from components.shell.kept_focus import kept_focus
from components.shell.notices import hint
from components.shell.phone_menu import phone_menu
from components.shell.secrets_file import check_secrets
from components.shell.shortcuts import shortcuts
from components.shell.tab_session import tab_session
from components.shell.unsent_messages import install_unsent_messages
from components.shell.upload_errors import explain_upload_errors
from components.shell.upload_memory import install_upload_limits
from talkinghead.core.settings import Settings
from talkinghead.teams.values import Visit, new_session

if TYPE_CHECKING:
    from streamlit.runtime.context import StreamlitHeaders

    from talkinghead import Studio, Workspace

TOKEN_PARAMETER = "studio"  # noqa: S105  the name in the address, not a secret
REPLACED_ON = "replaced_on"
"""The key of the page on which an unknown link was replaced by a new one."""
TAB, SETTLED = "tab", "tab_settled"
"""The keys of the tab's id, and of the same once the browser has no other one."""
NEW_GALLERY = (
    "We don't know the gallery link you opened, so this is a new gallery. If you have a bookmark, "
    "check that its link is complete."
)

PageName = Literal["create", "compare", "gallery", "jobs", "settings", "verify"]


@dataclass(frozen=True)
class Viewer:
    """The visitor of this page.

    Attributes:
        studio: the Studio of this process.
        workspace: everything that belongs to this visitor, and nothing else.
        settings: what the studio runs on.
        token: the secret in the address that opens this workspace; None where everybody shares one.
        session: the id of the visitor's browser tab, a secret too.
    """

    studio: "Studio"
    workspace: "Workspace"
    settings: Settings
    token: str | None
    session: str = field(repr=False)


install_atomic_clicks()
install_calm_errors()
install_upload_limits()
install_unsent_messages()


def _close(studio: "Studio") -> None:
    studio.close()


@st.cache_resource(show_spinner=False, on_release=_close)
def process_studio() -> "Studio":
    # Imported here: a page's first words need not wait for the core.
    from talkinghead import open_studio

    check_secrets(st.secrets)
    return open_studio()


def enter() -> Viewer:
    """Start a page: every page calls this first. Idempotent and cheap.

    Raises:
        StudioError, DatabaseError: the studio cannot open; the page ends here with the reason.
    """
    if not navigation.declared():
        navigation.navigation()
        st.rerun()
    viewer = _viewer(process_studio())
    viewer.studio.load_ahead()
    restore_typed()
    _say_link_was_replaced()
    with get_dg_singleton_instance().event_dg:  # where it takes no room on the page
        _find_tab(viewer.studio)
        explain_upload_errors()
        announce(viewer.workspace)
        phone_menu()
        kept_focus()
    shortcuts()
    return viewer


def open_page(name: PageName, **query: str) -> NoReturn:
    """Switch to another page, keeping the visitor's token; `query` is put into the new URL."""
    st.switch_page(navigation.page_file(name), query_params=address(**query))


def address(**query: str) -> dict[str, str]:
    """Return the query string of a URL inside the app: the visitor's token, then `query`."""
    token: str | None = st.session_state.get(TOKEN_PARAMETER)
    return {TOKEN_PARAMETER: token, **query} if token else query


def _say_link_was_replaced() -> None:
    """Say that the visitor's link is unknown, as long as they stay on the page it opened."""
    if REPLACED_ON not in st.session_state:
        return
    context = get_script_run_ctx(suppress_warning=True)
    page = context.page_script_hash if context else ""
    if st.session_state[REPLACED_ON] in ("", page):
        st.session_state[REPLACED_ON] = page
        hint(NEW_GALLERY)
    else:
        del st.session_state[REPLACED_ON]


def _viewer(studio: "Studio") -> Viewer:
    token = None if studio.settings.single_user else _token(studio)
    known: Viewer | None = st.session_state.get("viewer")
    session = _session()
    if known is None or (known.studio, known.token, known.session) != (studio, token, session):
        workspace = studio.workspace(token, visit=Visit(session, _client(studio)))
        known = Viewer(studio, workspace, studio.settings, token, session)
        st.session_state["viewer"] = known
    studio.connect(session, *_connection())
    return known


def _client(studio: "Studio") -> str | None:
    return studio.client(st.context.ip_address, forwarded_for(st.context.headers))


def forwarded_for(headers: "StreamlitHeaders") -> str | None:
    """Return the header `X-Forwarded-For`, all lines of it in order: a proxy may add one below a
    line that the visitor made up."""
    return ", ".join(headers.get_all("X-Forwarded-For")) or None


def _session() -> str:
    """Return the id of the visitor's browser tab; a new one until the tab has reported its own."""
    if TAB not in st.session_state:
        st.session_state[TAB] = new_session()
    session: str = st.session_state[TAB]
    return session


@st.fragment
def _find_tab(studio: "Studio") -> None:
    """Continue with the id that the browser tab had before this connection if a key is held under
    it; otherwise the tab takes the id of this connection."""
    session = _session()
    settled = st.session_state.get(SETTLED) == session or studio.holds_key(session)
    reported = tab_session(session, fixed=settled, key="tab_session")
    if settled or reported is None or reported == session:
        return
    if studio.holds_key(reported):
        st.session_state[TAB] = st.session_state[SETTLED] = reported
        st.rerun()
    st.session_state[SETTLED] = session
    if _is_fragment_run():
        st.rerun(scope="fragment")
    # A run of the whole page goes on, for a click that came with it to count; the next run tells
    # the tab.


def _is_fragment_run() -> bool:
    """Whether Streamlit runs fragments alone, and not the whole page with the fragments on it: the
    browser's answers come with either, and only a fragment that runs alone may be run again alone.
    """
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)


def _connection() -> tuple[str, Callable[[], bool]]:
    """Return the name of this visit's connection, and whether it is open when that is asked."""
    context = get_script_run_ctx(suppress_warning=True)
    name = context.session_id if context else ""
    return name, lambda: runtime.exists() and runtime.get_instance().is_active_session(name)


def _token(studio: "Studio") -> str:
    """Return the token from the URL if it was issued here, otherwise this session's, otherwise a
    new one; puts it into the URL."""
    given = st.query_params.get(TOKEN_PARAMETER, "")
    known: str | None = st.session_state.get(TOKEN_PARAMETER)
    if given and given == known:
        return given
    if given and studio.is_issued(given):
        token = given
    else:
        if given:
            st.session_state[REPLACED_ON] = ""
        token = known or studio.new_token()
        st.query_params[TOKEN_PARAMETER] = token
    st.session_state[TOKEN_PARAMETER] = token
    return token
