"""Verifies files in a worker process, because they may be a stranger's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from talkinghead.content_credentials.json_values import verification_of
from talkinghead.content_credentials.values import Verification
from talkinghead.core.errors import InvalidInput
from talkinghead.core.workers.decoding import DecodingTurn, decoding_turn


class InvalidVideo(InvalidInput):
    """The file is no MP4, or cannot be opened."""

    field = "video"


def verify_file(path: Path, trust_list: Path | None = None) -> Verification:
    """Return what a file carries, and whether it was changed.

    Args:
        path: of the file.
        trust_list: a file with the certificates of authorities to trust; None without one.

    Raises:
        InvalidInput: it is no MP4, or it cannot be opened.
    """
    with decoding_turn() as turn:
        return verify_in(turn, path, trust_list)


def verify_in(turn: DecodingTurn, path: Path, trust_list: Path | None) -> Verification:
    """`verify_file`, within a turn at decoding."""
    report = turn.run(
        "content_credentials.read", InvalidVideo, file=path.absolute(), trusted=trust_list
    )
    return verification_of(report)


@contextmanager
def upload_turn(client: str) -> Iterator[DecodingTurn]:
    """Context manager: wait for a turn with an upload of a client.

    Raises:
        InvalidInput: too many of its uploads wait already.
    """
    with decoding_turn(client, InvalidVideo) as turn:
        yield turn
