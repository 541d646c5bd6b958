"""`verify`: what content credentials an MP4 carries, and whether it was changed."""

from pathlib import Path
from typing import Annotated

import typer

from talkinghead.cli.draft import check_file_to_read
from talkinghead.cli.output import AsJson, show
from talkinghead.cli.session import read_settings

NO_CREDENTIALS, NOT_CONFIRMED = 6, 7  # exit codes; see `app`


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The MP4.")],
    as_json: AsJson = False,
) -> None:
    """Show who signed an MP4, what was done to it, and whether it was changed since."""
    check_file_to_read("video", file)
    from talkinghead.content_credentials.json_values import verification_values
    from talkinghead.content_credentials.values import FileState
    from talkinghead.content_credentials.verification import verify_file
    from talkinghead.content_credentials.wording import verification_text

    found = verify_file(file, read_settings().c2pa_trust_list)
    show(verification_values(found), verification_text(found), as_json=as_json)
    if found.state in (FileState.NONE, FileState.REMOTE):
        raise typer.Exit(NO_CREDENTIALS)
    if found.state is not FileState.UNCHANGED:
        raise typer.Exit(NOT_CONFIRMED)
