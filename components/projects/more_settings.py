"""What the settings on Create hold besides those of the model: its voice, the draft's settings, and
the comparison."""

import streamlit as st

from components.comparisons.compare_panel import compare_panel
from components.projects.make_panel import what_is_missing
from components.speech.model_voice import pick_model_voice
from components.ui.parameter_form import one_parameter
from talkinghead.catalogue import DRAFT_SETTINGS, DraftInput
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace


def more_settings(workspace: Workspace, project: Project) -> Project:
    """Show them; returns the project with what is chosen now."""
    project = pick_model_voice(workspace, project)
    chosen = project.parameters_of(DraftInput)
    with st.expander("Draft settings", icon=":material/tune:", key="create_draft_settings"):
        shown = {name: one_parameter(DraftInput, name, chosen) for name in DRAFT_SETTINGS}
    project = project.with_parameters(DraftInput, chosen | shown)
    compare_panel(workspace, project, list(what_is_missing(workspace, project)))
    return project
