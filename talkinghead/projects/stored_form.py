"""The stored form of a project: JSON with a version, upgraded on reading.

A row without a version is of version 1. A change of the form gets the next number and one entry
in `UPGRADES`; keys are never given another meaning. What was written by a newer studio, or holds
what this one does not know, is refused: read in part and saved again, the rest would be lost.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import UnreadableProject
from talkinghead.projects.values import Project

Stored = Mapping[str, Any]
"""A JSON object."""

VERSION_KEY = "version"
VERSION = 5
FLASHHEAD, SINGLE_TEXT = "fal-ai/flashhead", "fal-ai/infinitalk/single-text"
HEYGEN = "fal-ai/heygen/avatar4/image-to-video"


def _with_chosen_voices(fields: Stored) -> Stored:
    """Keep the voices that spoke before models followed the project's voice.

    InfiniTalk began with FlashHead's voice, and FlashHead with Aria; HeyGen spoke with its own
    voice where one was chosen.
    """
    parameters = dict(fields.get("parameters") or {})
    model = fields.get("endpoint_id")
    if model in (FLASHHEAD, SINGLE_TEXT):
        voice = parameters.get(FLASHHEAD, {}).get("voice", "Aria")
        if (fields.get("reader", "af_heart"), voice) != ("af_heart", "Aria"):  # the closest to it
            parameters[model] = {"voice": voice, **parameters.get(model, {})}
    own = bool(fields.get("own_voice", True) and parameters.get(HEYGEN, {}).get("voice"))
    return {**fields, "parameters": parameters, "own_voice": own}


def _with_wide_shape(fields: Stored) -> Stored:
    """Keep the shape that HeyGen made before a shape was chosen for all models: 16:9 where no other
    was chosen."""
    own = (fields.get("parameters") or {}).get(HEYGEN, {})
    chosen = fields.get("shape") is not None or "aspect_ratio" in own
    if fields.get("endpoint_id") != HEYGEN or fields.get("portrait") is None or chosen:
        return fields
    return {**fields, "shape": 16 / 9}


UPGRADES: Mapping[int, Callable[[Stored], Stored]] = {
    1: lambda fields: {**fields, "conflicts": []},
    2: lambda fields: {**fields, "fit": "crop", "surround_colour": [18, 19, 24]},
    3: _with_chosen_voices,
    4: _with_wide_shape,
}
"""By version: what makes a project of it one of the next version."""

NEWER = "This project was saved by a newer version of the studio. Update the studio to open it."
UNKNOWN = (
    "This project contains something this version of the studio doesn't support. Open it with the "
    "version that saved it."
)


LONGEST_TEXT = 200_000  # characters of any text of a project


def stored(project: Project) -> dict[str, Any]:
    """Return the project in its stored form."""
    return {VERSION_KEY: VERSION, **_cut(project.model_dump(mode="json"))}


def _cut(value: Any) -> Any:
    """Return a JSON value without the ends of texts that are too long for anything."""
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    if isinstance(value, dict):
        return {name: _cut(each) for name, each in value.items()}
    return [_cut(each) for each in value] if isinstance(value, list) else value


def project_of(content: Stored, catalogue: Catalogue) -> Project:
    """Return the project of a stored form of any version, with a workspace's catalogue.

    Raises:
        UnreadableProject: it is of a newer version, or holds what is not known here.
    """
    try:
        return Project.model_validate({**upgraded(content), "catalogue": catalogue})
    except ValidationError as error:
        raise UnreadableProject(UNKNOWN) from error


def without_speech(content: Stored, speech_id: str) -> dict[str, Any] | None:
    """Return a stored project without the speech of this id; None if nothing changes, or its
    version is unknown."""
    try:
        fields = upgraded(content)
    except UnreadableProject:
        return None
    made = fields.get("made")
    if not isinstance(made, Mapping) or made.get("id") != speech_id:
        return None
    return {VERSION_KEY: VERSION, **fields, "made": None}


def without_portrait(content: Stored) -> dict[str, Any] | None:
    """Return a stored project without its portrait; None if its version is unknown."""
    try:
        fields = upgraded(content)
    except UnreadableProject:
        return None
    return {VERSION_KEY: VERSION, **fields, "portrait": None, "face": None, "crops": {}}


def upgraded(
    content: Stored,
    upgrades: Mapping[int, Callable[[Stored], Stored]] = UPGRADES,
    newest: int = VERSION,
) -> dict[str, Any]:
    """Return the fields of a stored project in the newest version, without the version number.

    Args:
        content: as stored in the database; it is not changed.
        upgrades: one for each version before the newest.
        newest: the version to come to.

    Raises:
        UnreadableProject: it is of a newer version, or of none that there ever was.
    """
    fields = dict(content)
    version = fields.pop(VERSION_KEY, 1)
    if not isinstance(version, int) or version < 1:
        raise UnreadableProject(UNKNOWN)
    if version > newest:
        raise UnreadableProject(NEWER)
    for step in range(version, newest):
        fields = dict(upgrades[step](fields))
    return fields
