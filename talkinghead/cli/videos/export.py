"""`export`: a video as it leaves the studio, in several shapes and caption styles at once, labeled;
and what every other command that writes an MP4 shares with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from talkinghead.cli.consent import Answer, ConsentBy, ConsentOption, say_who
from talkinghead.cli.output import (
    AsJson,
    Facts,
    check_file_to_write,
    job_facts,
    show,
    video_facts,
    write_file,
)
from talkinghead.cli.session import Session, WorkspaceToken

if TYPE_CHECKING:
    from talkinghead.exports.values import LabelDecision, WantedVersion
    from talkinghead.jobs.job import Job, Video

VideoId = Annotated[
    str, typer.Argument(metavar="VIDEO", help="A video's ID from `talkinghead gallery`.")
]
Shapes = Annotated[
    list[str] | None,
    typer.Option("--shape", metavar="SHAPE", help="9:16, 4:5, 1:1 or 16:9. Repeat for several."),
]
Styles = Annotated[
    list[str] | None,
    typer.Option(
        "--burn",
        metavar="STYLE",
        help="Burn the captions in: highlight, pop, lower_third or minimal. Repeat for several.",
    ),
]
Fitting = Annotated[
    str,
    typer.Option(
        "--fit", metavar="FIT", help="crop follows the face; blur or colour keep the whole frame."
    ),
]
AsItIs = Annotated[
    bool,
    typer.Option("--original-size", help="As large as the original allows, not in platform sizes."),
]
LabelWording = Annotated[
    str, typer.Option("--label", metavar="WORDING", help="generated, modified or ai.")
]
LabelLanguage = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Of the label, such as de. The script's."),
]
LabelCorner = Annotated[
    str,
    typer.Option(
        "--corner", metavar="CORNER", help="top_right, top_left, bottom_right or bottom_left."
    ),
]
LabelShown = Annotated[
    str,
    typer.Option(
        "--shown", metavar="WHEN", help="whole, or intervals: start, breaks, every 30 seconds."
    ),
]
WithoutLabel = Annotated[
    str | None,
    typer.Option("--no-label", metavar="REASON", help="No label. The reason is kept."),
]
Target = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="PATH",
        help="The MP4 to write, or a folder for several.",
        show_default=False,
    ),
]


def export(
    video: VideoId,
    shape: Shapes = None,
    burn: Styles = None,
    fit: Fitting = "crop",
    original_size: AsItIs = False,
    label: LabelWording = "generated",
    language: LabelLanguage = None,
    corner: LabelCorner = "top_right",
    shown: LabelShown = "whole",
    no_label: WithoutLabel = None,
    consent: ConsentOption = None,
    consent_by: ConsentBy = None,
    out: Target = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """Export a video with the AI label: every shape in every caption style, in one pass each."""
    from talkinghead.cli.session import opened

    wanted = _wanted(shape or [], burn or [], fit, original_size=original_size)
    chosen = _label(label, language, corner, shown, no_label)
    said = Answer(consent, consent_by)
    if out is not None and (len(wanted) == 1 and not out.is_dir()):
        check_file_to_write(out, ".mp4")
    elif out is not None:
        _check_folder(out)
    with opened(workspace) as session:
        if burn:
            with_captions(session, video, quiet=as_json)
        say_who_in_video(session, video, said)
        jobs = session.workspace.exports.order(video, wanted, chosen)
        _report(session, _followed(session, jobs, quiet=as_json), out, as_json=as_json)


def check_choice(what: str, given: str, known: Sequence[str]) -> None:
    """Whether an option has one of its values.

    Raises:
        InvalidParameters: it has another one.
    """
    from talkinghead.core.errors import InvalidParameters

    if given not in known:
        raise InvalidParameters(f"Unknown {what} {given}. Choose from {', '.join(known)}.")


def check_style(style: str | None) -> None:
    """Whether there is such a style of captions, if any is wanted.

    Raises:
        InvalidParameters: there is none.
    """
    from talkinghead.captions.styles import STYLES

    if style is not None:
        check_choice("style", style, [each.id for each in STYLES])


def with_captions(session: Session, video_id: str, *, quiet: bool) -> None:
    """Write the captions of a video where there are none on record."""
    if session.workspace.captions.find(video_id) is None:
        if not quiet:
            typer.echo("Timing the words")
        session.workspace.captions.write(video_id)


def say_who_in_video(session: Session, video_id: str, said: Answer) -> None:
    """Put on record who is in the portrait of a video that is to be exported.

    Raises:
        ConsentNeeded: nobody has said so, nor do the options.
        NotFound: there is no such video.
    """
    video = session.workspace.gallery.find(video_id)
    say_who(session.workspace, video.endpoint_id, video.arguments, said)


def exported(session: Session, video_id: str, said: Answer, *, quiet: bool) -> "Video":
    """The last export of a video, made now, as it is and with the usual label, where there is none.

    Raises:
        ConsentNeeded: nobody has said who is in its portrait.
        RenderError: it failed.
    """
    latest = session.workspace.downloads.latest(video_id)
    if latest is not None:
        return latest
    say_who_in_video(session, video_id, said)
    [job] = _followed(session, session.workspace.exports.order(video_id), quiet=quiet)
    return session.workspace.gallery.find(job.video_id or "")


def label_choice(no_label: str | None) -> "LabelDecision":
    """The usual label, or none with its reason."""
    from talkinghead.exports.values import LabelChoice, NoLabel

    return LabelChoice() if no_label is None else NoLabel(no_label)


def _wanted(
    shapes: Sequence[str], styles: Sequence[str], fit: str, *, original_size: bool
) -> "list[WantedVersion]":
    from typing import cast

    from talkinghead.catalogue.export import Fit, Shape
    from talkinghead.exports.values import WantedVersion

    for shape in shapes:
        check_choice("shape", shape, get_args(Shape))
    for style in styles:
        check_style(style)
    check_choice("fit", fit, get_args(Fit))
    every_shape: list[str | None] = [*shapes] or [None]
    every_style: list[str | None] = [*styles] or [None]
    return [
        WantedVersion(
            style, cast("Shape | None", shape), cast("Fit", fit), platform_size=not original_size
        )
        for shape in every_shape
        for style in every_style
    ]


def _label(
    wording: str, language: str | None, corner: str, shown: str, no_label: str | None
) -> "LabelDecision":
    from typing import cast

    from talkinghead.catalogue.export import Corner, Shown, Wording
    from talkinghead.exports.values import LabelChoice

    if no_label is not None:
        return label_choice(no_label)
    check_choice("wording", wording, get_args(Wording))
    check_choice("corner", corner, get_args(Corner))
    check_choice("time", shown, get_args(Shown))
    return LabelChoice(
        cast("Wording", wording), language, cast("Corner", corner), cast("Shown", shown)
    )


def _followed(session: Session, jobs: "Sequence[Job]", *, quiet: bool) -> "list[Job]":
    """The jobs once all have ended.

    Raises:
        RenderError: one of them failed.
    """
    from talkinghead.cli.following import follow, raise_unless_done

    ended = [follow(session, job, quiet=quiet) for job in jobs]
    for job in ended:
        raise_unless_done(session, job)
    return ended


def _report(session: Session, jobs: "Sequence[Job]", out: Path | None, *, as_json: bool) -> None:
    """Print what was made and write its files."""
    from talkinghead.videos.file_names import distinct

    here = session.workspace
    videos = [here.gallery.find(job.video_id or "") for job in jobs]
    names = distinct([here.downloads.file_name(video.id) for video in videos])
    files: list[str] = []
    for video, name in zip(videos, names, strict=True):
        if out is not None:
            path = out / name if out.is_dir() else out
            write_file(path, here.gallery.content(video.id))
            files.append(str(path))
    texts = here.exports.label_texts(videos[0].id)
    facts: Facts = {
        "jobs": [job_facts(job) for job in jobs],
        "videos": [video_facts(video) for video in videos],
        "files": files,
        "page_sentence": texts.sentence if texts else None,
        "alt_text": texts.alt if texts else None,
    }
    lines = [
        f"Done: video {video.id} ({video.seconds:.1f} s, {video.width} × {video.height})."
        for video in videos
    ]
    lines += [f"Saved to {path}." for path in files]
    lines += [f"For the page: {texts.sentence}"] if texts else []
    show(facts, "\n".join(lines), as_json=as_json)


def _check_folder(path: Path) -> None:
    from talkinghead.core.errors import InvalidInput

    if not path.is_dir():
        raise InvalidInput(f"The folder {path} does not exist. Several versions need a folder.")
