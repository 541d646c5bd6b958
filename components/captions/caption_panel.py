"""The captions tab of an opened video: generate, read, edit, download."""

import streamlit as st

from components.captions.caption_editor import caption_editor
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
    "engine": "Each word has the time that the voice itself gave it.",
    "voice": "Each word has the time that the voice itself gave it.",
    "aligned": "Each word was found in the sound.",
}
GUESSED = "The words were spread between the pauses: play the video once and check the times."
SCRIPT = "caption_script"


def caption_panel(workspace: Workspace, video: Video, blind: BlindEntry | None = None) -> None:
    """Show the captions of a video; the first look has them written where the words are known.

    Args:
        workspace: whose video it is.
        video: which.
        blind: what hides its model; then it is not said how the times were found either.
    """
    captions = _written(workspace, video)
    if captions is None:
        return
    if video.made_from is not None:
        st.caption("These are the captions of the original; open it to correct them.")
    elif captions.source in SOURCES:
        if blind is None:
            st.caption(SOURCES[captions.source])
    else:
        hint(GUESSED)
    if video.made_from is None:
        caption_editor(workspace, video, captions)
    with st.container(horizontal=True, gap="small"):
        _downloads(workspace, video, blind)
        if video.made_from is None and not workspace.captions.spoken_script(video.id):
            st.button(
                "Replace transcript",
                key="captions_replace",
                type="tertiary",
                icon=":material/edit_note:",
                help="Start from different text. Words are timed again; corrections are lost.",
                on_click=_ask_again,
                args=(workspace, video.id, " ".join(word.text for word in captions.words)),
            )


def _written(workspace: Workspace, video: Video) -> VideoCaptions | None:
    """Return the captions of a video; while there are none, show the progress or the form for the
    words."""
    captions = workspace.captions.find(video.id)
    if captions is not None or follow_writing(workspace, video):
        return captions
    writing = workspace.captions.progress(video.id)
    if writing is not None and writing.problem is not None:
        st.error(plain(writing.problem), icon=":material/error:")
    _ask_for_words(workspace, video, workspace.captions.spoken_script(video.id))
    return None


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
    st.progress(writing.fraction, text="Finding each word in the sound")
    st.caption("You can leave this page; it goes on.")


def _ask_for_words(workspace: Workspace, video: Video, script: str) -> None:
    st.markdown("Write down what is said in this video, and each word gets its time.")
    key = f"{SCRIPT} {video.id}"
    with st.container(key=SCRIPT):
        st.text_area(
            "What is said", script, key=key, height=140, placeholder="Good morning everyone, …"
        )
    st.button(
        "Write the captions",
        key="write_captions",
        type="primary",
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
    st.session_state[f"{SCRIPT} {video_id}"] = words


def _downloads(workspace: Workspace, video: Video, blind: BlindEntry | None) -> None:
    for kind, used_for in (("srt", "social platforms and editors"), ("vtt", "web pages")):
        st.download_button(
            f"Download {kind.upper()}",
            data=lambda kind=kind: workspace.captions.subtitles(video.id, kind),  # type: ignore[misc]
            file_name=workspace.downloads.file_name(
                video.id, kind, title=title_with_letter(video.title, blind) if blind else None
            ),
            mime="text/vtt" if kind == "vtt" else "application/x-subrip",
            key=f"download_{kind}",
            icon=":material/download:",
            help=f"A subtitle file for {used_for}.",
            on_click="ignore",
        )
