"""The model of Create: one row for each, with the price of this video on it, and its settings."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components.shell.conflicts import parameter_conflicts, show_conflicts
from components.shell.notices import hint, problem
from components.shell.project import PREFIX
from components.ui.choices import Choice, choices
from components.ui.heading import heading
from components.ui.parameter_form import parameter_form
from talkinghead.catalogue.forms.priced_model import PricedModel, by_price, cheapest
from talkinghead.projects.values import EXAMPLE_SECONDS, Project

CHOSEN = f"{PREFIX}model_chosen"
SWITCHED = f"{PREFIX}model_switched"
"""The key of a sentence that says which model took the place of which, and why."""
SCRIPT_ONLY = "Script only"


def chosen_model(project: Project) -> Project:
    """Return the project with the model that was just chosen. Called before anything is drawn,
    because the shape of the portrait depends on the model."""
    chosen = (st.session_state.get(CHOSEN) or {}).get("chosen")
    if chosen and chosen != project.endpoint_id:
        st.session_state.pop(SWITCHED, None)
    return project.with_(endpoint_id=chosen or project.endpoint_id)


def choose_model(endpoint_id: str) -> None:
    """Choose a model, from the next run on."""
    st.session_state[CHOSEN] = {"chosen": endpoint_id}


def switched_model() -> str:
    """Return the sentence on a model that was chosen in place of another, or ""."""
    return str(st.session_state.get(SWITCHED) or "")


def with_fitting_model(project: Project, priced_models: Sequence[PricedModel]) -> Project:
    """Return the project with the cheapest model that takes its speech, if the chosen one does
    not.

    Args:
        project: what is made.
        priced_models: the models to choose from.
    """
    if project.model.takes(project.source) or project.says_first(project.model):
        return project
    fitting = cheapest(priced_models)
    if fitting is None:
        return project
    choose_model(fitting.endpoint_id)
    st.session_state[SWITCHED] = (
        f"{project.model.title} doesn't accept recordings. Switched to {fitting.title}."
    )
    return project.with_(endpoint_id=fitting.endpoint_id)


def pick_model(
    project: Project,
    priced_models: Sequence[PricedModel],
    reported: Mapping[str, str],
    more: Callable[[Project], Project],
) -> tuple[Project, dict[str, str]]:
    """Show the card. `chosen_model` applies a choice in the next run.

    Args:
        project: what is made.
        priced_models: the models to choose from, the project's own among them.
        reported: what the last render said was wrong, by the parameter's name.
        more: shows what else belongs to the settings; returns the project.

    Returns:
        The project with the parameters chosen now, and what is wrong with them, by name.
    """
    with st.container(border=True, key="create_model", gap="xsmall"):
        with (
            heading("Model", _basis(project)),
            st.popover("Settings", icon=":material/tune:", type="tertiary", key="create_settings"),
        ):
            project, found = _parameters(project, reported)
            project = more(project)
        show_conflicts(project, "endpoint_id")
        for name, text in (found | dict(reported)).items():
            if name in project.model.model_fields:
                problem(f"Settings · {name.replace('_', ' ').capitalize()}: {text}")
        choices(
            "Model",
            [_row(project, priced) for priced in by_price(priced_models)],
            key=CHOSEN,
            look="rows",
            default=project.endpoint_id,
        )
        _limits(project, priced_models)
    return project, found


def _basis(project: Project) -> str:
    """Return what the prices are of."""
    if project.speech is None:
        return f"Price of a {EXAMPLE_SECONDS}-second video"
    return "Price of this video"


def _parameters(project: Project, reported: Mapping[str, str]) -> tuple[Project, dict[str, str]]:
    model = project.model
    with st.container(key="create_parameters"):
        st.markdown(f"**{model.title} settings**")
        chosen, problems = parameter_form(
            model,
            project.parameters_of(model),
            project.speech_or_example,
            shown_elsewhere=[name for name in (model.voice_field, model.shape_field) if name],
            reported=reported,
        )
        project = project.with_parameters(model, chosen)
        show_conflicts(project, *parameter_conflicts(project))
    return project, problems


def _row(project: Project, priced: PricedModel) -> Choice:
    model = priced.model
    fits = priced.takes_speech or project.says_first(model)
    facts = [model.tagline.rstrip(".")]
    if model.is_square_only():
        facts.append("square only")
    return Choice(
        id=model.endpoint_id,
        name=model.title,
        detail=" · ".join(facts),
        price=priced.price if fits else SCRIPT_ONLY,
        disabled=not fits,
    )


def _limits(project: Project, priced_models: Sequence[PricedModel]) -> None:
    """Show what the chosen model's limits do to this speech."""
    if project.speech is None:
        return
    for priced in priced_models:
        if priced.model is project.model:
            for warning in priced.warnings:
                hint(warning)
