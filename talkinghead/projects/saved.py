"""What is stored of a project beside its contents: its revision, and what stands aside in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from talkinghead.projects.values import Project


class Conflict(BaseModel):
    """A value of one field from another tab, set aside until a person chooses.

    Attributes:
        field: which: a field of the project, "portrait" for the picture with its face, crops and
            shape, "recording" for the sound with its edits, or `<endpoint id> <name>` for a
            parameter of a model.
        other: its value in the other tab, as JSON: of several fields an object, of a parameter a
            list with it, which is empty where it has its default.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str
    other: Any


@dataclass(frozen=True)
class SavedProject:
    """A project as it is stored.

    Attributes:
        project: its contents.
        revision: which they are.
    """

    project: "Project"
    revision: datetime
