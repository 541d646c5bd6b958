"""The receipt of a video."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class PlatformBox:
    """What a platform asks of whoever publishes a realistic AI video there.

    Attributes:
        platform: its name.
        where: where it is asked.
        tick: what to choose there.
        field: the name and value of the field for programs, or None.
        note: what else is worth knowing, or "".
        known_on: when this was last known to be so; platforms change it.
    """

    platform: str
    where: str
    tick: str
    field: str | None
    note: str
    known_on: date


@dataclass(frozen=True)
class ReceiptRequest:
    """A paid request that a video was made by.

    Attributes:
        job_id: ours.
        request_id: the provider's, or None where it is not known.
        endpoint_id: the model.
        agreed: dollars that were agreed to.
        billed: dollars by the provider's report, or None where they are not known.
        ordered_at: aware UTC.
        ordered_by: the id of the actor who ordered it, or None where it was not kept.
        paid_by: "studio key", or a short name of the account of a typed key.
    """

    job_id: str
    request_id: str | None
    endpoint_id: str
    agreed: Decimal
    billed: Decimal | None
    ordered_at: datetime
    ordered_by: str | None
    paid_by: str


@dataclass(frozen=True)
class ReceiptFile:
    """A file on the way from the portrait to the video.

    Attributes:
        role: such as "portrait" or "original video".
        sha256: of its content, in hexadecimal digits.
    """

    role: str
    sha256: str


@dataclass(frozen=True)
class ReceiptConsent:
    """What was said of the portrait.

    Attributes:
        state: "sample", "missing", "given" or "withdrawn".
        ground: "me", "permission" or "nobody"; None where nothing was said.
        person: who gave permission, or "".
        agreed_on: when they did, or None.
        proof_sha256: of the file that shows it, or None.
        given_by, given_at: who said so and when, or None.
        withdrawn_at: when it was withdrawn, or None.
    """

    state: str
    ground: str | None = None
    person: str = ""
    agreed_on: date | None = None
    proof_sha256: str | None = None
    given_by: str | None = None
    given_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Receipt:
    """The receipt of one video or version.

    Attributes:
        video_id, title: which.
        original_id: of the video that it is a version of; its own for an original.
        model, model_title: what made it; the free draft is one, too.
        is_draft: whether it is a free draft.
        ordered_by: the id of the actor who ordered it, or None where it was not kept.
        ordered_at, finished_at: of this video or version, aware UTC.
        written_at: when the receipt was written.
        portrait_sha256: of the whole picture before its crop, or None where it is not known.
        consent: what was said of it.
        requests: every paid one, those of the voice-over first.
        files: every file from the portrait to this video, in that order.
        label: the label that is burned in, as JSON, or None.
        label_off_reason: why there is none, in the words of who turned it off, or None.
        credentials: what it was signed with, as JSON, or None.
        boxes: what platforms ask.
    """

    video_id: str
    title: str
    original_id: str
    model: str
    model_title: str
    is_draft: bool
    ordered_by: str | None
    ordered_at: datetime
    finished_at: datetime
    written_at: datetime
    portrait_sha256: str | None
    consent: ReceiptConsent
    requests: tuple[ReceiptRequest, ...]
    files: tuple[ReceiptFile, ...]
    label: dict[str, Any] | None
    label_off_reason: str | None
    credentials: dict[str, Any] | None
    boxes: tuple[PlatformBox, ...]
