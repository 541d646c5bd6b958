"""Consents, as other domains and screens know them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

LONGEST_NAME = 200  # characters of a person's name
LARGEST_PROOF = 10  # megabytes of a file that shows a permission


class Ground(StrEnum):
    """Why a portrait may be used."""

    ME = "me"  #: The person who says so is in it.
    PERMISSION = "permission"  #: Someone else is in it, and has given permission.
    NOBODY = "nobody"  #: Nobody real is in it: a painting, or a generated face.


@dataclass(frozen=True)
class Proof:
    """A file that shows a permission; the studio never looks into it.

    Attributes:
        reference: the stored file.
        name: as the person called it.
    """

    reference: str
    name: str


@dataclass(frozen=True)
class Statement:
    """A person's answer to the question who is in a portrait.

    Attributes:
        ground: why it may be used.
        person: who gave permission; "" for the other grounds.
        agreed_on: the day on which they did, where it was said.
        proof: a file that shows it, or None.
    """

    ground: Ground
    person: str = ""
    agreed_on: date | None = None
    proof: Proof | None = None


@dataclass(frozen=True)
class Consent:
    """A statement on record.

    Attributes:
        portrait: the SHA-256 of the whole picture, before its crop, in hexadecimal digits.
        statement: what was said.
        given_by: the id of the actor who said it.
        given_at: aware UTC.
        withdrawn_at: when it was withdrawn, or None.
        withdrawn_by: the id of the actor who withdrew it, or None.
    """

    portrait: str
    statement: Statement
    given_by: str
    given_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None

    @property
    def holds(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


@dataclass(frozen=True)
class ConsentStatus:
    """Where a portrait stands.

    Attributes:
        state: "sample" needs no consent; "missing" was never asked about.
        consent: the latest one on record, or None.
        mine: whether the actor who asks gave it.
    """

    state: Literal["sample", "missing", "given", "withdrawn"]
    consent: Consent | None = None
    mine: bool = False

    @property
    def allows(self) -> bool:
        """Whether paid renders and exports of it can be ordered."""
        return self.state in ("sample", "given")
