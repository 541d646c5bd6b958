"""Create page: portrait, speech, model, price, render, result."""

import streamlit as st

from components.catalogue.model_picker import chosen_model, pick_model
from components.portraits.portrait_picker import pick_portrait
from components.projects.last_problem import PORTRAIT, SPEECH, last_problem
from components.projects.make_panel import make
from components.projects.prefetch import prefetch
from components.projects.result_panel import show_result
from components.projects.run_quotes import RunQuotes
from components.shell import session
from components.shell.conflicts import parameter_conflicts, show_conflicts
from components.shell.notices import step
from components.shell.project import adopt, begin_new, keep, open_project
from components.speech.speech_picker import pick_speech
from components.ui.parameter_form import parameter_form

viewer = session.enter()
before = open_project(viewer.workspace)
project = chosen_model(before)

with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    st.title("Make a portrait speak", anchor=False, width="content")
    if project.portrait or project.speech:
        st.button(
            "Start over",
            key="start_over",
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=begin_new,
        )

quotes = RunQuotes(viewer.workspace)
reported = last_problem(viewer.workspace, project)
left, right = st.columns(2, gap="medium")
with left:
    project = pick_portrait(viewer.workspace, project, reported.get(PORTRAIT))
with right:
    project = pick_speech(viewer.workspace, project, quotes.estimate, reported.get(SPEECH))

pick_model(project, quotes.table(project), quotes.quote(project).quote)

left, right = st.columns(2, gap="medium")
with left, st.container(border=True, key="create_parameters"):
    step(4, f"Settings of {project.model.title}", done=False)
    chosen, problems = parameter_form(
        project.model,
        project.parameters_of(project.model),
        project.speech_or_example,
        shown_elsewhere=[project.model.voice_field or ""],
        reported=reported,
    )
    project = project.with_parameters(project.model, chosen)
    show_conflicts(project, *parameter_conflicts(project))
keep(viewer.workspace, project)  # what follows may lead to another page
with left:
    project = make(viewer.workspace, project, problems, quotes)
with right:
    project = show_result(viewer.workspace, project)

keep(viewer.workspace, project)
if adopt(viewer.workspace) or project != before:
    # Earlier steps depend on later ones: the frame on the resolution, the voices on the model.
    st.rerun()
prefetch(viewer.workspace, project)
