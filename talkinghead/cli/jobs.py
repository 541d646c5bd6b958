"""`jobs`: what is in progress and what was, and every decision about it."""

from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Annotated

import typer

from talkinghead.cli.consent import Answer, ConsentBy, ConsentOption, say_who_in_job
from talkinghead.cli.output import (
    AsJson,
    Facts,
    job_facts,
    ledger_facts,
    moment_text,
    show,
    table,
)
from talkinghead.cli.price import Agree
from talkinghead.cli.render import VideoFile
from talkinghead.cli.session import Session, WorkspaceToken, opened

if TYPE_CHECKING:
    from talkinghead.jobs.job import Job, LedgerEntry

app = typer.Typer(help="List renders, wait for them, cancel or retry them.")

JobId = Annotated[str, typer.Argument(metavar="JOB", help="A render's ID.")]
OpenOnly = Annotated[bool, typer.Option("--open", help="Only those in progress.")]
Limit = Annotated[int, typer.Option("--limit", min=1, help="How many at most.")]
POLL = 0.5  # seconds between two checks whether jobs are left


@app.callback(invoke_without_command=True)
def jobs(
    context: typer.Context,
    open_only: OpenOnly = False,
    limit: Limit = 100,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """List renders, newest first."""
    if context.invoked_subcommand is not None:
        return
    with opened(workspace) as session:
        found = session.workspace.jobs.list(open_only=open_only, limit=limit)
        facts = {"jobs": [job_facts(job) for job in found]}
        show(facts, _table(session, found), as_json=as_json)


@app.command("show")
def show_job(job: JobId, workspace: WorkspaceToken = None, as_json: AsJson = False) -> None:
    """Show a job with its parts and its log."""
    with opened(workspace) as session:
        found, events = session.workspace.jobs.find_with_events(job)
        parts = session.workspace.renders.parts(job)
        facts: Facts = {
            "job": job_facts(found),
            "parts": [job_facts(part) for part in parts],
            "events": [
                {"at": moment_text(event.at), "kind": event.kind, "text": event.text}
                for event in events
            ],
        }
        lines = [_table(session, [found, *parts])]
        lines += [f"{event.at:%H:%M:%S}  {event.text}" for event in events]
        show(facts, "\n".join(lines), as_json=as_json)


@app.command()
def wait(
    job: JobId, out: VideoFile = None, workspace: WorkspaceToken = None, as_json: AsJson = False
) -> None:
    """Wait until a job has ended; runs it here if no studio does."""
    _then_wait(job, lambda session: session.workspace.jobs.find(job), out, workspace, as_json)


@app.command()
def cancel(job: JobId, workspace: WorkspaceToken = None, as_json: AsJson = False) -> None:
    """Cancel a job. Free while it waits; once it renders you may still be charged."""
    from talkinghead.jobs.job import JobState
    from talkinghead.jobs.wording.charges import cancel_words

    with opened(workspace) as session:
        service = session.workspace.jobs
        if not service.find(job).state.ended:
            service.cancel(job)
        now = service.find(job)
        words = "Canceled." if now.state is JobState.CANCELLED else cancel_words(now)
        show({"job": job_facts(now)}, words or f"It is {now.state.value} already.", as_json=as_json)


@app.command(name="give-up")
def give_up(job: JobId, workspace: WorkspaceToken = None, as_json: AsJson = False) -> None:
    """End an open job now, also where cancelling has no effect. You may still be charged; `fetch`
    gets the video later if it was made."""
    from talkinghead.jobs.wording.log import last_note

    with opened(workspace) as session:
        service = session.workspace.jobs
        if not service.find(job).state.ended:
            service.give_up(job)
        now = service.find(job)
        words = last_note(service.events(job)) or f"It is {now.state.value} already."
        show({"job": job_facts(now)}, words, as_json=as_json)


@app.command()
def retry(
    job: JobId,
    agree: Agree = None,
    consent: ConsentOption = None,
    consent_by: ConsentBy = None,
    out: VideoFile = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """Order an ended job once more; of what is made of parts, only what is missing."""
    from talkinghead.cli.price import Consent, order_again

    agreed, said = Consent(agree, may_ask=not as_json), Answer(consent, consent_by)

    def order(session: Session) -> "Job":
        found = session.workspace.jobs.find(job)
        say_who_in_job(session.workspace, found, said)
        return order_again(session.workspace, found, agreed)

    _then_wait(job, order, out, workspace, as_json)


@app.command()
def check(
    job: JobId, out: VideoFile = None, workspace: WorkspaceToken = None, as_json: AsJson = False
) -> None:
    """Look for an unconfirmed order at fal.ai again; free."""
    _decide(job, lambda session: session.workspace.jobs.reconcile(job), out, workspace, as_json)


@app.command()
def resend(
    job: JobId,
    agree: Agree = None,
    consent: ConsentOption = None,
    consent_by: ConsentBy = None,
    out: VideoFile = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """Send an unconfirmed order again; you may be charged twice."""
    from talkinghead.cli.price import Consent, send_again

    agreed, said = Consent(agree, may_ask=not as_json), Answer(consent, consent_by)

    def send(session: Session) -> None:
        found = session.workspace.jobs.find(job)
        say_who_in_job(session.workspace, found, said)
        send_again(session.workspace, found, agreed)

    _decide(job, send, out, workspace, as_json)


@app.command()
def fetch(
    job: JobId, out: VideoFile = None, workspace: WorkspaceToken = None, as_json: AsJson = False
) -> None:
    """Download the video of an ended job from fal.ai again; nothing is rendered again."""

    def again(session: Session) -> "Job":
        session.workspace.jobs.fetch_again(job)
        return session.workspace.jobs.find(job)

    _then_wait(job, again, out, workspace, as_json)


@app.command()
def dismiss(job: JobId, workspace: WorkspaceToken = None, as_json: AsJson = False) -> None:
    """Hide an ended job from the list. Its video stays in the gallery."""
    with opened(workspace) as session:
        session.workspace.jobs.dismiss(job)
        show({"job": job_facts(session.workspace.jobs.find(job))}, "Hidden.", as_json=as_json)


@app.command()
def billing(limit: Limit = 200, workspace: WorkspaceToken = None, as_json: AsJson = False) -> None:
    """Show the billing history: every paid request."""
    with opened(workspace) as session:
        entries = session.workspace.billing.ledger(limit)
        facts = {"requests": [ledger_facts(each) for each in entries]}
        rows = [
            (f"{each.created_at:%Y-%m-%d %H:%M}", each.job_id, each.state.value, _paid(each))
            for each in entries
        ]
        text = table([("DATE", "JOB", "STATE", "DOLLARS"), *rows]) if rows else "Nothing was paid."
        show(facts, text, as_json=as_json)


@app.command()
def drive(as_json: AsJson = False) -> None:
    """Run open jobs of every workspace until none is left that goes on by itself."""
    with opened(None) as session:
        waiting = session.studio.jobs_to_drive()
        session.drive()
        while session.studio.jobs_to_drive():
            sleep(POLL)
        show({"jobs": waiting}, f"Done: {waiting} renders.", as_json=as_json)


def _decide(
    job_id: str,
    act: Callable[[Session], None],
    out: Path | None,
    workspace: str | None,
    as_json: bool,
) -> None:
    """Decide about an unconfirmed job, then wait for it."""

    def decided(session: Session) -> "Job":
        from talkinghead.cli.following import settle

        return settle(session, job_id, act)

    _then_wait(job_id, decided, out, workspace, as_json)


def _then_wait(
    job_id: str,
    act: Callable[[Session], "Job"],
    out: Path | None,
    workspace: str | None,
    as_json: bool,
) -> None:
    from talkinghead.cli.following import follow
    from talkinghead.cli.output import check_file_to_write
    from talkinghead.cli.render import report_video

    check_file_to_write(out, ".mp4")
    with opened(workspace) as session:
        job = follow(session, act(session), quiet=as_json)
        report_video(session, job, out, as_json=as_json)


def _table(session: Session, found: "list[Job]") -> str:
    from talkinghead.core.money import show_dollars
    from talkinghead.jobs.wording.progress import progress_text

    if not found:
        return "No renders yet."
    catalogue = session.studio.catalogue
    rows = [
        (
            job.id,
            progress_text(job),
            catalogue.title_of(job.endpoint_id),
            show_dollars(job.estimate if job.billed is None else job.billed),
            job.title[:50],
        )
        for job in found
    ]
    return table([("JOB", "STATE", "MODEL", "DOLLARS", "TITLE"), *rows])


def _paid(entry: "LedgerEntry") -> str:
    from talkinghead.core.money import show_dollars

    if entry.billed is not None:
        return show_dollars(entry.billed)
    about = f"about {show_dollars(entry.estimate)}"
    return {True: about, False: "not charged", None: f"{about}, may have been charged"}[
        entry.charged
    ]
