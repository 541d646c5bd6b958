"""The title of the Create page: that of its project."""

import streamlit as st

from components.shell.notices import plain
from components.shell.project import begin_new
from talkinghead.projects.values import Project


def title_row(project: Project) -> None:
    """Show the title, and beside it the way to a new project."""
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="create_title",
    ):
        st.title(plain(project.title) or "New video", anchor=False, width="content")
        if project.portrait or project.speech:
            st.button(
                "Start over",
                key="start_over",
                icon=":material/restart_alt:",
                type="tertiary",
                on_click=begin_new,
            )
