"""Picker for the label of an export; turning it off asks for a reason."""

from typing import get_args

import streamlit as st

from talkinghead.catalogue.export import Corner, Shown, Wording
from talkinghead.exports.inputs import LONGEST_REASON
from talkinghead.exports.label.wordings import label_languages, label_text
from talkinghead.exports.values import LabelChoice, LabelDecision, NoLabel
from talkinghead.speech.text.language_names import language_name

CORNERS: dict[Corner, str] = {
    "top_right": "Top right",
    "top_left": "Top left",
    "bottom_right": "Bottom right",
    "bottom_left": "Bottom left",
}
SHOWN: dict[Shown, str] = {
    "whole": "Whole video",
    "intervals": "Start, breaks, every 30 s",
}


def label_picker(video_id: str, language: str) -> LabelDecision:
    """Show the picker and return the selection.

    Args:
        video_id: of the original.
        language: of the script, which the label takes unless another one is chosen.
    """
    st.toggle("AI label", value=True, key=_key("on", video_id))
    if st.session_state.get(_key("on", video_id), True):
        _options(video_id, language)
    else:
        st.text_input(
            "Why is there no label?",
            max_chars=LONGEST_REASON,
            key=_key("reason", video_id),
            placeholder="The page that shows it says that it was made with AI.",
            help="Many places require a label. Your reason is kept with the version.",
        )
    return chosen_label(video_id, language)


def chosen_label(video_id: str, language: str) -> LabelDecision:
    """Return the selection from the session, even if the picker was not drawn again yet."""
    state = st.session_state
    if not state.get(_key("on", video_id), True):
        return NoLabel(str(state.get(_key("reason", video_id)) or ""))
    return LabelChoice(
        state.get(_key("wording", video_id)) or "generated",
        state.get(_key("language", video_id)) or language,
        state.get(_key("corner", video_id)) or "top_right",
        state.get(_key("shown", video_id)) or "whole",
    )


def _options(video_id: str, language: str) -> None:
    languages = sorted(label_languages(), key=_language)
    spoken = st.session_state.get(_key("language", video_id)) or language
    left, right = st.columns(2, gap="small")
    left.selectbox(
        "Wording",
        get_args(Wording),
        format_func=lambda wording: label_text(wording, spoken),
        key=_key("wording", video_id),
    )
    right.selectbox(
        "Language",
        languages,
        index=languages.index(language),
        format_func=_language,
        key=_key("language", video_id),
    )
    left, right = st.columns(2, gap="small")  # below one another in this order on a phone
    key = _key("corner", video_id)
    left.selectbox("Position", list(CORNERS), format_func=CORNERS.__getitem__, key=key)
    key = _key("shown", video_id)
    right.selectbox("Shown", list(SHOWN), format_func=SHOWN.__getitem__, key=key)


def _language(code: str) -> str:
    return language_name(code) or code


def _key(what: str, video_id: str) -> str:
    return f"export_label_{what} {video_id}"
