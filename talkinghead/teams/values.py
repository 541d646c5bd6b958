"""Actors, roles and kinds of act."""

import hashlib
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

SESSION_BYTES = 32  # 256 bits, 43 characters


class Act(StrEnum):
    """A kind of act. A role is a set of them."""

    VIEW = "view"  #: See what is there, and ask what something would cost.
    DRAFT = "draft"  #: Bring, make and change what costs nothing.
    SPEND = "spend"  #: Order what is paid.
    PUBLISH = "publish"  #: Let something out of the studio as it is.
    ADMINISTER = "administer"  #: Enter keys, delete everything.


@dataclass(frozen=True)
class Role:
    """A member's role in a workspace.

    Attributes:
        name: as a person reads it.
        acts: what they may do.
    """

    name: str
    acts: frozenset[Act]


def new_session() -> str:
    """Return a new random id of a browser tab, or of a program's run."""
    return secrets.token_urlsafe(SESSION_BYTES)


@dataclass(frozen=True)
class Visit:
    """How an actor came here.

    Attributes:
        session: the id that only their browser tab has, or this run of a program: a typed key is
            held under it. A secret.
        client: a fingerprint of the network address they come from, or None where that is not
            known.
    """

    session: str = field(default_factory=new_session, repr=False)
    client: str | None = None


@dataclass(frozen=True)
class Actor:
    """The person or program that acts in a workspace.

    Attributes:
        id: ours, at most 64 characters; orders store it.
        display_name: as others read it.
        role: what they may do.
        visit: how they came.
    """

    id: str
    display_name: str
    role: Role
    visit: Visit = field(default_factory=Visit)

    @property
    def client(self) -> str:
        """Whom they are counted as where turns are taken: their network address where that is
        known, else their tab; a fingerprint, no secret."""
        if self.visit.client is not None:
            return self.visit.client
        return hashlib.sha256(self.visit.session.encode()).hexdigest()[:40]
