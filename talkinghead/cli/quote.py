"""`quote`: what a video costs on each model, before anything is ordered."""

from typing import TYPE_CHECKING, Annotated

import typer

from talkinghead.cli.inputs import Asked, Audio, Parameters, Prompt, Script, Voice
from talkinghead.cli.output import AsJson, Facts, dollars_text, show, table
from talkinghead.cli.session import WorkspaceToken

if TYPE_CHECKING:
    from talkinghead.catalogue import ModelInput
    from talkinghead.projects.values import Project
    from talkinghead.workspace import Workspace

OneModel = Annotated[
    str | None,
    typer.Option("--model", metavar="MODEL", help="Only this one.", show_default=False),
]


def quote(
    script: Script = None,
    audio: Audio = None,
    model: OneModel = None,
    voice: Voice = None,
    prompt: Prompt = None,
    parameters: Parameters = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """Show what a video costs on each model. Free; nothing is ordered."""
    from talkinghead.cli.inputs import find_model, make_project
    from talkinghead.cli.session import opened
    from talkinghead.core.errors import InvalidParameters

    if model is None and (prompt or parameters):
        raise InvalidParameters("Name the model whose prompt or parameters these are: add --model.")
    with opened(workspace) as session:
        here, catalogue = session.workspace, session.studio.catalogue
        chosen = None if model is None else find_model(model, catalogue)
        asked = Asked(None, script, audio, voice, None, prompt, parameters or ())
        project = make_project(here, asked, chosen)
        wanted = (chosen,) if chosen else catalogue.models
        facts = [_quote(here, project, each) for each in wanted]
        show({"quotes": facts}, _table(facts), as_json=as_json)


def _quote(workspace: "Workspace", project: "Project", model: "type[ModelInput]") -> Facts:
    from talkinghead.cli.inputs import short_name
    from talkinghead.cli.price import price_of, price_of_voice_over

    project = project.with_(endpoint_id=model.endpoint_id)
    asked, voice_over = price_of(workspace, project, model), None
    if project.says_first(model):
        voice_over = price_of_voice_over(workspace, project.script, project.reader).dollars
    return {
        "model": model.endpoint_id,
        "name": short_name(model),
        "title": model.title,
        "dollars": dollars_text(asked.dollars),
        "voice_over_dollars": dollars_text(voice_over),
        "seconds": None if asked.seconds is None else float(asked.seconds),
        "approximate": asked.approximate,
        "price_source": asked.source,
        "allowed": asked.why_not is None,
        "why_not": asked.why_not,
    }


def _table(facts: list[Facts]) -> str:
    from decimal import Decimal

    from talkinghead.core.money import show_price, show_seconds

    rows = []
    for each in facts:
        dollars = None if each["dollars"] is None else Decimal(each["dollars"])
        about = "~" if each["approximate"] and dollars is not None else ""
        length = show_seconds(each["seconds"]) if each["seconds"] is not None else ""
        note = each["why_not"] or each["price_source"]
        rows.append((each["name"], f"{about}{show_price(dollars)}", length, note))
    return table([("MODEL", "PRICE", "LENGTH", "NOTE"), *rows])
