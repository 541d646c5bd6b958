"""The texts that belong beside a labeled video, to be copied."""

import streamlit as st

from talkinghead.exports.values import LabelTexts


def show_label_texts(texts: LabelTexts) -> None:
    """Show the sentence for the page and the alternative text, each with a button that copies
    it."""
    st.caption("Sentence for the page")
    st.code(texts.sentence, language=None, wrap_lines=True)
    st.caption("Alt text")
    st.code(texts.alt, language=None, wrap_lines=True)
