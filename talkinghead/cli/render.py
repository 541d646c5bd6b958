"""`render`: a paid video, from the portrait to the file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from talkinghead.cli.consent import (
    Answer,
    ConsentBy,
    ConsentFile,
    ConsentOn,
    ConsentOption,
    say_who,
)
from talkinghead.cli.inputs import Asked, Audio, Face, Parameters, Prompt, Script, Voice
from talkinghead.cli.output import AsJson, Facts, job_facts, show, video_facts, write_file
from talkinghead.cli.price import Agree
from talkinghead.cli.session import Session, WorkspaceToken

if TYPE_CHECKING:
    from talkinghead.cli.price import Consent
    from talkinghead.jobs.job import Job
    from talkinghead.projects.values import Project

Portrait = Annotated[Path, typer.Option("--portrait", metavar="FILE", help="The portrait.")]
Model = Annotated[
    str, typer.Option("--model", metavar="MODEL", help="One of `talkinghead models`.")
]
VideoFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Also write the MP4 here.", show_default=False),
]
AnotherTake = Annotated[
    bool, typer.Option("--another-take", help="Render even if the same video is already rendering.")
]


def render(
    portrait: Portrait,
    model: Model,
    script: Script = None,
    audio: Audio = None,
    voice: Voice = None,
    prompt: Prompt = None,
    parameters: Parameters = None,
    face: Face = None,
    agree: Agree = None,
    consent: ConsentOption = None,
    consent_by: ConsentBy = None,
    consent_on: ConsentOn = None,
    consent_file: ConsentFile = None,
    another_take: AnotherTake = False,
    out: VideoFile = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """Render a paid video; asks for the dollars unless they are agreed to."""
    from talkinghead.cli.following import follow
    from talkinghead.cli.inputs import find_model, make_project
    from talkinghead.cli.output import check_file_to_write
    from talkinghead.cli.price import Consent, order_video
    from talkinghead.cli.session import opened

    check_file_to_write(out, ".mp4")
    agreed = Consent(agree, may_ask=not as_json)
    said = Answer(consent, consent_by, consent_on.date() if consent_on else None, consent_file)
    asked = Asked(portrait, script, audio, voice, face, prompt, parameters or ())
    with opened(workspace) as session:
        chosen = find_model(model, session.studio.catalogue)
        project = make_project(session.workspace, asked, chosen)
        _check(session, project, agreed)
        if project.portrait is not None:
            say_who(session.workspace, project.endpoint_id, project.portrait.reference, said)
        project = _with_voice_over(session, project, agreed, quiet=as_json)
        job = order_video(session.workspace, project, agreed, another_take=another_take)
        if job.already_under_way and not as_json:
            typer.echo(f"Render {job.id} is already making this video. Nothing new was ordered.")
        job = follow(session, job, quiet=as_json)
        report_video(session, job, out, as_json=as_json)


def report_video(session: Session, job: "Job", out: Path | None, *, as_json: bool) -> None:
    """Print what came of a job and write its video: the export of it, with the usual label.

    Raises:
        RenderError: it is not done.
    """
    from talkinghead.cli.following import raise_unless_done
    from talkinghead.cli.videos.export import exported

    facts: Facts = {"job": job_facts(job), "video": None, "file": None}
    text = ""
    if job.video_id is not None:
        video = session.workspace.gallery.find(job.video_id)
        facts["video"] = video_facts(video)
        size = f"{video.seconds:.1f} s, {video.width} × {video.height}"
        text = f"Done: video {video.id} ({size}){_paid(job)}."
        if out is not None:
            leaving = exported(session, video.id, Answer(None), quiet=as_json)
            write_file(out, session.workspace.gallery.content(leaving.id))
            facts["file"], text = str(out), f"{text} Saved to {out}."
    show(facts, text, as_json=as_json)
    raise_unless_done(session, job)


def _paid(job: "Job") -> str:
    from talkinghead.core.money import show_dollars

    dollars = job.estimate if job.billed is None else job.billed
    return f", {show_dollars(dollars)}" if dollars else ""


def _check(session: Session, project: "Project", consent: "Consent") -> None:
    """Whether the render could be ordered, before a voice-over is made for it.

    Raises:
        InvalidInput: the model does not take this.
        RenderRefused: nobody pays, a cap is in the way, or not so much was agreed to.
    """
    from talkinghead.cli.price import price_of, price_of_voice_over
    from talkinghead.core.errors import InvalidInput, RenderRefused

    model, length = project.model, project.length_on(project.model)
    if blocked := project.provisional(model).blocked(length):
        raise InvalidInput(blocked)
    asked = price_of(session.workspace, project, model)
    if asked.why_not:
        raise RenderRefused(asked.why_not)
    dollars = asked.dollars
    if dollars is not None and project.needs_speech:
        spoken = price_of_voice_over(session.workspace, project.script, project.reader)
        dollars += spoken.dollars or 0
    if dollars is not None:
        consent.check(dollars)


def _with_voice_over(
    session: Session, project: "Project", consent: "Consent", *, quiet: bool
) -> "Project":
    """The project with the script's voice-over, where the model needs one."""
    from talkinghead.cli.speech import make_voice_over

    if not project.needs_speech:
        return project
    speech = make_voice_over(session, project.script, project.reader, consent, quiet=quiet)
    return project.with_speech(speech, project.script)
