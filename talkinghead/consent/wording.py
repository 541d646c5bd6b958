"""Consents in words."""

from collections.abc import Mapping
from types import MappingProxyType

from talkinghead.consent.values import Ground, Statement

ANSWERS: Mapping[Ground, str] = MappingProxyType(
    {
        Ground.ME: "It's me",
        Ground.PERMISSION: "Someone who gave me permission",
        Ground.NOBODY: "Nobody real: a painting or a generated face",
    }
)
"""The answers to the question who is in a portrait."""

UNANSWERED = "Say who is in this portrait."
NO_NAME = "Enter the name of the person who gave permission."


def what_is_missing(statement: Statement | None) -> str | None:
    """Return a sentence on what an answer lacks, or None where it is complete."""
    if statement is None:
        return UNANSWERED
    if statement.ground is Ground.PERMISSION and not statement.person.strip():
        return NO_NAME
    return None


def who_is_in_it(statement: Statement, *, mine: bool) -> str:
    """Return a few words on who is in a portrait: "You", "Ada Lovelace, with permission".

    Args:
        statement: what was said.
        mine: whether the reader said it.
    """
    if statement.ground is Ground.ME:
        return "You" if mine else "The person who uploaded it"
    if statement.ground is Ground.NOBODY:
        return "Nobody real"
    return f"{statement.person}, with permission"
