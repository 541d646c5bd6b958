"""The command line: `python -m talkinghead COMMAND`.

An error is one line on stderr and exit code 2; a result is one line of JSON on stdout.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, get_args

from talkinghead.catalogue.base import FalVoice
from talkinghead.core.errors import InvalidInput, InvalidParameters, StudioError
from talkinghead.speech.local_voice.local_voices import VOICES

_FAILED = 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise InvalidParameters(message[:1].upper() + message[1:].rstrip(".") + ".")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    try:
        options = _parser().parse_args(arguments)
        result: dict[str, object] = options.run(options)
    except StudioError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return _FAILED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return _FAILED
    print(json.dumps(result))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="talkinghead", description="Talking-head videos from a shell.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_draft(commands.add_parser("draft", help="render a free draft on this machine"))
    return parser


def _add_draft(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--portrait", type=Path, required=True, metavar="FILE", help="the picture")
    speech = parser.add_mutually_exclusive_group(required=True)
    speech.add_argument("--script", metavar="TEXT", help="the words to speak")
    speech.add_argument("--audio", type=Path, metavar="FILE", help="a recording to lip-sync to")
    voices = ", ".join(voice.id for voice in VOICES)
    parser.add_argument("--voice", default=VOICES[0].id, help=f"{voices}, or one of fal's names")
    parser.add_argument("--size", default="512x512", metavar="WxH", help="pixels (512x512)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed, the same movements")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the MP4 to write")
    parser.set_defaults(run=_draft)


def _draft(options: argparse.Namespace) -> dict[str, object]:
    width, height = _size(options.size)
    _check_voice(options.voice)
    _check_files(options)
    if options.seed < 0:
        raise InvalidParameters("The seed must be 0 or more.", field="seed")
    # The engine takes a second to load; what is wrong with the options is said before.
    from talkinghead.draft.pipeline import DraftOrder, render_draft

    order = DraftOrder(
        portrait=options.portrait,
        script=options.script,
        recording=options.audio,
        voice=options.voice,
        width=width,
        height=height,
        seed=options.seed,
    )
    return render_draft(order, options.out, lambda fraction, line: None).as_json()


def _size(text: str) -> tuple[int, int]:
    if not (parts := re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text.strip())):
        raise InvalidParameters("Write the size as WIDTHxHEIGHT, such as 512x512.", field="size")
    return int(parts[1]), int(parts[2])


def _check_voice(name: str) -> None:
    known = {voice.id for voice in VOICES} | {voice.name.lower() for voice in VOICES}
    known |= {voice.lower() for voice in get_args(FalVoice)}
    if name.lower() not in known:
        choices = ", ".join(voice.id for voice in VOICES)
        raise InvalidParameters(
            f"There is no voice {name!r}. Choose from {choices}.", field="voice"
        )


def _check_files(options: argparse.Namespace) -> None:
    for what, path in (("picture", options.portrait), ("recording", options.audio)):
        if path is not None and not path.is_file():
            kind = "is a folder" if path.is_dir() else "does not exist"
            raise InvalidInput(f"The {what} {path} {kind}.")
    out: Path = options.out
    if out.is_dir():
        raise InvalidInput(
            f"{out} is a folder. Name the video's file, such as {out / 'draft.mp4'}."
        )
    if out.suffix.lower() != ".mp4":
        raise InvalidInput(f"The video is an MP4: let its name end in .mp4, not {out.name!r}.")
    folder = out.parent
    if not folder.is_dir():
        raise InvalidInput(f"The folder {folder} does not exist.")
    if not os.access(folder, os.W_OK) or (out.exists() and not os.access(out, os.W_OK)):
        raise InvalidInput(f"{out} cannot be written. Choose another place.")


if __name__ == "__main__":
    sys.exit(main())
