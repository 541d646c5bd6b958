"""`draft`: a free draft on this machine, without database or gallery; one line of JSON about it."""

import re
from pathlib import Path
from typing import Annotated, get_args

import typer

from talkinghead.cli.output import check_file_to_write, cleaned_script, show
from talkinghead.core.errors import InvalidInput, InvalidParameters
from talkinghead.speech.local_voice.local_voices import VOICES

VOICE_NAMES = ", ".join(voice.id for voice in VOICES)


def draft(
    portrait: Annotated[Path, typer.Option(metavar="FILE", help="The portrait.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The MP4 to write.")],
    script: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The script to speak.", callback=cleaned_script),
    ] = None,
    audio: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A recording to lip-sync to.")
    ] = None,
    voice: Annotated[
        str, typer.Option(help=(f"{VOICE_NAMES}, or the name of a fal.ai voice."))
    ] = VOICES[0].id,
    size: Annotated[str, typer.Option(metavar="WxH", help="Pixels.")] = "512x512",
    seed: Annotated[int, typer.Option(help="The same seed, the same movements.")] = 0,
    liveliness: Annotated[
        str, typer.Option(help="How much the head moves: calm, natural or lively.")
    ] = "natural",
    gaze: Annotated[
        str, typer.Option(help="natural (glances aside now and then) or 'at the camera'.")
    ] = "natural",
    blinks: Annotated[bool, typer.Option(help="Whether the eyes blink.")] = True,
    as_json: Annotated[  # it prints JSON anyway; scripts may say so as everywhere else
        bool, typer.Option("--json", hidden=True)
    ] = True,
) -> None:
    """Render a free draft on this machine."""
    width, height = _size(size)
    _check_voice(voice)
    _check_speech(script, audio)
    check_file_to_read("picture", portrait)
    check_file_to_read("recording", audio)
    check_file_to_write(out, ".mp4")
    if seed < 0:
        raise InvalidParameters("The seed must be 0 or more.", field="seed")
    # The engine takes a second to load; what is wrong with the options is said before.
    from talkinghead.draft.pipeline import render_draft
    from talkinghead.draft.values import DraftOrder

    order = DraftOrder(
        portrait=portrait,
        script=script,
        recording=audio,
        level=True,
        voice=voice,
        width=width,
        height=height,
        seed=seed,
        liveliness=liveliness,
        gaze=gaze,
        blinks=blinks,
    )
    report = render_draft(order, out, lambda fraction, line: None)
    show(report.as_json(), "", as_json=True)


def check_file_to_read(what: str, path: Path | None) -> None:
    """Whether there is such a file.

    Raises:
        InvalidInput: there is none.
    """
    if path is not None and not path.is_file():
        kind = "is a folder" if path.is_dir() else "does not exist"
        raise InvalidInput(f"The {what} {path} {kind}.")


def _size(text: str) -> tuple[int, int]:
    if not (parts := re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text.strip())):
        raise InvalidParameters("Write the size as WIDTHxHEIGHT, such as 512x512.", field="size")
    return int(parts[1]), int(parts[2])


def _check_voice(name: str) -> None:
    from talkinghead.catalogue.base import FalVoice

    known = {voice.id for voice in VOICES} | {voice.name.lower() for voice in VOICES}
    known |= {voice.lower() for voice in get_args(FalVoice)}
    if name.lower() not in known:
        raise InvalidParameters(
            f"There is no voice {name!r}. Choose from {VOICE_NAMES}.", field="voice"
        )


def _check_speech(script: str | None, audio: Path | None) -> None:
    if script is None and audio is None:
        raise InvalidInput("One of the options --script and --audio is required.")
    if script is not None and audio is not None:
        raise InvalidInput("The option --audio is not allowed with --script.")
