"""Form for exports of a video: shapes, captions and the label, each version shown on a frame of it.
One click exports all of them."""

import streamlit as st

from components.captions.caption_panel import follow_writing
from components.consent.question import consent_in_click, consent_question
from components.exports.download_button import original_button
from components.exports.export_previews import export_previews
from components.exports.label_picker import chosen_label, label_picker
from components.exports.label_texts import show_label_texts
from components.exports.shape_picker import (
    WantedShapes,
    chosen_shapes,
    settle_shapes,
    shape_picker,
)
from components.exports.style_picker import chosen_styles, style_picker
from components.exports.version_progress import wait_for
from components.shell.notices import plain
from components.ui.last_refusal import show_refusal
from talkinghead.core.errors import StudioError
from talkinghead.exports.values import LabelChoice, WantedVersion
from talkinghead.jobs.job import Video
from talkinghead.workspace import Workspace

ORDERED = "export_ordered"
"""The key that says that the click before this run ordered exports."""
REFUSED = "export_refused"
"""The key of what was refused, and why: it is shown until something of it changes, also while
previews draw the page again."""


def export_form(workspace: Workspace, video: Video, file_title: str | None = None) -> bool:
    """Show the form; returns whether exports were ordered.

    Args:
        workspace: whose video it is.
        video: the original.
        file_title: in place of the video's own in the name of the original's file.
    """
    if st.session_state.pop(ORDERED, False):
        return True
    language = workspace.exports.label_language(video.id)
    left, right = st.columns([6, 5], gap="medium")
    with left:
        shapes = shape_picker(video)
        captioned = workspace.captions.find(video.id) is not None
        writing = not captioned and follow_writing(workspace, video)
        styles = [] if writing else style_picker(video.id, captioned=captioned)
        label = label_picker(video.id, language)
    wanted = versions(shapes, styles)
    drawn = label if isinstance(label, LabelChoice) else None
    with right:
        export_previews(workspace, video, wanted, drawn)
        texts = workspace.exports.label_texts(video.id, drawn) if drawn else None
        if texts is not None:
            with st.expander("Text for your page", type="compact"):
                show_label_texts(texts)
    consent_question(workspace, _unconsented(workspace, video))
    show_refusal()
    refused = st.session_state.get(REFUSED)
    if refused is not None and refused[0] == (video.id, wanted, label):
        st.error(plain(refused[1]), icon=":material/error:")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _button(workspace, video, len(wanted), captioned=captioned, language=language)
        original_button(workspace, video, file_title)
    return False


def versions(shapes: WantedShapes, styles: list[str]) -> list[WantedVersion]:
    """Return every shape in every style; without captions if there are no styles."""
    burned: list[str | None] = [*styles] or [None]
    return [shapes.version(shape, style) for shape in shapes.shapes for style in burned]


def _button(
    workspace: Workspace, video: Video, count: int, *, captioned: bool, language: str
) -> None:
    many = "Export" if not count else f"Export {count} version{'s' if count > 1 else ''}"
    st.button(
        many,
        key="make_version",
        type="primary",
        on_click=_order,
        args=(workspace, video, language),
        kwargs={"captioned": captioned},
    )
    with st.container(width="stretch"):
        st.caption("Free. The original doesn't change.")


def _unconsented(workspace: Workspace, video: Video) -> list[str]:
    """Return the portraits of a video of which nobody has said yet who is in them."""
    return workspace.consent.missing(video.endpoint_id, video.arguments)


def _order(workspace: Workspace, video: Video, language: str, *, captioned: bool) -> None:
    """Order the exports. A click can arrive together with a choice not drawn yet: the choice
    counts."""
    video_id = video.id
    settle_shapes(video_id)
    styles = chosen_styles(video_id, captioned=captioned)
    wanted = versions(chosen_shapes(video_id), styles)
    label = chosen_label(video_id, language)
    try:
        if not consent_in_click(workspace, _unconsented(workspace, video)):
            return
        jobs = workspace.exports.order(video_id, wanted, label)
    except StudioError as error:
        st.session_state[REFUSED] = ((video_id, wanted, label), str(error))
        return
    st.session_state.pop(REFUSED, None)
    wait_for(jobs)
    st.session_state[ORDERED] = True
