"""`gallery`: finished videos, found, saved, deleted and restored."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from talkinghead.cli.consent import Answer, ConsentBy, ConsentOption
from talkinghead.cli.output import (
    AsJson,
    check_file_to_write,
    show,
    table,
    video_facts,
    write_file,
)
from talkinghead.cli.session import Session, WorkspaceToken, opened

if TYPE_CHECKING:
    from talkinghead.jobs.job import Video

ReceiptFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="An .html or .json file.", show_default=False),
]

app = typer.Typer(help="List finished videos, save, delete or restore them.")

VideoId = Annotated[str, typer.Argument(metavar="VIDEO", help="A video's ID.")]
Words = Annotated[
    str, typer.Option("--search", metavar="WORDS", help="In the title or the script.")
]
OfModel = Annotated[
    str | None,
    typer.Option("--model", metavar="MODEL", help="Only of this model.", show_default=False),
]
Page = Annotated[int, typer.Option("--page", min=1, help="Which page of 24 videos.")]


@app.callback(invoke_without_command=True)
def gallery(
    context: typer.Context,
    search: Words = "",
    model: OfModel = None,
    page: Page = 1,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """List finished videos, newest first."""
    from talkinghead.videos.values import VideoSearch

    if context.invoked_subcommand is not None:
        return
    with opened(workspace) as session:
        found = session.workspace.gallery.list(
            VideoSearch(search, _endpoint(session, model)), page=page
        )
        facts = {"videos": [video_facts(each) for each in found.videos], "total": found.total}
        show(facts, _table(session, found.videos, found.total), as_json=as_json)


@app.command()
def save(
    video: VideoId,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The MP4 to write.")],
    original: Annotated[
        bool, typer.Option("--original", help="As it was made: without label or captions.")
    ] = False,
    consent: ConsentOption = None,
    consent_by: ConsentBy = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """Write a video's MP4: its last export, or one that is made now with the usual label."""
    from talkinghead.cli.videos.export import exported

    check_file_to_write(out, ".mp4")
    said = Answer(consent, consent_by)
    with opened(workspace) as session:
        found = session.workspace.gallery.find(video)
        if original:
            content = session.workspace.downloads.original(video)
        else:
            found = exported(session, video, said, quiet=as_json)
            content = session.workspace.gallery.content(found.id)
        write_file(out, content)
        facts = {"video": video_facts(found), "file": str(out)}
        show(facts, f"Saved to {out}.", as_json=as_json)


@app.command()
def receipt(
    video: VideoId,
    out: ReceiptFile = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """A video's receipt: portrait, consent, model, requests, prices, hashes, and what platforms
    ask; as JSON, or as a page to print."""
    from talkinghead.receipts.json_values import receipt_json, receipt_values
    from talkinghead.receipts.page import receipt_page

    check_file_to_write(out, ".html", ".json")
    with opened(workspace) as session:
        found = session.workspace.receipts.find(video)
        if out is not None:
            is_page = out.suffix.lower() == ".html"
            write_file(out, (receipt_page if is_page else receipt_json)(found).encode())
        text = receipt_json(found).rstrip() if out is None else f"Saved to {out}."
        facts = {"receipt": receipt_values(found), "file": None if out is None else str(out)}
        show(facts, text, as_json=as_json)


@app.command()
def delete(video: VideoId, workspace: WorkspaceToken = None, as_json: AsJson = False) -> None:
    """Delete a video; `gallery restore` brings it back for a day."""
    with opened(workspace) as session:
        session.workspace.gallery.delete(video)
        facts = {"video": video_facts(session.workspace.gallery.find(video))}
        text = f"Video deleted. For a day, this restores it: talkinghead gallery restore {video}"
        show(facts, text, as_json=as_json)


@app.command()
def restore(video: VideoId, workspace: WorkspaceToken = None, as_json: AsJson = False) -> None:
    """Restore a deleted video."""
    with opened(workspace) as session:
        session.workspace.gallery.restore(video)
        facts = {"video": video_facts(session.workspace.gallery.find(video))}
        show(facts, "Video restored.", as_json=as_json)


def _endpoint(session: Session, name: str | None) -> str | None:
    from talkinghead.cli.inputs import find_model

    if name is None:
        return None
    return find_model(name, session.studio.catalogue, with_draft=True).endpoint_id


def _table(session: Session, videos: "list[Video]", total: int) -> str:
    from talkinghead.core.money import show_seconds

    if not videos:
        return "No videos match." if total else "No videos yet."
    rows = [
        (
            each.id,
            f"{each.created_at:%Y-%m-%d %H:%M}",
            session.studio.catalogue.title_of(each.endpoint_id),
            show_seconds(each.seconds),
            f"{each.width} × {each.height}",
            each.title[:50],
        )
        for each in videos
    ]
    text = table([("VIDEO", "DATE", "MODEL", "LENGTH", "SIZE", "TITLE"), *rows])
    return text if len(videos) == total else f"{text}\n{len(videos)} of {total}; see --page."
