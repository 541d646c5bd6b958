"""Create page: what you see at the left, what is said and who renders it at the right, and at the
bottom the next step."""

from functools import partial

import streamlit as st

from components.catalogue.model_picker import chosen_model, pick_model, with_fitting_model
from components.portraits.crop_picker import with_crop
from components.projects.bar import Bar
from components.projects.last_problem import PORTRAIT, SPEECH, last_problem
from components.projects.make_panel import make, situation_of
from components.projects.more_settings import more_settings
from components.projects.plan_parts import show_plan
from components.projects.prefetch import prefetch
from components.projects.project_list import title_row
from components.projects.run_quotes import RunQuotes
from components.projects.stage import show_stage
from components.shell import session
from components.shell.project import adopt, keep, open_project
from components.speech.speech_picker import pick_speech, typed

viewer = session.enter()
before = open_project(viewer.workspace)
project = begun = with_crop(viewer.workspace, typed(chosen_model(before)))

title_row(viewer.workspace, project)
bar = Bar()
quotes = RunQuotes(viewer.workspace)
reported = last_problem(viewer.workspace, project)
left, right = st.columns([5, 6], gap="small")
with left:
    project, takes = show_stage(
        viewer.workspace, project, reported.get(PORTRAIT), bar.place_for_progress
    )
with right:
    project = pick_speech(viewer.workspace, project, reported.get(SPEECH))
    project = with_fitting_model(project, quotes.table(project))
    project, problems = pick_model(
        project, quotes.table(project), reported, partial(more_settings, viewer.workspace)
    )
project = with_crop(viewer.workspace, project)
keep(viewer.workspace, project)  # what follows may lead to another page
now = situation_of(viewer.workspace, project, takes, problems, quotes)
with right:
    show_plan(now)
project = make(viewer.workspace, now, bar, quotes)

keep(viewer.workspace, project)
if adopt(viewer.workspace) or project != begun:
    # Earlier parts depend on later ones: the frame on the model's settings.
    st.rerun()
prefetch(viewer.workspace, project)
