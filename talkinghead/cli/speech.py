"""`speech`: a script made into a voice-over, and the voices to choose from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from talkinghead.cli.output import (
    AsJson,
    Facts,
    cleaned_script,
    moment_text,
    show,
    table,
    write_file,
)
from talkinghead.cli.price import Agree
from talkinghead.cli.session import Session, WorkspaceToken

if TYPE_CHECKING:
    from talkinghead.cli.price import Consent
    from talkinghead.speech.repository import Speech
    from talkinghead.speech.voices import VoiceChoice

Words = Annotated[
    str | None,
    typer.Option(
        "--script",
        metavar="TEXT",
        help="The script. `[pause 0.8]` is silence, `*word*` is stressed.",
        show_default=False,
        callback=cleaned_script,
    ),
]
VoiceId = Annotated[
    str | None,
    typer.Option(
        "--voice",
        metavar="VOICE",
        help="A voice from --voices. A free voice by default.",
        show_default=False,
    ),
]
SoundFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Also write the WAV here.", show_default=False),
]
WithoutNotice = Annotated[
    str | None,
    typer.Option(
        "--no-notice",
        metavar="REASON",
        help="Leave out the spoken notice that AI made the voice; say why.",
        show_default=False,
    ),
]
ListVoices = Annotated[bool, typer.Option("--voices", help="List the voices instead.")]


def speech(
    script: Words = None,
    voice: VoiceId = None,
    voices: ListVoices = False,
    agree: Agree = None,
    out: SoundFile = None,
    no_notice: WithoutNotice = None,
    workspace: WorkspaceToken = None,
    as_json: AsJson = False,
) -> None:
    """Generate a voice-over, which models that take audio lip-sync to."""
    from talkinghead.cli.output import check_file_to_write
    from talkinghead.cli.price import Consent
    from talkinghead.cli.session import opened
    from talkinghead.core.errors import InvalidParameters, InvalidScript
    from talkinghead.speech.local_voice.local_voices import DEFAULT_VOICE

    check_file_to_write(out, ".wav")
    if no_notice is not None and not no_notice.strip():
        raise InvalidParameters("Say why there is no notice, such as --no-notice 'for editing'.")
    consent = Consent(agree, may_ask=not as_json)
    with opened(workspace) as session:
        if voices:
            _show_voices(session.workspace.voices.list(), as_json=as_json)
            return
        if script is None:
            raise InvalidScript("Add --script or --voices.")
        voice_id = voice or DEFAULT_VOICE.id
        made = make_voice_over(session, script, voice_id, consent, quiet=as_json)
        if out is not None:
            write_file(out, _sound(session, made, consent, notice=no_notice is None))
        _show_made(made, out, as_json=as_json)


def make_voice_over(
    session: Session, script: str, voice_id: str, consent: "Consent", *, quiet: bool
) -> "Speech":
    """The voice-over of a script, made now unless it was made before.

    Raises:
        RenderError: it was refused or failed.
    """
    from talkinghead.cli.following import follow, raise_unless_done
    from talkinghead.cli.price import order_voice_over
    from talkinghead.core.errors import NotFound

    service = session.workspace.speech
    if ready := service.plan(script, voice_id).ready_id:
        return service.find(ready)
    if not quiet:
        typer.echo("Generating the voice-over")
    job = follow(
        session, order_voice_over(session.workspace, script, voice_id, consent), quiet=True
    )
    raise_unless_done(session, job)
    if (made := service.of_job(job.id)) is None:
        raise NotFound("The voice-over has been removed. Generate it again.")
    return made


def _sound(session: Session, made: "Speech", consent: "Consent", *, notice: bool) -> bytes:
    """The sound of a voice-over as it leaves: with the spoken notice, in a free voice."""
    sound = session.workspace.recordings.sound(made.reference)
    if not notice:
        return sound
    from talkinghead.av.sound import read_sound, sound_bytes
    from talkinghead.exports.label.spoken_notice import NOTICE, with_notice
    from talkinghead.speech.local_voice.local_voices import DEFAULT_VOICE

    said = make_voice_over(session, NOTICE, DEFAULT_VOICE.id, consent, quiet=True)
    heard = read_sound(session.workspace.recordings.sound(said.reference))
    return sound_bytes(with_notice(read_sound(sound), heard, made.words))


def _show_made(made: "Speech", out: Path | None, *, as_json: bool) -> None:
    from talkinghead.core.money import show_dollars, show_seconds

    facts: Facts = {
        "id": made.id,
        "voice": made.voice_id,
        "language": made.language,
        "seconds": float(made.seconds),
        "dollars": str(made.dollars),
        "created_at": moment_text(made.created_at),
        "file": None if out is None else str(out),
    }
    paid = f", {show_dollars(made.dollars)}" if made.dollars else ", free"
    saved = f" Saved to {out}." if out else ""
    text = f"Done: voice-over {made.id} ({show_seconds(made.seconds)}{paid}).{saved}"
    show(facts, text, as_json=as_json)


def _show_voices(known: "list[VoiceChoice]", *, as_json: bool) -> None:
    facts = [
        {
            "id": voice.id,
            "name": voice.name,
            "provider": voice.provider,
            "languages": sorted(voice.languages),
            "dollars_per_thousand_characters": str(voice.dollars_per_thousand),
            "description": voice.description,
        }
        for voice in known
    ]
    rows = [(voice.id, voice.name, _price(voice), voice.description) for voice in known]
    text = table([("VOICE", "NAME", "PRICE", "DESCRIPTION"), *rows])
    show({"voices": facts}, text, as_json=as_json)


def _price(voice: "VoiceChoice") -> str:
    from talkinghead.core.money import show_dollars

    dollars = voice.dollars_per_thousand
    return f"{show_dollars(dollars)} per 1,000 characters" if dollars else "free"
