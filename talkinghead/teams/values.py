"""Actors, roles and kinds of act."""

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """A kind of act. A role is a set of them."""

    VIEW = "view"  #: See what is there, and ask what something would cost.
    DRAFT = "draft"  #: Bring, make and change what costs nothing.
    SPEND = "spend"  #: Order what is paid.
    PUBLISH = "publish"  #: Let something out of the studio; no verb does that yet.
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


@dataclass(frozen=True)
class Actor:
    """The person or program that acts in a workspace.

    Attributes:
        id: ours, at most 64 characters; orders store it.
        display_name: as others read it.
        role: what they may do.
    """

    id: str
    display_name: str
    role: Role
