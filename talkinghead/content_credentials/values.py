"""Values of content credentials."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class FileState(StrEnum):
    """What a file's content credentials say of it."""

    UNCHANGED = "unchanged"  #: Its credentials are intact, and so is it.
    CHANGED = "changed"  #: It, or its credentials, were changed after it was signed.
    UNCONFIRMED = "unconfirmed"  #: They cannot be confirmed, such as when the signature expired.
    NONE = "none"  #: It carries none.
    REMOTE = "remote"  #: It names an address where they are, which is not opened.
    DAMAGED = "damaged"  #: It is a damaged video, or its credentials are damaged.


class AiUse(StrEnum):
    """What the signers say of artificial intelligence in a video."""

    GENERATED = "generated"  #: It was generated with AI.
    PARTLY = "partly"  #: Parts of it were, or AI changed it.
    NO = "no"  #: They name another source.
    UNSAID = "unsaid"  #: They say nothing of it.


@dataclass(frozen=True)
class Entry:
    """One signed step in the history of a video.

    Attributes:
        signer: the name in the certificate; empty if it has none.
        program: what wrote the step, and its version.
        actions: what happened, each as a C2PA action, such as "c2pa.cropped", and a description.
        sources: the IPTC digital source types that it names.
        signed_at: by a timestamp authority; None without one.
        claimed_at: what the signer says, where there is no such time.
    """

    signer: str
    program: str
    actions: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    signed_at: datetime | None = None
    claimed_at: datetime | None = None


@dataclass(frozen=True)
class Verification:
    """What a file carries, and whether it was changed.

    Attributes:
        state: the result.
        ai: what it says of AI, over all steps.
        trusted: whether its signer is on the studio's trust list; None where the studio has none.
        timestamp_trusted: the same of who gave the timestamp; None without a timestamp, too.
        history: the steps, oldest first; the last one signed the file as it is.
        problems: the codes of what is wrong, by the C2PA specification.
        history_confirmed: False where an earlier step cannot be confirmed.
    """

    state: FileState
    ai: AiUse = AiUse.UNSAID
    trusted: bool | None = None
    timestamp_trusted: bool | None = None
    history: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = field(default=())
    history_confirmed: bool = True


@dataclass(frozen=True)
class SigningStatus:
    """What this studio signs its versions with.

    Attributes:
        own: True for a certificate that the studio made for itself, which others see as untrusted.
        subject: the name in the certificate.
        issuer: of whoever issued it.
        ends_at: until when it is valid.
        timestamps: whether a timestamp authority is asked.
        key_saved: whether the private key is kept, encrypted, in the database.
        note: what an operator should know or do; empty where all is well.
    """

    own: bool
    subject: str
    issuer: str
    ends_at: datetime
    timestamps: bool
    key_saved: bool
    note: str = ""
