"""`doctor`: whether everything that a studio needs is here, and what to do where it is not."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from talkinghead.cli.output import AsJson, show, table
from talkinghead.cli.session import Session, WorkspaceToken, opened, read_settings
from talkinghead.core.errors import ConfigurationError, RenderFailed

if TYPE_CHECKING:
    from talkinghead.core.settings import Settings

Verdict = Literal["ok", "warning", "problem"]
LITTLE_DISK, NO_DISK = 2_000, 200  # megabytes; a long video and its parts take some hundred
LITTLE_MEMORY, NO_MEMORY = 1_000, 400  # megabytes; a draft takes up to 900
MEGABYTE = 1024 * 1024
SOON_DAYS = 30  # before its end, that a certificate is said to need renewal


@dataclass(frozen=True)
class Finding:
    """The result of one check.

    Attributes:
        name: of the thing.
        verdict: "warning" where something will not work until it is mended; "problem" where
            nothing will.
        text: what was found.
        next_step: what to do; empty where all is well.
    """

    name: str
    verdict: Verdict
    text: str
    next_step: str = ""


def doctor(workspace: WorkspaceToken = None, as_json: AsJson = False) -> None:
    """Check database, store, key, fonts, voices, disk, memory and whether jobs are driven."""
    with ExitStack() as stack:
        findings = list(_findings(workspace, stack))
        well = all(each.verdict != "problem" for each in findings)
        rows = [(each.verdict, each.name, f"{each.text} {each.next_step}") for each in findings]
        facts = {"ok": well, "checks": [asdict(each) for each in findings]}
        show(facts, table(rows), as_json=as_json)
    if not well:
        problems = [each.name for each in findings if each.verdict == "problem"]
        raise RenderFailed(f"Not everything works: {', '.join(problems)}.")


def _findings(token: str | None, stack: ExitStack) -> Iterator[Finding]:
    try:
        settings = read_settings()
    except ConfigurationError as error:
        yield Finding("settings", "problem", str(error))
        return
    yield Finding("settings", "ok", f"Data is kept in {settings.data_dir.absolute()}.")
    session = None
    try:
        session = stack.enter_context(opened(token))
        yield _database(session)
    except ConfigurationError as error:
        yield Finding("studio", "problem", f"It can't open. {error}")
    except Exception as error:  # noqa: BLE001  whatever is broken is what is asked for
        yield Finding("database", "problem", _words(error), "Check DATABASE_URL and DATA_DIR.")
    yield _tried("store", lambda: _store(settings), "Check MEDIA_URL and its credentials.")
    if session is not None:
        yield _tried("key", lambda: _key(session), "Check FAL_KEY.")
    yield _tried("fonts", _fonts, "Install requirements.txt again.")
    if session is not None:
        yield _tried("voices", lambda: _voices(session), "Install requirements.txt again.")
        yield _tried("signing", lambda: _signing(session), "Install requirements.txt again.")
    yield _disk(settings)
    yield _memory()
    if session is not None:
        yield _driving(session)


def _tried(name: str, look: Callable[[], Finding], next_step: str) -> Finding:
    """Return the finding of a check, or that the check itself failed."""
    try:
        return look()
    except Exception as error:  # noqa: BLE001  whatever is broken is what is asked for
        return Finding(name, "problem", _words(error), next_step)


def _words(error: Exception) -> str:
    from talkinghead.core.database import sentence_of

    return sentence_of(error) or f"It failed ({type(error).__name__})."


def _database(session: Session) -> Finding:
    session.workspace.jobs.list(limit=1)
    kind = "PostgreSQL" if session.studio.settings.database_url else "SQLite"
    return Finding("database", "ok", f"{kind} answers and has the latest layout.")


def _store(settings: "Settings") -> Finding:
    from talkinghead.core.store import open_store

    folder = settings.data_dir.absolute()
    store = open_store(settings.media_url or (folder / "media").as_uri())
    reference = store.put("doctor", b'"a file to try"', ".json")
    store.read("doctor", reference)
    store.delete("doctor", reference)
    where = "The bucket" if (settings.media_url or "").startswith("s3://") else "The folder"
    return Finding("store", "ok", f"{where} stores, returns and deletes files.")


def _key(session: Session) -> Finding:
    billing = session.workspace.billing
    if billing.key_status().source is None:
        return Finding(
            "key", "warning", "No fal.ai key. Drafts are free.", "Set FAL_KEY to render."
        )
    checked = billing.check_key()
    if checked.ok:
        return Finding("key", "ok", checked.text)
    verdict: Verdict = "warning" if checked.ok is None else "problem"
    return Finding("key", verdict, checked.text, "Check FAL_KEY at fal.ai → Keys.")


def _fonts() -> Finding:
    from talkinghead.captions.painting.fonts import CAN_SHAPE, faces

    missing = [each.path for each in faces("Montserrat", 800) if not Path(each.path).is_file()]
    if missing:
        return Finding("fonts", "problem", "Fonts are missing.", "Install requirements.txt again.")
    if CAN_SHAPE:
        return Finding("fonts", "ok", "Captions can be drawn in every script.")
    return Finding(
        "fonts",
        "warning",
        "FriBidi is missing, so Arabic and Hebrew captions are plainer.",
        "Install the package fribidi.",
    )


def _voices(session: Session) -> Finding:
    from talkinghead.speech.local_voice.local_voices import DEFAULT_VOICE, VOICES

    session.workspace.voices.sample(DEFAULT_VOICE.id)
    return Finding("voices", "ok", f"{len(VOICES)} free voices; {DEFAULT_VOICE.name} speaks.")


def _signing(session: Session) -> Finding:
    from datetime import UTC, datetime, timedelta

    status = session.workspace.content_credentials.status()
    if status.note:
        return Finding("signing", "warning", status.note, "Correct the settings, then start again.")
    if status.own:
        text = (
            "Versions are signed with a certificate of the studio's own, which others don't trust."
        )
        return Finding("signing", "ok", text)
    text = f"Versions are signed by {status.subject} until {status.ends_at:%Y-%m-%d}."
    if status.ends_at - datetime.now(UTC) < timedelta(days=SOON_DAYS):
        return Finding("signing", "warning", text, "Renew the certificate in C2PA_CERTIFICATE.")
    return Finding("signing", "ok", text)


def _disk(settings: "Settings") -> Finding:
    folder = settings.data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // MEGABYTE
    verdict = _enough(free, LITTLE_DISK, NO_DISK)
    step = "" if verdict == "ok" else "Free up some space, or set DATA_DIR to another disk."
    return Finding("disk", verdict, f"{free:,} MB free.", step)


def _memory() -> Finding:
    from talkinghead.core.workers.memory import available_memory_mb

    free = available_memory_mb()
    if free is None:
        return Finding("memory", "ok", "This system does not say how much is available.")
    verdict = _enough(free, LITTLE_MEMORY, NO_MEMORY)
    step = "" if verdict == "ok" else "Close other programs: a draft takes up to 900 MB."
    return Finding("memory", verdict, f"{free:,.0f} MB available.", step)


def _enough(megabytes: float, little: int, none: int) -> Verdict:
    if megabytes < none:
        return "problem"
    return "warning" if megabytes < little else "ok"


def _driving(session: Session) -> Finding:
    waiting = session.studio.jobs_to_drive()
    count = f"{waiting} in progress" if waiting else "none in progress"
    if session.studio.is_driven:
        return Finding("jobs", "ok", f"A studio is running them; {count}.")
    if session.studio.engine_damage():
        text = f"No studio is running them; {count}. The file engine.db is damaged."
        return Finding("jobs", "warning", text, "It's rebuilt the next time the studio starts.")
    if not waiting:
        return Finding("jobs", "ok", "Nothing is in progress; a render runs its own job.")
    step = "Start the studio, or run: talkinghead jobs drive"
    return Finding("jobs", "warning", f"No studio is running them; {count}.", step)
