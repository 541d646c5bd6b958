"""The captions of an opened video: read and played from, created, edited, downloaded."""

from collections.abc import Callable

import streamlit as st

from components.captions.caption_editor import caption_editor
from components.captions.caption_lines import caption_lines
from components.shell.notices import hint, plain
from components.ui.blind_label import title_with_letter
from components.ui.last_refusal import refuse
from talkinghead.captions.service import VideoCaptions
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.videos.values import BlindEntry
from talkinghead.workspace import Workspace

POLL_EVERY = 0.5  # seconds
SOURCES = {
    "engine": "Timed from the voice.",
    "voice": "Timed from the voice.",
    "aligned": "Timed from the audio.",
}
GUESSED = "Times are estimated. Play the video and check them."
SCRIPT = "caption_script"
EDITING = "caption_editing"
"""The key of the video whose captions are being edited."""


def caption_panel(
    workspace: Workspace,
    video: Video,
    player: str,
    *,
    on_open: Callable[[str], None],
    blind: BlindEntry | None = None,
) -> None:
    """Show the captions of a video; the first look creates them where the words are known.

    Args:
        workspace: whose video it is.
        video: which.
        player: the key of the container in which it plays.
        on_open: opens a video by its id: captions are edited in the original.
        blind: what hides its model; then it is not said how the times were found either.
    """
    captions = workspace.captions.find(video.id)
    editing = st.session_state.get(EDITING) == video.id and captions is not None
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.header("Captions", anchor=False, width="content")
        if captions is not None:
            with st.container(horizontal=True, width="content", gap="small"):
                _downloads(workspace, video, blind)
                _edit_button(video, on_open, editing=editing)
    if captions is None:
        _create(workspace, video)
    elif editing:
        _edit(workspace, video, captions)
    else:
        caption_lines(captions.cues, key="caption_lines", player=player)
        _source(captions, blind)


def _edit_button(video: Video, on_open: Callable[[str], None], *, editing: bool) -> None:
    st.button(
        "Done" if editing else "Edit",
        key="captions_done" if editing else "captions_edit",
        icon=":material/check:" if editing else ":material/edit:",
        type="tertiary",
        on_click=_toggle,
        args=(video, on_open),
    )


def _toggle(video: Video, on_open: Callable[[str], None]) -> None:
    if st.session_state.pop(EDITING, None) == video.id:
        return
    st.session_state[EDITING] = video.made_from or video.id
    if video.made_from:
        on_open(video.made_from)


def _source(captions: VideoCaptions, blind: BlindEntry | None) -> None:
    """Say how the times were found."""
    if captions.source not in SOURCES:
        hint(GUESSED)
    elif blind is None:
        st.caption(SOURCES[captions.source])


def _edit(workspace: Workspace, video: Video, captions: VideoCaptions) -> None:
    caption_editor(workspace, video, captions)
    if not workspace.captions.spoken_script(video.id):
        st.button(
            "Replace transcript",
            key="captions_replace",
            type="tertiary",
            icon=":material/edit_note:",
            on_click=_ask_again,
            args=(workspace, video.id, " ".join(word.text for word in captions.words)),
        )


def _create(workspace: Workspace, video: Video) -> None:
    """Show the progress of caption generation, or the form for the words."""
    if video.made_from is not None:
        st.caption("Add captions to the original.")
        return
    if follow_writing(workspace, video):
        return
    writing = workspace.captions.progress(video.id)
    if writing is not None and writing.problem is not None:
        st.error(plain(writing.problem), icon=":material/error:")
    _ask_for_words(workspace, video, workspace.captions.spoken_script(video.id))


def follow_writing(workspace: Workspace, video: Video) -> bool:
    """Show the progress of caption generation, which starts by itself if the words are known;
    returns False if there is none."""
    writing = workspace.captions.progress(video.id)
    script = workspace.captions.spoken_script(video.id)
    if writing is None and script:
        begin(workspace, video.id, script)
        writing = workspace.captions.progress(video.id)
    if writing is None or writing.problem is not None:
        return False
    st.fragment(_follow, run_every=POLL_EVERY)(workspace, video)
    return True


def begin(workspace: Workspace, video_id: str, script: str) -> None:
    """Start generating captions; a refusal is stored to be shown by the next run."""
    try:
        workspace.captions.begin(video_id, script)
    except StudioError as error:
        refuse(error)


def _follow(workspace: Workspace, video: Video) -> None:
    """Rerun the page once generation has succeeded or failed."""
    writing = workspace.captions.progress(video.id)
    if writing is None or writing.problem is not None:
        st.rerun()
    st.progress(writing.fraction, text="Timing each word")
    st.caption("You can leave this page.")


def _ask_for_words(workspace: Workspace, video: Video, script: str) -> None:
    st.markdown("Add a transcript to create captions.")
    key = f"{SCRIPT} {video.id}"
    with st.container(key=SCRIPT):
        st.text_area(
            "Transcript", script, key=key, height=140, placeholder="Good morning everyone, …"
        )
    st.button(
        "Create captions",
        key="write_captions",
        icon=":material/subtitles:",
        on_click=_begin_with,
        args=(workspace, video.id, key),
    )


def _begin_with(workspace: Workspace, video_id: str, key: str) -> None:
    begin(workspace, video_id, str(st.session_state.get(key) or ""))


def _ask_again(workspace: Workspace, video_id: str, words: str) -> None:
    """Go back to the form for the words, filled with the text of the current captions."""
    try:
        workspace.captions.forget(video_id)
    except StudioError as error:
        refuse(error)
        return
    st.session_state.pop(EDITING, None)
    st.session_state[f"{SCRIPT} {video_id}"] = words


def _downloads(workspace: Workspace, video: Video, blind: BlindEntry | None) -> None:
    with st.popover("Subtitles", icon=":material/download:", type="tertiary", key="subtitles"):
        for kind, used_for in (("srt", "for social platforms and editors"), ("vtt", "for the web")):
            st.download_button(
                f"{kind.upper()} {used_for}",
                data=lambda kind=kind: workspace.captions.subtitles(video.id, kind),  # type: ignore[misc]
                file_name=workspace.downloads.file_name(
                    video.id, kind, title=title_with_letter(video.title, blind) if blind else None
                ),
                mime="text/vtt" if kind == "vtt" else "application/x-subrip",
                key=f"download_{kind}",
                type="tertiary",
                on_click="ignore",
            )
