"""What a file carries, as JSON: from the worker that reads it, and for programs."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from talkinghead.content_credentials.values import AiUse, Entry, FileState, Verification


def verification_values(found: Verification) -> dict[str, Any]:
    """Return what a file carries as JSON."""
    history = [
        {
            **asdict(entry),
            "signed_at": _moment_text(entry.signed_at),
            "claimed_at": _moment_text(entry.claimed_at),
        }
        for entry in found.history
    ]
    return {**asdict(found), "history": history}


def verification_of(values: Mapping[str, Any]) -> Verification:
    """Return what a file carries, from the JSON of `verification_values`."""
    return Verification(
        state=FileState(values["state"]),
        ai=AiUse(values["ai"]),
        trusted=values["trusted"],
        timestamp_trusted=values["timestamp_trusted"],
        history=tuple(_entry_of(each) for each in values["history"]),
        problems=tuple(values["problems"]),
        history_confirmed=values["history_confirmed"],
    )


def _entry_of(values: Mapping[str, Any]) -> Entry:
    return Entry(
        signer=values["signer"],
        program=values["program"],
        actions=tuple((action, text) for action, text in values["actions"]),
        sources=tuple(values["sources"]),
        signed_at=_moment_of(values["signed_at"]),
        claimed_at=_moment_of(values["claimed_at"]),
    )


def _moment_text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment_of(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
