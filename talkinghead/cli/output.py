"""Prints results: text for people, or one JSON document for programs.

Dollars are strings in JSON, exact to the last digit; times are ISO 8601 in UTC; lengths are
seconds.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from talkinghead.jobs.job import Job, LedgerEntry, Video

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document, for programs.")]
Facts = dict[str, Any]


def show(facts: Mapping[str, Any] | Sequence[Any], text: str, *, as_json: bool) -> None:
    """Print a result.

    Args:
        facts: for programs.
        text: the same for people; empty prints nothing.
        as_json: which of the two.
    """
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False))
    elif text:
        typer.echo(text)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their longest entry, two spaces apart."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines)


def job_facts(job: "Job") -> Facts:
    """A job for programs."""
    return {
        "id": job.id,
        "kind": job.kind.name,
        "model": job.endpoint_id,
        "title": job.title,
        "state": job.state.value,
        "fraction": job.fraction,
        "estimate": str(job.estimate),
        "billed": dollars_text(job.billed),
        "charged": job.charged,
        "problem": job.problem,
        "waiting_for": job.waiting_for,
        "request_id": job.request_id,
        "video": job.video_id,
        "parent": job.parent,
        "created_at": moment_text(job.created_at),
        "ended_at": moment_text(job.ended_at),
    }


def ledger_facts(entry: "LedgerEntry") -> Facts:
    """A paid request for programs."""
    return {
        "job": entry.job_id,
        "request_id": entry.request_id,
        "model": entry.endpoint_id,
        "title": entry.title,
        "state": entry.state.value,
        "estimate": str(entry.estimate),
        "billed": dollars_text(entry.billed),
        "charged": entry.charged,
        "video": entry.video_id,
        "created_at": moment_text(entry.created_at),
    }


def video_facts(video: "Video") -> Facts:
    """A finished video for programs."""
    return {
        "id": video.id,
        "job": video.job_id,
        "model": video.endpoint_id,
        "title": video.title,
        "seconds": video.seconds,
        "width": video.width,
        "height": video.height,
        "fps": video.fps,
        "dollars": str(video.dollars),
        "seed": video.seed,
        "version_of": video.made_from,
        "created_at": moment_text(video.created_at),
        "deleted_at": moment_text(video.deleted_at),
    }


def dollars_text(dollars: "Decimal | None") -> str | None:
    """Exact dollars for programs."""
    return None if dollars is None else str(dollars)


def moment_text(moment: "datetime | None") -> str | None:
    """A moment for programs."""
    return None if moment is None else moment.isoformat()


def check_file_to_write(path: Path | None, *suffixes: str) -> None:
    """Whether a result can be written there, before anything is made for it.

    Raises:
        InvalidInput: it cannot, or its name ends in none of the suffixes.
    """
    from talkinghead.core.errors import InvalidInput

    if path is None:
        return
    if path.is_dir():
        raise InvalidInput(
            f"{path} is a folder. Name a file, such as {path / ('video' + suffixes[0])}."
        )
    if path.suffix.lower() not in suffixes:
        raise InvalidInput(
            f"Let the file's name end in {' or '.join(suffixes)}, not {path.name!r}."
        )
    if not path.parent.is_dir():
        raise InvalidInput(f"The folder {path.parent} does not exist.")
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise InvalidInput(f"{path} cannot be written. Choose another place.")


def write_file(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    partial = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def cleaned_script(script: str | None) -> str | None:
    """Return a script without markup, as the app cleans a paste; what was removed goes to standard
    error.

    The callback of every option that takes a script.
    """
    if not script:
        return script
    from talkinghead.speech.text.pasting.cleaning import clean_script

    found = clean_script(script)
    if found.removed:
        typer.echo(found.sentence, err=True)
    return found.text
