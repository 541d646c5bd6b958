"""Everything that can go wrong, as one tree, and the sentence that a person reads.

    StudioError
    ├── InvalidInput            what a person gave cannot be used; shown beside `field`
    │   ├── InvalidPortrait
    │   ├── InvalidScript
    │   ├── InvalidRecording
    │   └── InvalidParameters
    ├── NotFound                no such job, video or file in this workspace
    ├── UnreadableProject       another version of the studio wrote it; it stays as it is
    ├── NotAllowed              the role of whoever asks does not hold such an act
    ├── StorageFailed           the object store refused; what was there is still there
    ├── ConfigurationError      a setting is wrong; the operator must act
    └── RenderError
        ├── RenderRefused       a clear no before anything was paid
        ├── RenderFailed        it began and ended without a video
        ├── RenderCancelled     stopped because a person asked
        ├── SubmitUnconfirmed   a paying request left and no answer came back
        ├── KeyNeeded           there is no key, or it is not accepted any more; the job waits
        └── ProviderUnreachable nothing was decided; the same free step can be done again later

The text of each is complete by itself: what happened, and what to do next. It never holds a
secret or a path.
"""


class StudioError(Exception):
    """Something the studio could not do, in words a person can act on."""


class InvalidInput(StudioError):
    """What a person gave cannot be used.

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


class NotFound(StudioError):
    """There is no such thing in this workspace."""


class UnreadableProject(StudioError):
    """Another version of the studio wrote the project, and this one would lose some of it."""


class NotAllowed(StudioError):
    """Whoever asks may not do this here."""


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


class RenderFailed(RenderError):
    """It began, and ended without a video."""


class RenderCancelled(RenderError):
    """It was stopped because a person asked for that."""


class SubmitUnconfirmed(RenderError):
    """A paying request left and its answer was lost; only a person may send it again."""

    def __init__(self, message: str) -> None:
        super().__init__(message, charged=None)


class KeyNeeded(RenderError):
    """A step needs a key that is not here or not accepted; it can be done once there is one."""


class ProviderUnreachable(RenderError):
    """A free step got no answer that decides anything; it can be done again later."""
