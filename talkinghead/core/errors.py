"""The exception tree; every message is a sentence for the person using the studio.

    StudioError
    ├── InvalidInput            what a person gave cannot be used; shown beside `field`
    │   ├── InvalidPortrait
    │   ├── InvalidScript
    │   ├── InvalidRecording
    │   ├── InvalidParameters
    │   └── InvalidAddress
    ├── NotFound                no such job, video or file in this workspace
    ├── UnreadableProject       another version of the studio wrote it; it stays as it is
    ├── NotAllowed              the actor's role does not permit this
    ├── StorageFailed           the object store refused; what was there is still there
    ├── ConfigurationError      a setting is wrong; the operator must act
    └── RenderError
        ├── RenderRefused       a clear no before anything was paid
        │   └── ConsentNeeded   nobody has said yet who is in the portrait, or it was withdrawn
        ├── RenderFailed        it began and ended without a video
        ├── RenderCancelled     stopped because a person asked
        ├── SubmitUnconfirmed   a paying request left and no answer came back
        ├── KeyNeeded           there is no key that may be used; the job waits
        │   ├── KeyRejected     the provider does not accept it
        │   └── OtherAccount    it belongs to another account than the one that ordered
        └── ProviderUnreachable nothing was decided; the same free step can be done again later

The text of each is complete by itself: what happened, and what to do next. It never holds a
secret or a path. `core/database` gives the words for outages of the database and the disk.
"""

import errno
import sqlite3
from collections.abc import Iterator

DISK_FULL = "The studio's disk is full. Free up some space, then try again."
DISK_REFUSES = "The studio's disk can't be written to right now. Try again in a moment."
DATABASE_AWAY = "The studio's database can't be reached right now. Try again in a moment."
_FULL = (errno.ENOSPC, errno.EDQUOT)
DISK_REFUSED = (errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ESTALE)
"""Numbers of errors that may pass."""


class StudioError(Exception):
    """An expected failure, in words a person can act on."""


class InvalidInput(StudioError):
    """An input cannot be used.

    Args:
        message: one or two plain sentences: what is wrong and what to do next.
        field: the form field it belongs to: "portrait", "script", "recording", or a field of the
            model's input.
    """

    field: str = ""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        if field is not None:
            self.field = field


class InvalidPortrait(InvalidInput):
    """The picture cannot be used."""

    field = "portrait"


class InvalidScript(InvalidInput):
    """The words cannot be spoken."""

    field = "script"


class InvalidRecording(InvalidInput):
    """The sound cannot be used."""

    field = "recording"


class InvalidParameters(InvalidInput):
    """A parameter of the model is missing or out of its range."""


class InvalidAddress(InvalidInput):
    """The web address cannot be used: it is none, or it leads to no public host."""


class NotFound(StudioError):
    """The object does not exist in this workspace."""


class UnreadableProject(StudioError):
    """The project was written by a newer version of the studio; reading it would lose data."""


class NotAllowed(StudioError):
    """The actor's role does not permit this."""


class StorageFailed(StudioError):
    """The object store refused or lost its connection."""


class ConfigurationError(StudioError):
    """A setting is missing or wrong; the message names it."""


class RenderError(StudioError):
    """A render ended without a video.

    Args:
        message: what happened and what to do next.
        field: the form field that caused it, where one did.
        charged: whether it was paid for; None where nobody can know.
    """

    def __init__(
        self, message: str, *, field: str | None = None, charged: bool | None = False
    ) -> None:
        super().__init__(message)
        self.field = field
        self.charged = charged


class RenderRefused(RenderError):
    """Refused before anything was paid."""


class ConsentNeeded(RenderRefused):
    """A portrait needs consent before this.

    Args:
        message: what to do next.
        portrait: the reference of the picture.
    """

    def __init__(self, message: str, portrait: str) -> None:
        super().__init__(message, field="portrait")
        self.portrait = portrait


class RenderFailed(RenderError):
    """The render started and ended without a video."""


class RenderCancelled(RenderError):
    """The render was cancelled by a person."""


class SubmitUnconfirmed(RenderError):
    """A paid request was sent and its answer was lost; only a person may send it again."""

    def __init__(self, message: str) -> None:
        super().__init__(message, charged=None)


class KeyNeeded(RenderError):
    """A step needs an API key that is missing or rejected; it can be repeated once there is one."""


class KeyRejected(KeyNeeded):
    """The provider does not accept the key."""


class OtherAccount(KeyNeeded):
    """The key belongs to another account than the one that ordered."""


class ProviderUnreachable(RenderError):
    """A free request got no usable answer; it can be repeated later."""


def is_disk_full(error: BaseException) -> bool:
    """Whether the error, or one that caused it, says that there is no space left."""
    return any(_says_full(each) for each in with_causes(error))


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
    # obstore tells the number of the system's error only in its text.
    return any(f"(os error {number})" in str(error) for number in _FULL)


def with_causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and those that led to it, the last one first."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
