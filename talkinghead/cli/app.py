"""The command line: all commands, and how errors are reported: one line on standard error and an
exit code for each kind of error."""

import logging
from collections.abc import Sequence
from enum import IntEnum

import typer

from talkinghead.cli import (
    doctor,
    draft,
    jobs,
    models,
    quote,
    render,
    speech,
)
from talkinghead.cli.following import LeftToGoOn
from talkinghead.cli.videos import captions, export, gallery, verify
from talkinghead.core.errors import (
    ConfigurationError,
    InvalidInput,
    KeyNeeded,
    NotAllowed,
    NotFound,
    RenderRefused,
    StudioError,
    SubmitUnconfirmed,
    UnreadableProject,
)


class ExitCode(IntEnum):
    """The exit codes."""

    DONE = 0
    WRONG_INPUT = 2  #: What was given cannot be used; nothing was made or ordered.
    REFUSED = 3  #: Not allowed, not agreed to, over a limit, or nobody pays; nothing was ordered.
    FAILED = 4  #: It began and failed.
    UNCONFIRMED = 5  #: It is unknown whether fal.ai took the order; only a person sends it again.
    NO_CREDENTIALS = verify.NO_CREDENTIALS  #: A video carries no content credentials.
    NOT_CONFIRMED = verify.NOT_CONFIRMED  #: It was changed, or its credentials can't be confirmed.
    INTERRUPTED = 130  #: Ctrl-C.


_WRONG_INPUT = (InvalidInput, NotFound, UnreadableProject, ConfigurationError, typer.TyperException)
_REFUSED = (RenderRefused, NotAllowed, KeyNeeded, typer.Abort)


def make_app() -> typer.Typer:
    """The command line with all of its commands; `main` runs it."""
    app = typer.Typer(
        name="talkinghead",
        help="Talking-head videos from a shell.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.command("models")(models.models)
    app.command("quote")(quote.quote)
    app.command("draft")(draft.draft)
    app.command("render")(render.render)
    app.command("speech")(speech.speech)
    app.command("captions")(captions.captions)
    app.command("resize")(captions.resize)
    app.command("export")(export.export)
    app.add_typer(jobs.app, name="jobs")
    app.add_typer(gallery.app, name="gallery")
    app.command("verify")(verify.verify)
    app.command("doctor")(doctor.doctor)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = None if arguments is None else list(arguments)
    logging.disable()  # logs are for a server; the studio's own errors say what a person needs
    try:
        code = make_app()(given, prog_name="talkinghead", standalone_mode=False)
    except Exception as error:  # noqa: BLE001  the outermost frame: a person reads one line
        typer.echo(" ".join(_words(error).split()), err=True)
        return exit_code_of(error)
    finally:
        logging.disable(logging.NOTSET)
    if code == ExitCode.INTERRUPTED:
        typer.echo("Stopped.", err=True)
    return int(code or ExitCode.DONE)


def exit_code_of(error: Exception) -> ExitCode:
    """Return the exit code for this kind of error."""
    if isinstance(error, SubmitUnconfirmed):
        return ExitCode.UNCONFIRMED
    if isinstance(error, LeftToGoOn):
        return ExitCode.INTERRUPTED
    if isinstance(error, _REFUSED):
        return ExitCode.REFUSED
    return ExitCode.WRONG_INPUT if isinstance(error, _WRONG_INPUT) else ExitCode.FAILED


def _words(error: Exception) -> str:
    if isinstance(error, StudioError):
        return str(error)
    if isinstance(error, typer.TyperException):
        message = error.format_message().rstrip(".")
        return f"{message[:1].upper()}{message[1:]}."
    if isinstance(error, typer.Abort):
        return "Nothing was ordered."
    from talkinghead.core.database import sentence_of  # a draft needs no database: not before

    return sentence_of(error) or (
        f"Something went wrong in the studio ({type(error).__name__}). Try again."
    )
