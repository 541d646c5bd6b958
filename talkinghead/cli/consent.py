"""Who is in a portrait, said with options: what a dialog asks on the pages."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talkinghead.core.errors import ConsentNeeded, InvalidParameters

if TYPE_CHECKING:
    from talkinghead.jobs.job import Job
    from talkinghead.workspace import Workspace

HOW = (
    "Nobody has said yet who is in this portrait, so nothing was ordered. Add --consent me, "
    "--consent permission --consent-by NAME, or --consent nobody for a painting or a generated "
    "face."
)


class Who(StrEnum):
    """The answers, as `talkinghead.consent.values.Ground`."""

    ME = "me"
    PERMISSION = "permission"
    NOBODY = "nobody"


ConsentOption = Annotated[
    Who | None,
    typer.Option(
        "--consent",
        help="Who is in the portrait, asked once for each: you, someone who gave you permission "
        "(with --consent-by), or nobody real.",
        show_default=False,
    ),
]
ConsentBy = Annotated[
    str | None,
    typer.Option("--consent-by", metavar="NAME", help="Who gave permission.", show_default=False),
]
ConsentOn = Annotated[
    datetime | None,
    typer.Option(
        "--consent-on", formats=["%Y-%m-%d"], help="When they agreed.", show_default=False
    ),
]
ConsentFile = Annotated[
    Path | None,
    typer.Option(
        "--consent-file",
        metavar="FILE",
        help="A file that shows the permission; kept, and never opened.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Answer:
    """What the options say.

    Attributes:
        who: the answer, or None.
        by: who gave permission.
        on: when.
        file: what shows it.

    Raises:
        InvalidParameters: a permission by nobody.
    """

    who: Who | None
    by: str | None = None
    on: date | None = None
    file: Path | None = None

    def __post_init__(self) -> None:
        if self.who is Who.PERMISSION and not (self.by or "").strip():
            raise InvalidParameters("Add --consent-by with the name of who gave permission.")


def say_who(workspace: "Workspace", endpoint_id: str, content: Any, said: Answer) -> None:
    """Put on record who is in the portraits of an order, where nobody has said so yet.

    Args:
        workspace: whose.
        endpoint_id, content: what would be ordered, and its inputs.
        said: by the options.

    Raises:
        ConsentNeeded: they say nothing.
        InvalidInput: what they say cannot be.
    """
    from talkinghead.cli.draft import check_file_to_read
    from talkinghead.consent.values import Ground, Statement

    for portrait in workspace.consent.missing(endpoint_id, content):
        if said.who is None:
            raise ConsentNeeded(HOW, portrait)
        proof = None
        if said.who is Who.PERMISSION and said.file is not None:
            check_file_to_read("consent file", said.file)
            proof = workspace.consent.attach(portrait, said.file.read_bytes(), said.file.name)
        statement = Statement(Ground(said.who.value), said.by or "", said.on, proof)
        workspace.consent.give(portrait, statement)


def say_who_in_job(workspace: "Workspace", job: "Job", said: Answer) -> None:
    """Put on record who is in the portrait of a job, likewise."""
    say_who(workspace, job.endpoint_id, job.arguments, said)
