"""Step 3 of Create: the model cards with the price for this speech, and the selected model."""

import math
from collections.abc import Sequence

import streamlit as st

from components.shell.conflicts import show_conflicts
from components.shell.notices import hint, plain, problem, step
from components.shell.project import PREFIX
from components.speech.recording_picker import use_script
from components.ui.quote_facts import price_mark
from talkinghead.billing.values import Quote
from talkinghead.catalogue import ModelInput
from talkinghead.catalogue.forms.priced_model import PricedModel
from talkinghead.projects.values import EXAMPLE_SECONDS, Project

CHOSEN = f"{PREFIX}model_chosen"
MOST_IN_A_ROW = 5


def chosen_model(project: Project) -> Project:
    """Return the project with the model that was just clicked. Called before the list is drawn
    because earlier steps depend on the model."""
    return project.with_(endpoint_id=st.session_state.get(CHOSEN, project.endpoint_id))


def pick_model(project: Project, priced_models: Sequence[PricedModel], quote: Quote) -> None:
    """Show the step. `chosen_model` applies the click in the next run.

    Args:
        project: what is made.
        priced_models: the models to choose from, the project's own among them.
        quote: what the chosen one costs.
    """
    chosen = next(priced for priced in priced_models if priced.model is project.model)
    with st.container(border=True, key="create_model"):
        step(3, "Model", done=project.speech is not None and chosen.takes_speech)
        st.caption(plain(f"{_basis(project)} {price_mark(quote)}"))
        show_conflicts(project, "endpoint_id")
        with st.grid(columns_for(len(priced_models)), min_column_width=208, gap="small"):
            for priced in priced_models:
                _card(project, priced)
        if not chosen.takes_speech:
            _go_on(chosen)


def columns_for(cards: int) -> int:
    """Return the number of columns that makes the rows as even as possible: 5 models in one row, 6
    as 3 + 3."""
    rows = math.ceil(cards / MOST_IN_A_ROW)
    return math.ceil(cards / rows)


def _basis(project: Project) -> str:
    if project.speech is None:
        return f"What {EXAMPLE_SECONDS} seconds cost on each, until there is a speech."
    return "What this very speech costs on each, by the model's own rule."


def _card(project: Project, priced: PricedModel) -> None:
    model, chosen = priced.model, priced.model is project.model
    key = f"create_model_card_{model.endpoint_id}"
    mark = ":gray[:material/radio_button_unchecked:]"
    price = plain(priced.price)
    if chosen:
        mark, price = ":green[:material/radio_button_checked:]", f":green[{price}]"
    with st.container(border=True, key=key, gap="xsmall", height="stretch"):
        st.button(
            f"{mark}\u2002**{model.title}**",
            key=f"create_choose_{model.endpoint_id}",
            type="tertiary",
            on_click=_choose,
            args=(model.endpoint_id,),
        )
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.subheader(price, anchor=False, width="content")
            color = "gray" if priced.takes_speech else "orange"
            st.markdown(f":{color}-badge[{_takes(model)}]", width="content")
        st.caption(plain(f"{priced.length} · {model.price_rule}"))
        st.markdown(f":small[{plain(model.tagline)}]")
        if project.speech:
            for warning in priced.warnings:
                hint(warning)


def _takes(model: type[ModelInput]) -> str:
    """Return what the model takes as input. Every model takes a script: one without a voice
    receives generated speech."""
    return ":material/done_all: Either" if model.recording_field else ":material/edit_note: Script"


def _choose(endpoint_id: str) -> None:
    st.session_state[CHOSEN] = endpoint_id


def _go_on(priced: PricedModel) -> None:
    """Offer to switch to a script if the selected model cannot take a recording."""
    problem(f"{priced.model.title} speaks by itself and cannot take a recording.")
    st.button("Write a script instead", key="create_to_script", on_click=use_script)
