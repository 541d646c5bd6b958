"""`models`: what can be rendered with, its price and its parameters; needs no database."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from talkinghead.cli.output import AsJson, Facts, dollars_text, show, table

if TYPE_CHECKING:
    from talkinghead.catalogue import ModelInput

Name = Annotated[
    str | None,
    typer.Argument(metavar="[MODEL]", help="One of them, with its parameters.", show_default=False),
]


def models(name: Name = None, as_json: AsJson = False) -> None:
    """List the models, or describe one."""
    from talkinghead.catalogue import BUILT_IN
    from talkinghead.cli.inputs import find_model

    if name is None:
        facts = {"models": [_facts(model) for model in BUILT_IN.models]}
        show(facts, _list(BUILT_IN.models), as_json=as_json)
        return
    model = find_model(name, BUILT_IN)
    facts = {**_facts(model), "parameters": _parameters(model)}
    show(facts, _described(model), as_json=as_json)


def _facts(model: "type[ModelInput]") -> Facts:
    from talkinghead.cli.inputs import short_name

    return {
        "id": model.endpoint_id,
        "name": short_name(model),
        "title": model.title,
        "tagline": model.tagline,
        "price_rule": model.price_rule,
        "dollars_per_second": dollars_text(model.price.per_second),
        "takes": _takes(model),
        "voices": list(model.voices()),
        "prompt": model.prompt_field is not None,
        "longest_seconds": None if model.longest_seconds is None else float(model.longest_seconds),
    }


def _takes(model: "type[ModelInput]") -> list[str]:
    takes = {"script": model.takes("script"), "audio": model.takes("recording")}
    return [what for what, taken in takes.items() if taken]


def _list(known: "tuple[type[ModelInput], ...]") -> str:
    from talkinghead.cli.inputs import short_name

    rows = [
        (short_name(model), model.title, model.price_rule, " or ".join(_takes(model)))
        for model in known
    ]
    return table([("MODEL", "TITLE", "PRICE", "TAKES"), *rows])


def _parameters(model: "type[ModelInput]") -> list[Facts]:
    from talkinghead.cli.inputs import parameters_of

    properties = model.model_json_schema()["properties"]
    return [
        {
            "name": name,
            "required": field.is_required(),
            "default": _plain(properties[name].get("default")),
            "description": field.description or "",
            "choices": properties[name].get("enum"),
        }
        for name in parameters_of(model)
        for field in [model.model_fields[name]]
    ]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _described(model: "type[ModelInput]") -> str:
    rows = [
        (
            each["name"],
            "required" if each["required"] else str(each["default"]),
            each["description"],
        )
        for each in _parameters(model)
    ]
    heads = [f"{model.title}: {model.tagline}", f"{model.price_rule}; {model.endpoint_id}", ""]
    if voices := model.voices():
        heads[2:2] = [f"Voices: {', '.join(voices)}"]
    return "\n".join([*heads, table([("PARAMETER", "DEFAULT", "MEANING"), *rows])])
