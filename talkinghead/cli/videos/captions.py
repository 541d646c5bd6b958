"""`captions` and `resize`: subtitles of a finished video, and its versions; both free."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from talkinghead.cli.consent import Answer, ConsentBy, ConsentOption
from talkinghead.cli.output import AsJson, Facts, cleaned_script, show, write_file
from talkinghead.cli.session import Session, WorkspaceToken
from talkinghead.cli.videos.export import (
    Fitting,
    VideoId,
    WithoutLabel,
    check_choice,
    check_style,
    label_choice,
    say_who_in_video,
)

if TYPE_CHECKING:
    from talkinghead.captions.service import VideoCaptions
    from talkinghead.exports.values import WantedVersion

Said = Annotated[
    str | None,
    typer.Option(
        "--script",
        metavar="TEXT",
        help="The transcript, if the video has none yet.",
        callback=cleaned_script,
    ),
]
Style = Annotated[
    str | None,
    typer.Option(
        "--burn",
        metavar="STYLE",
        help="Burn the captions in: highlight, pop, lower_third or minimal.",
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="The file to write.", show_default=False),
]


def captions(
    video: VideoId,
    script: Said = None,
    burn: Style = None,
    no_label: WithoutLabel = None,
    consent: ConsentOption = None,
    consent_by: ConsentBy = None,
    out: Out = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """Caption a video: subtitles on standard output or in an SRT or VTT file, or burned in."""
    from talkinghead.cli.output import check_file_to_write
    from talkinghead.cli.session import opened
    from talkinghead.exports.values import WantedVersion

    check_file_to_write(out, *((".mp4",) if burn else (".srt", ".vtt")))
    check_style(burn)
    said = Answer(consent, consent_by)
    with opened(workspace) as session:
        printed = as_json or not (burn or out)  # subtitles may go into a pipe
        found = _captions(session, video, script, quiet=printed)
        if burn:
            wanted = WantedVersion(burn)
            _make_version(session, video, out, said, wanted, no_label, as_json=as_json)
        else:
            _show_subtitles(session, video, found, out, as_json=as_json)


Shape = Annotated[str, typer.Argument(metavar="SHAPE", help="9:16, 4:5, 1:1 or 16:9.")]


def resize(
    video: VideoId,
    shape: Shape,
    fit: Fitting = "crop",
    burn: Style = None,
    no_label: WithoutLabel = None,
    consent: ConsentOption = None,
    consent_by: ConsentBy = None,
    out: Out = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """Make a version of a video in another shape."""
    from typing import cast

    from talkinghead.catalogue import export
    from talkinghead.cli.output import check_file_to_write
    from talkinghead.cli.session import opened
    from talkinghead.exports.values import WantedVersion

    check_file_to_write(out, ".mp4")
    check_style(burn)
    said = Answer(consent, consent_by)
    check_choice("shape", shape, get_args(export.Shape))
    check_choice("fit", fit, get_args(export.Fit))
    with opened(workspace) as session:
        if burn:
            _captions(session, video, None, quiet=as_json)
        wanted = WantedVersion(burn, cast("export.Shape", shape), cast("export.Fit", fit))
        _make_version(session, video, out, said, wanted, no_label, as_json=as_json)


def _captions(
    session: Session, video_id: str, script: str | None, *, quiet: bool
) -> "VideoCaptions":
    """The captions on record, written now where there are none or other words were given."""
    service = session.workspace.captions
    found = service.find(video_id)
    if found is not None and script is None:
        return found
    if not quiet:
        typer.echo("Timing the words")
    return service.write(video_id, script)


def _show_subtitles(
    session: Session,
    video_id: str,
    found: "VideoCaptions",
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    kind: Literal["srt", "vtt"] = "vtt" if out and out.suffix.lower() == ".vtt" else "srt"
    text = session.workspace.captions.subtitles(video_id, kind)
    facts: Facts = {
        "video": video_id,
        "source": found.source,
        "edited": found.edited,
        "cues": [{"start": cue.start, "end": cue.end, "text": cue.text} for cue in found.cues],
        "file": None if out is None else str(out),
    }
    if out is not None:
        write_file(out, text.encode())
        text = f"Done: {len(found.cues)} captions. Saved to {out}."
    show(facts, text.rstrip("\n"), as_json=as_json)


def _make_version(
    session: Session,
    video_id: str,
    out: Path | None,
    said: Answer,
    wanted: "WantedVersion",
    no_label: str | None,
    *,
    as_json: bool,
) -> None:
    from talkinghead.cli.following import follow
    from talkinghead.cli.render import report_video

    say_who_in_video(session, video_id, said)
    [job] = session.workspace.exports.order(video_id, [wanted], label_choice(no_label))
    report_video(session, follow(session, job, quiet=as_json), out, as_json=as_json)
