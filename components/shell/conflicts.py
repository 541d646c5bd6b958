"""The choice between two values of a field that was changed in two tabs, beside that field."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.shell.notices import hint
from components.shell.project import choose
from talkinghead.projects.values import Conflict, Project

NAMES = {
    "portrait": "The portrait",
    "recording": "The recording",
    "source": "What's spoken",
    "script": "The script",
    "reader": "The voice",
    "own_voice": "Whose voice",
    "endpoint_id": "The model",
}
SOURCES = {"script": "A script", "recording": "A recording"}
LONG = 200  # characters that want a box of their own


def show_conflicts(project: Project, *fields: str) -> None:
    """Show what another tab has for these fields, with a choice, where both changed them."""
    for number, conflict in enumerate(project.conflicts):
        if conflict.field in fields:
            _show(project, conflict, number)


def parameter_conflicts(project: Project) -> list[str]:
    """Return the parameters of the chosen model that were changed in two tabs."""
    own = f"{project.model.endpoint_id} "
    return list(dict.fromkeys(c.field for c in project.conflicts if c.field.startswith(own)))


def _show(project: Project, conflict: Conflict, number: int) -> None:
    key = f"create_conflict_{number}"
    with st.container(border=True, key=key, gap="xsmall"):
        name = NAMES.get(conflict.field) or f"“{_parameter(conflict.field)}”"
        hint(f"{name} was also changed in another tab. The other version:")
        text = _words(project, conflict)
        with st.container(height=160 if len(text) > LONG else "content", border=False):
            st.text(text)
        with st.container(horizontal=True):
            for label, chosen in (("Keep mine", None), ("Use the other", conflict)):
                st.button(
                    label,
                    key=f"{key}_{'other' if chosen else 'mine'}",
                    on_click=choose,
                    args=(conflict.field, chosen),
                    width="content",
                )


def _parameter(field: str) -> str:
    return field.partition(" ")[2].replace("_", " ")


def _words(project: Project, conflict: Conflict) -> str:
    """Return the other value for people."""
    other: Any = conflict.other
    match conflict.field:
        case "script":
            return str(other) or "Empty"
        case "endpoint_id":
            return project.catalogue.title_of(other)
        case "source":
            return SOURCES.get(other, str(other))
        case "own_voice":
            return "The model's own voice" if other else "A generated voice-over"
        case "reader":
            return str(other).rpartition(":")[2]
        case "portrait" | "recording" as name:
            return _file_name(other.get(name))
    if not other:
        return "The default"
    value = other[0]
    return ", ".join(map(str, value.values())) if isinstance(value, Mapping) else str(value)


def _file_name(file: Any) -> str:
    if file is None:
        return "None"
    return str(file.get("name") or "") or "Another file"
