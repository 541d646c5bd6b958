"""The title of the Create page: that of its project."""

import streamlit as st

from components.projects.project_list import projects_menu, start_over, undo_line
from components.shell.notices import plain
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace


def title_row(workspace: Workspace, project: Project) -> None:
    """Show the title, and beside it the way to other projects and to a new one."""
    is_empty = not (project.portrait or project.speech)
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="create_title",
    ):
        st.title(plain(project.title) or "New video", anchor=False, width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            projects_menu(workspace, is_empty=is_empty)
            if not is_empty:
                st.button(
                    "Start over",
                    key="start_over",
                    icon=":material/restart_alt:",
                    type="tertiary",
                    on_click=start_over,
                )
    undo_line(workspace, is_empty=is_empty)
