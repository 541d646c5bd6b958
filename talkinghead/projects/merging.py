"""Merges two changes of one project that were made beside each other, in two tabs.

Each field takes the side that changed it. Where both did, differently, the later one's value stands
and the other is set aside as a `Conflict`, which is stored with the project until a person chooses:
nothing that was typed is lost.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from talkinghead.projects.values import Conflict, Project

Fields = dict[str, Any]
"""A project's fields as JSON."""

TOGETHER: Mapping[str, tuple[str, ...]] = {
    "portrait": ("portrait", "face", "crops", "shape", "fit", "surround_colour"),
    "recording": ("recording", "edit", "edited"),
}
"""Fields that mean nothing without each other: they change hands together."""
ALONE = ("source", "script", "reader", "own_voice", "endpoint_id")
MOST_SET_ASIDE = 5  # values of one field
MOST_JOBS = 50


def merged(base: Project, mine: Project, theirs: Project) -> Project:
    """Return `theirs` with what changed from `base` to `mine`, and a conflict for each field that
    both changed."""
    before, here, there = (each.model_dump(mode="json") for each in (base, mine, theirs))
    fields = {**there, "conflicts": _open_conflicts(before, here, there)}
    for field in (*TOGETHER, *ALONE, *_parameters(before, here, there)):
        _merge(field, fields, before, here, there)
    _merge_results(fields, before, here, there)
    return _project(fields, theirs)


def changed_fields(before: Project, after: Project) -> list[str]:
    """Return the fields that differ, named as in `Conflict`."""
    one, two = before.model_dump(mode="json"), after.model_dump(mode="json")
    names = (*TOGETHER, *ALONE, *_parameters(one, two))
    return [field for field in names if _value(one, field) != _value(two, field)]


def settled(project: Project, field: str, chosen: Conflict | None = None) -> Project:
    """Return the project without the conflicts of a field, as it is or with another value."""
    fields = project.model_dump(mode="json")
    if chosen is not None:
        _put(fields, field, chosen.other)
    fields["conflicts"] = [each for each in fields["conflicts"] if each["field"] != field]
    return _project(fields, project)


def _merge(field: str, fields: Fields, before: Fields, here: Fields, there: Fields) -> None:
    old, mine, theirs = (_value(each, field) for each in (before, here, there))
    if mine in (old, theirs):
        return
    if field == "portrait" and (crops := _merged_crops(old, mine, theirs)) is not None:
        fields["crops"] = crops
        return
    _put(fields, field, mine)
    if theirs != old:
        _set_aside(fields, {"field": field, "other": theirs}, replaced=old)


def _value(fields: Fields, field: str) -> Any:
    if field in TOGETHER:
        return {name: fields[name] for name in TOGETHER[field]}
    if field in ALONE:
        return fields[field]
    endpoint_id, _, name = field.partition(" ")
    values = fields["parameters"].get(endpoint_id, {})
    return [values[name]] if name in values else []


def _put(fields: Fields, field: str, value: Any) -> None:
    if field in TOGETHER:
        fields.update(value)
        return
    if field in ALONE:
        fields[field] = value
        return
    endpoint_id, _, name = field.partition(" ")
    values = dict(fields["parameters"].get(endpoint_id, {}))
    values.pop(name, None)
    if value:
        values[name] = value[0]
    others = {key: each for key, each in fields["parameters"].items() if key != endpoint_id}
    fields["parameters"] = {**others, endpoint_id: values} if values else others


def _open_conflicts(before: Fields, here: Fields, there: Fields) -> list[Any]:
    """Return those still open: what one side settled is settled."""
    gone = [each for each in before["conflicts"] if each not in here["conflicts"]]
    new = [each for each in here["conflicts"] if each not in before["conflicts"]]
    kept = [each for each in there["conflicts"] if each not in gone]
    return [*kept, *(each for each in new if each not in kept)]


def _set_aside(fields: Fields, new: Fields, replaced: Any) -> None:
    """Add a conflict; a value that its own side has replaced since is dropped."""
    of_field = [each for each in fields["conflicts"] if each["field"] == new["field"]]
    others = [each for each in fields["conflicts"] if each["field"] != new["field"]]
    kept = [each for each in of_field if each != new and each["other"] != replaced]
    fields["conflicts"] = [*others, *kept[1 - MOST_SET_ASIDE :], new]


def _parameters(*projects: Fields) -> Sequence[str]:
    """Return the fields of all parameters that any of them has a value for."""
    found = {
        f"{endpoint_id} {name}"
        for fields in projects
        for endpoint_id, values in fields["parameters"].items()
        for name in values
    }
    return sorted(found)


def _merged_crops(old: Fields, mine: Fields, theirs: Fields) -> Fields | None:
    """Return the crops of both, where nothing else of the portrait differs and no crop changed in
    both; otherwise None."""
    if {**mine, "crops": None} != {**theirs, "crops": None}:
        return None
    crops = dict(theirs["crops"])
    for aspect in old["crops"].keys() | mine["crops"].keys():
        before, here = old["crops"].get(aspect), mine["crops"].get(aspect)
        if here == before:
            continue
        if theirs["crops"].get(aspect) not in (before, here):
            return None
        crops.pop(aspect, None)
        if here is not None:
            crops[aspect] = here
    return crops


def _merge_results(fields: Fields, before: Fields, here: Fields, there: Fields) -> None:
    """Merge what was made in either tab: there is nothing to choose for a person."""
    jobs = [*there["jobs"], *(each for each in here["jobs"] if each not in there["jobs"])]
    fields["jobs"] = jobs[-MOST_JOBS:]
    for name in ("made", "speech_job"):
        if here[name] not in (before[name], there[name]):
            fields[name] = here[name]
    for made in filter(None, (fields["made"], there["made"])):
        if made["script"] == fields["script"]:  # the speech of the words that stand
            fields["made"] = made
            break


def _project(fields: Fields, like: Project) -> Project:
    known = {"pronunciations": like.pronunciations, "catalogue": like.catalogue}
    return Project.model_validate({**fields, **known})
