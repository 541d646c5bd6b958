"""The bar at the bottom of Create: one sentence, and the next step as its only primary button."""

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.exports.download_button import download_button
from components.projects.add_key import ask_for_key
from components.projects.confirm_render import ask_to_render
from components.projects.draft_order import ask_for_draft
from components.shell import session
from components.shell.notices import plain
from components.speech.voice_over_button import quote_voice_over, voice_over_button
from components.videos.video_dialogs import EXPORT, ask
from talkinghead.projects.steps.next_step import Step
from talkinghead.projects.steps.situation import NO_VOICE_OVER, Situation
from talkinghead.workspace import Workspace

KEY = "create_bar"
Kind = Literal["primary", "secondary"]


class Bar:
    """The bar's place on the page, which is there before what it says is known.

    Attributes:
        below: the place for what is shown below its sentence and buttons.
        follows: whether the stage writes the sentence, on the progress of what it shows.
    """

    def __init__(self) -> None:
        with st.bottom, st.container(key=KEY, border=True, gap="xsmall"):
            with st.container(
                horizontal=True,
                vertical_alignment="center",
                horizontal_alignment="distribute",
                gap="xsmall",
            ):
                with st.container(width="content", gap=None, key="create_sentence"):
                    self._sentence, self._progress = st.empty(), st.container(gap=None)
                self._buttons = st.container(
                    horizontal=True, vertical_alignment="center", gap="small", width="content"
                )
            self.below: DeltaGenerator = st.container(gap=None)
        self.follows = False

    def place_for_progress(self) -> DeltaGenerator:
        """Return the place of a sentence on the progress of what the stage shows, for the fragment
        that writes it; called within that fragment."""
        self.follows = True
        return self._progress.empty()

    def announce(self, text: str) -> None:
        """Show a sentence in place of the one before."""
        self._sentence.markdown(plain(text))

    def warn(self, text: str) -> None:
        """Show why something cannot be done, likewise."""
        self._sentence.markdown(f":red[:material/error: {plain(text)}]")

    def show_buttons(self, workspace: Workspace, now: Situation) -> None:
        """Show the buttons of a project's situation."""
        with self._buttons:
            if now.step is Step.DONE:
                _buttons_of_video(workspace, now)
            else:
                _draft_button(now)
                if not _voice_over_button(workspace, now):
                    _render_button(now)


def _draft_button(now: Situation) -> None:
    kind: Kind = "primary" if now.draft_comes_first and not _only_render(now) else "secondary"
    label = "Make free draft"
    if now.takes.draft is not None and now.render_comes_next:
        label = "Redo draft"
    elif now.step is Step.FAILED and now.draft_comes_first:
        label = "Try again"
    st.button(
        label,
        key="create_draft",
        icon=":material/movie_edit:",
        type=kind,
        on_click=ask_for_draft,
    )


def _only_render(now: Situation) -> bool:
    """Whether it can be rendered, but not drafted."""
    return now.may_render and not now.may_draft


def _voice_over_button(workspace: Workspace, now: Situation) -> bool:
    """Show the button of the voice-over where it is what comes before a render; returns whether it
    is there."""
    if now.render_refusal != NO_VOICE_OVER:
        return False
    quoted = quote_voice_over(workspace, now.project)
    if quoted is None:
        return False
    kind: Kind = "primary" if now.render_comes_next else "secondary"
    voice_over_button(now.project, quoted, key="create_bar_speech", kind=kind)
    return True


def _render_button(now: Situation) -> None:
    next_one = now.render_comes_next or (now.step is not Step.RENDERING and _only_render(now))
    kind: Kind = "primary" if next_one and (now.may_render or not now.has_key) else "secondary"
    if not now.has_key:
        st.button(
            "Add key",
            key="create_add_key",
            icon=":material/key:",
            type=kind,
            on_click=ask_for_key,
        )
        return
    failed = now.step is Step.FAILED and now.render_comes_next
    verb = "Try again" if failed else "Render"
    st.button(
        plain(f"{verb}{now.price}"),
        key="create_paid",
        icon=":material/auto_awesome:",
        type=kind,
        disabled=not now.may_render,
        on_click=ask_to_render,
    )


def _buttons_of_video(workspace: Workspace, now: Situation) -> None:
    job = now.takes.ended
    if job is None or job.video_id is None:
        return
    video_id = job.video_id
    if st.button("Export", key="create_versions", icon=":material/ios_share:"):
        _export(video_id)
    download(workspace, video_id, kind="primary")


def _export(video_id: str) -> None:
    """Open the video's page with the form for exports."""
    ask(EXPORT, video_id)
    session.open_page("gallery", video=video_id)


def download(workspace: Workspace, video_id: str, *, kind: Literal["primary", "tertiary"]) -> None:
    """Show the button that downloads a video; nothing where the video is gone."""
    asked = "create_export_asked"
    if st.session_state.pop(asked, False):  # a page is opened by a run, not by a callback
        _export(video_id)
    download_button(
        workspace,
        video_id,
        key="create_download",
        kind=kind,
        offer=lambda: st.session_state.update({asked: True}),
    )
