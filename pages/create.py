"""Portrait, speech, model, price, render, watch."""

import streamlit as st

from components.catalogue.model_picker import chosen_model, pick_model
from components.portraits.portrait_picker import pick_portrait
from components.projects.last_problem import PORTRAIT, SPEECH, last_problem
from components.projects.make_panel import make
from components.projects.prefetch import warm
from components.projects.result_panel import show_result
from components.shell import session
from components.shell.notices import step
from components.shell.project import begin_anew, keep, open_project
from components.speech.speech_picker import pick_speech
from components.ui.parameter_form import parameter_form

viewer = session.enter()
before = open_project(viewer.workspace)
composition = chosen_model(before)

with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    st.title("Make a portrait speak", anchor=False, width="content")
    if composition.portrait or composition.speech:
        st.button(
            "Start over",
            key="start_over",
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=begin_anew,
        )

told = last_problem(viewer.workspace, composition)
left, right = st.columns(2, gap="medium")
with left:
    composition = pick_portrait(viewer.workspace, composition, told.get(PORTRAIT))
with right:
    composition = pick_speech(viewer.workspace, composition, told.get(SPEECH))

pick_model(viewer.workspace, composition)

left, right = st.columns(2, gap="medium")
with left, st.container(border=True, key="create_parameters"):
    step(4, f"Settings of {composition.model.title}", done=False)
    chosen, problems = parameter_form(
        composition.model,
        composition.parameters_of(composition.model),
        composition.speech_or_example,
        shown_elsewhere=[composition.model.voice_field or ""],
        told=told,
    )
    composition = composition.with_parameters(composition.model, chosen)
keep(viewer.workspace, composition)  # what follows may lead to another page
with left:
    composition = make(viewer.workspace, composition, problems)
with right:
    composition = show_result(viewer.workspace, composition)

keep(viewer.workspace, composition)
if composition != before:
    # Earlier steps depend on later ones: the frame on the resolution, the voices on the model.
    st.rerun()
warm(viewer.workspace, composition)
