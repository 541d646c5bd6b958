"""Projects as they stand in the database: of yesterday, of today and of tomorrow."""

import json
from pathlib import Path
from typing import Any

import pytest

from talkinghead.catalogue import BUILT_IN
from talkinghead.core.errors import UnreadableProject
from talkinghead.projects.stored_form import (
    FLASHHEAD,
    HEYGEN,
    LONGEST_TEXT,
    SINGLE_TEXT,
    VERSION,
    project_of,
    stored,
    upgraded,
)
from talkinghead.projects.values import Conflict, Project

KEPT = Path(__file__).parents[1] / "data" / "projects"
"""What the studio kept before there were versions."""
SURROUND = {"fit": "crop", "surround_colour": [18, 19, 24]}
BEFORE_VERSIONS = ["empty", "script", "recording"]


def before_versions(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("name", BEFORE_VERSIONS)
def test_what_was_kept_before_there_were_versions_is_the_same_saved_again(name: str) -> None:
    content = before_versions(name)
    made = {**content["made"], "said": None} if content["made"] else None
    since = {"conflicts": [], "fit": "crop", "surround_colour": [18, 19, 24], "own_voice": False}
    now = {"version": VERSION, **content, **since, "made": made}
    assert stored(project_of(content, BUILT_IN)) == now


@pytest.mark.parametrize(
    ("fields", "voice"),
    [
        ({"endpoint_id": FLASHHEAD}, "Aria"),
        ({"endpoint_id": FLASHHEAD, "reader": "bm_george"}, "Aria"),
        ({"endpoint_id": FLASHHEAD, "parameters": {FLASHHEAD: {"voice": "Bill"}}}, "Bill"),
        ({"endpoint_id": SINGLE_TEXT, "parameters": {FLASHHEAD: {"voice": "Bill"}}}, "Bill"),
        ({"endpoint_id": SINGLE_TEXT, "parameters": {SINGLE_TEXT: {"voice": "Lily"}}}, "Lily"),
        ({"endpoint_id": SINGLE_TEXT, "reader": "am_puck"}, "Aria"),
        ({"endpoint_id": HEYGEN, "parameters": {HEYGEN: {"voice": "Ivy"}}}, "Ivy"),
    ],
)
def test_a_project_of_version_3_keeps_the_voice_that_spoke(
    fields: dict[str, Any], voice: str
) -> None:
    content = {"version": 3, **before_versions("empty"), "script": "Hello.", **fields}
    project = project_of({**content, "conflicts": [], **SURROUND}, BUILT_IN)
    assert project.parameters_of(project.model)["voice"] == voice
    assert not project.says_first(project.model)


def test_a_project_of_version_3_that_spoke_with_its_voice_over_does_so_still() -> None:
    content = {
        "version": 3,
        **before_versions("script"),
        "conflicts": [],
        **SURROUND,
        "endpoint_id": HEYGEN,
    }
    assert project_of(content, BUILT_IN).sound == before_versions("script")["made"]["reference"]


def test_what_was_kept_by_version_1_has_no_conflicts() -> None:
    content = {"version": 1, **before_versions("script")}
    assert project_of(content, BUILT_IN).conflicts == ()


def test_what_was_kept_by_version_2_is_cropped() -> None:
    content = {"version": 2, **before_versions("script"), "conflicts": []}
    project = project_of(content, BUILT_IN)
    assert (project.fit, project.surround) == ("crop", None)


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({"endpoint_id": HEYGEN}, (1280, 720)),
        ({"endpoint_id": HEYGEN, "parameters": {HEYGEN: {"aspect_ratio": "9:16"}}}, (720, 1280)),
        ({"endpoint_id": HEYGEN, "shape": 1.0}, (720, 720)),
        ({"endpoint_id": FLASHHEAD}, (512, 512)),
    ],
)
def test_a_project_of_version_4_keeps_its_shape(
    fields: dict[str, Any], size: tuple[int, int]
) -> None:
    content = {
        "version": 4,
        **before_versions("script"),
        "conflicts": [],
        **SURROUND,
        "shape": None,
    }
    content["made"] = None
    project = project_of({**content, "parameters": {}, **fields}, BUILT_IN)
    assert project.portrait
    assert (project.geometry.width, project.geometry.height) == size


def test_a_conflict_is_stored_with_its_project() -> None:
    conflict = Conflict(field="script", other="Good-bye.")
    project = Project(catalogue=BUILT_IN, script="Hello.", conflicts=(conflict,))
    assert project_of(json.loads(json.dumps(stored(project))), BUILT_IN) == project


@pytest.mark.parametrize("name", BEFORE_VERSIONS)
def test_what_is_stored_is_the_same_project_when_it_is_read(name: str) -> None:
    project = project_of(before_versions(name), BUILT_IN)
    assert project_of(json.loads(json.dumps(stored(project))), BUILT_IN) == project


def test_how_names_are_said_is_never_stored() -> None:
    assert "pronunciations" not in stored(Project(catalogue=BUILT_IN))


def test_a_newer_version_is_refused() -> None:
    with pytest.raises(UnreadableProject, match="newer version"):
        project_of({"version": VERSION + 1, "script": "Hello."}, BUILT_IN)


@pytest.mark.parametrize("version", [0, -1, "2", None])
def test_what_is_no_version_is_refused(version: object) -> None:
    with pytest.raises(UnreadableProject):
        project_of({"version": version, "script": "Hello."}, BUILT_IN)


@pytest.mark.parametrize(
    "path", [(), ("portrait",), ("portrait", "faces", 0), ("crops", "1.000"), ("edit",), ("made",)]
)
def test_unknown_fields_are_refused_anywhere(path: tuple[str | int, ...]) -> None:
    content: Any = before_versions("script")
    inner = content
    for key in path:
        inner = inner[key]
    inner["unheard_of"] = 1
    with pytest.raises(UnreadableProject):
        project_of(content, BUILT_IN)


def test_every_step_from_its_version_on_is_taken() -> None:
    steps = {
        1: lambda fields: {"words": fields["script"]},
        2: lambda fields: {**fields, "brand": None},
    }
    assert upgraded({"script": "a"}, steps, newest=3) == {"words": "a", "brand": None}
    assert upgraded({"version": 2, "words": "a"}, steps, newest=3) == {"words": "a", "brand": None}
    assert upgraded({"version": 3, "words": "a"}, steps, newest=3) == {"words": "a"}


def test_no_text_of_a_stored_project_is_longer_than_fits() -> None:
    long = "a" * (LONGEST_TEXT + 1)
    project = Project(
        catalogue=BUILT_IN, script=long, parameters={FLASHHEAD: {"prompt": long, "seed": 3}}
    )
    content = stored(project)
    assert content["script"] == content["parameters"][FLASHHEAD]["prompt"] == long[:-1]
    assert content["parameters"][FLASHHEAD]["seed"] == 3
