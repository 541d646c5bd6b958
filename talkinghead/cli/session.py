"""The studio and the workspace that a command works in, for as long as it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # the studio loads when a command opens it
    from talkinghead.core.settings import Settings
    from talkinghead.studio import Studio
    from talkinghead.workspace import Workspace

WorkspaceToken = Annotated[
    str | None,
    typer.Option(
        "--workspace",
        metavar="TOKEN",
        help="The gallery with this token (`?studio=` in its link). By default, the local gallery.",
        show_default=False,
    ),
]


@dataclass
class Session:
    """The open studio and workspace of a command.

    Attributes:
        studio: opened; nothing runs in it before `drive`.
        workspace: the one that was asked for.
    """

    studio: "Studio"
    workspace: "Workspace"
    _started: bool = False
    _closed: bool = False

    def drive(self) -> None:
        """Run open jobs here, if no other process does."""
        if not self._started:
            self._started = True
            self.studio.start()

    def leave(self) -> None:
        """Close the studio; doing so again does nothing. What runs here goes on at the next start,
        or in another process."""
        if not self._closed:
            self._closed = True
            self.studio.close()


@contextmanager
def opened(token: str | None) -> Iterator[Session]:
    """The studio of the settings, closed in the end.

    Args:
        token: of the workspace; None for this machine's own.

    Raises:
        ConfigurationError: a setting is wrong, or the database cannot be opened.
        NotFound: it is no token of ours.
    """
    from talkinghead.opening import open_studio

    studio = open_studio(read_settings(token), start=False)
    try:
        session = Session(studio, studio.workspace(token))
    except BaseException:
        studio.close()
        raise
    try:
        yield session
    finally:
        session.leave()


def read_settings(token: str | None = None) -> "Settings":
    """The settings of the environment. Whoever has a shell here is the one user of this machine;
    with the token of a workspace, the visitor that it belongs to.

    Raises:
        ConfigurationError: one cannot be used. The message omits the value: it may be a secret.
    """
    from talkinghead.core import settings

    return settings.read_settings(single_user=token is None)
