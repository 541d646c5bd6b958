"""What two tabs change of one project comes together; what both changed a person chooses."""

from decimal import Decimal
from typing import Any

import pytest

from talkinghead.av.cropping import CropBox
from talkinghead.catalogue import BUILT_IN, HeygenAvatar4Input, InfinitalkInput
from talkinghead.portraits.values import Portrait
from talkinghead.projects.made_speech import MadeSpeech
from talkinghead.projects.merging import ALONE, TOGETHER, changed_fields, merged, settled
from talkinghead.projects.values import Conflict, Project
from talkinghead.speech.recordings.values import Recording, RecordingEdit

EMPTY = Project(catalogue=BUILT_IN)
HEYGEN, INFINITALK = HeygenAvatar4Input.endpoint_id, InfinitalkInput.endpoint_id
MONA = Portrait("asset:1", "mona.jpg", 400, 600, ())
PEARL = Portrait("asset:2", "pearl.jpg", 400, 600, ())
LEFT, RIGHT = CropBox(0, 0, 0.5, 1), CropBox(0.5, 0, 0.5, 1)
SPOKEN = Recording("asset:3", "hello.wav", 2.0)


def both(base: Project = EMPTY, /, *, mine: dict[str, Any], theirs: dict[str, Any]) -> Project:
    """The project that two tabs changed."""
    return merged(base, base.with_(**mine), base.with_(**theirs))


def set_aside(project: Project) -> dict[str, Any]:
    """What is chosen from, by field."""
    return {each.field: each.other for each in project.conflicts}


def test_every_field_of_a_project_is_merged_in_one_way() -> None:
    results = {"made", "speech_job", "jobs", "conflicts", "parameters"}
    grouped = {name for names in TOGETHER.values() for name in names}
    assert {*grouped, *ALONE, *results} == set(EMPTY.model_dump())


def test_other_fields_of_another_tab_are_taken_over() -> None:
    project = both(mine={"script": "Hello."}, theirs={"endpoint_id": HEYGEN, "portrait": MONA})
    assert project == EMPTY.with_(script="Hello.", endpoint_id=HEYGEN, portrait=MONA)


def test_the_same_change_in_both_is_no_conflict() -> None:
    assert both(mine={"script": "Hi."}, theirs={"script": "Hi."}) == EMPTY.with_(script="Hi.")


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("script", "Mine.", "Theirs."),
        ("source", "recording", "script"),
        ("reader", "bella", "adam"),
        ("endpoint_id", HEYGEN, INFINITALK),
    ],
)
def test_a_field_that_both_changed_keeps_mine_and_sets_theirs_aside(
    field: str, mine: str, theirs: str
) -> None:
    base = EMPTY.with_(**{field: "before"})
    project = both(base, mine={field: mine}, theirs={field: theirs})
    assert getattr(project, field) == mine
    assert set_aside(project) == {field: theirs}


def test_another_picture_in_each_tab_takes_its_face_and_crops_along() -> None:
    theirs = {"portrait": PEARL, "face": 1, "crops": {"1.000": LEFT}}
    project = both(mine={"portrait": MONA, "face": 0}, theirs=theirs)
    assert (project.portrait, project.face, project.crops) == (MONA, 0, {})
    chosen = settled(project, "portrait", project.conflicts[0])
    assert (chosen.portrait, chosen.face, chosen.crops) == (PEARL, 1, {"1.000": LEFT})
    assert chosen.conflicts == ()


def test_crops_for_other_shapes_come_together() -> None:
    base = EMPTY.with_(portrait=MONA)
    project = both(base, mine={"crops": {"1.000": LEFT}}, theirs={"crops": {"1.778": RIGHT}})
    assert project.crops == {"1.000": LEFT, "1.778": RIGHT}
    assert project.conflicts == ()


def test_two_crops_for_one_shape_are_a_conflict() -> None:
    base = EMPTY.with_(portrait=MONA)
    project = both(base, mine={"crops": {"1.000": LEFT}}, theirs={"crops": {"1.000": RIGHT}})
    assert project.crops == {"1.000": LEFT}
    assert list(set_aside(project)) == ["portrait"]


def test_a_recording_and_its_edits_belong_together() -> None:
    edit = RecordingEdit(start=1.0)
    project = both(
        EMPTY.with_(recording=SPOKEN, edited=SPOKEN),
        mine={"edit": edit},
        theirs={"recording": None, "edited": None},
    )
    assert (project.recording, project.edit) == (SPOKEN, edit)
    assert set_aside(project)["recording"]["recording"] is None


def test_parameters_are_merged_one_by_one() -> None:
    base = EMPTY.with_(parameters={HEYGEN: {"voice": "Ivy", "caption": True}})
    project = both(
        base,
        mine={"parameters": {HEYGEN: {"voice": "Hope", "caption": True}}},
        theirs={"parameters": {HEYGEN: {"voice": "Ivy"}, INFINITALK: {"prompt": "A smile."}}},
    )
    assert project.parameters == {HEYGEN: {"voice": "Hope"}, INFINITALK: {"prompt": "A smile."}}
    assert project.conflicts == ()


def test_one_parameter_that_both_changed_can_be_chosen() -> None:
    before, mine, theirs = (
        {"parameters": {INFINITALK: {"prompt": each}}} for each in ("A.", "B.", "C.")
    )
    project = both(EMPTY.with_(**before), mine=mine, theirs=theirs)
    (conflict,) = project.conflicts
    assert conflict == Conflict(field=f"{INFINITALK} prompt", other=["C."])
    assert settled(project, conflict.field).parameters == mine["parameters"]
    assert settled(project, conflict.field, conflict).parameters == theirs["parameters"]


def test_a_parameter_that_went_back_to_its_default_can_be_chosen() -> None:
    base = EMPTY.with_(parameters={HEYGEN: {"voice": "Ivy"}})
    project = both(
        base, mine={"parameters": {HEYGEN: {"voice": "Hope"}}}, theirs={"parameters": {}}
    )
    (conflict,) = project.conflicts
    assert settled(project, conflict.field, conflict).parameters == {}


def test_the_takes_of_both_are_kept() -> None:
    base = EMPTY.with_(jobs=("a",))
    project = both(base, mine={"jobs": ("a", "m")}, theirs={"jobs": ("a", "t")})
    assert project.jobs == ("a", "t", "m")


def test_the_speech_of_the_words_that_stand_is_kept() -> None:
    mine, theirs = (
        MadeSpeech(id=words, reference="asset:4", seconds=Decimal(1), script=words, voice="bella")
        for words in ("Mine.", "Theirs.")
    )
    project = both(mine={"made": mine}, theirs={"made": theirs, "script": "Theirs."})
    assert project.made == theirs
    project = both(mine={"made": mine, "script": "Mine."}, theirs={"made": theirs})
    assert project.made == mine
    assert both(EMPTY.with_(made=mine), mine={"script": "Hi."}, theirs={"made": None}).made is None


def test_what_its_own_tab_replaced_is_not_offered_again() -> None:
    first = both(mine={"script": "B"}, theirs={"script": "A"})
    again = merged(EMPTY.with_(script="A"), EMPTY.with_(script="A and more"), first)
    assert (again.script, set_aside(again)) == ("A and more", {"script": "B"})


def test_a_conflict_settled_in_one_tab_is_settled_in_both() -> None:
    open_ = both(mine={"script": "B"}, theirs={"script": "A"})
    here = settled(open_, "script")
    elsewhere = open_.with_(reader="bella")
    project = merged(open_, here, elsewhere)
    assert (project.script, project.reader, project.conflicts) == ("B", "bella", ())
    assert merged(open_, elsewhere, here).conflicts == ()


def test_what_the_workspace_knows_stays_with_the_project() -> None:
    project = both(mine={"script": "B"}, theirs={"script": "A"})
    assert project.catalogue is BUILT_IN


def test_changed_fields_are_named_as_in_conflicts() -> None:
    after = EMPTY.with_(script="Hi.", face=1, parameters={HEYGEN: {"voice": "Ivy"}}, jobs=("a",))
    assert changed_fields(EMPTY, after) == ["portrait", "script", f"{HEYGEN} voice"]
