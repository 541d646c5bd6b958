"""What was read from a file, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from talkinghead.content_credentials.values import AiUse, Entry, FileState, Verification

Row = tuple[str, str]

HEADLINES: Mapping[FileState, str] = {
    FileState.UNCHANGED: "Unchanged since it was signed",
    FileState.CHANGED: "Changed after it was signed",
    FileState.UNCONFIRMED: "The signature can't be confirmed",
    FileState.NONE: "No content credentials",
    FileState.REMOTE: "Content credentials are kept elsewhere",
    FileState.DAMAGED: "This video can't be read",
}
EXPLANATIONS: Mapping[FileState, str] = {
    FileState.UNCHANGED: "The video is exactly as its signer left it.",
    FileState.CHANGED: (
        "The video or its credentials were altered, so what they say may no longer be true of it."
    ),
    FileState.UNCONFIRMED: (
        "The credentials are here, but can't be confirmed: the signer's certificate may not have "
        "been valid, or they were written by a newer app than this studio can read."
    ),
    FileState.NONE: (
        "This video carries no content credentials. That says nothing about how it was made: many "
        "apps and platforms remove them."
    ),
    FileState.REMOTE: (
        "The video only names a web address for its credentials. The studio doesn't open addresses "
        "that a video names, so they can't be checked here."
    ),
    FileState.DAMAGED: (
        "The file is incomplete or damaged. Download it again from where you got it, and try again."
    ),
}
AI_USES: Mapping[AiUse, str] = {
    AiUse.GENERATED: "Yes, generated with AI",
    AiUse.PARTLY: "Partly: made from synthetic and other elements",
    AiUse.NO: "No, according to its signer",
    AiUse.UNSAID: "Not stated",
}
_ACTIONS: Mapping[str, str] = {
    "c2pa.created": "Created",
    "c2pa.opened": "Opened",
    "c2pa.edited": "Edited",
    "c2pa.cropped": "Cropped",
    "c2pa.resized": "Resized",
    "c2pa.addedText": "Text added",
    "c2pa.placed": "Other media added",
    "c2pa.transcoded": "Encoded again",
    "c2pa.repackaged": "Repackaged",
    "c2pa.published": "Published",
    "c2pa.trimmed": "Trimmed",
    "c2pa.removed": "Something removed",
    "c2pa.color_adjustments": "Colors adjusted",
    "c2pa.adjustedColor": "Colors adjusted",
    "c2pa.filtered": "Filtered",
    "c2pa.drawing": "Drawn on",
    "c2pa.dubbed": "Dubbed",
    "c2pa.translated": "Translated",
    "c2pa.watermarked": "Watermark added",
    "c2pa.enhanced": "Enhanced",
    "c2pa.orientation": "Rotated",
    "c2pa.converted": "Converted",
    "c2pa.redacted": "Redacted",
    "c2pa.unknown": "Something else",
}
_TRUST = {
    True: "Yes, on this studio's trust list",
    False: "No, not on this studio's trust list",
    None: "Unknown: this studio has no trust list",
}
NO_NAME = "Not named"


def verification_rows(found: Verification) -> Iterator[Row]:
    """Yield (name, value) rows on the file as a whole; none where it carries nothing."""
    if not found.history:
        return
    last = found.history[-1]
    yield "Signed by", last.signer or NO_NAME
    yield "Trusted signer", _TRUST[found.trusted]
    yield "Signed", moment_of(last)
    yield "AI-generated", AI_USES[found.ai]
    if not found.history_confirmed:
        yield "Earlier steps", "Some couldn't be confirmed when they were added"


def moment_of(entry: Entry) -> str:
    """Return when a step was signed, and who says so."""
    if entry.signed_at is not None:
        return f"{entry.signed_at:%B} {entry.signed_at.day}, {entry.signed_at:%Y, %H:%M} UTC"
    if entry.claimed_at is not None:
        day = f"{entry.claimed_at:%B} {entry.claimed_at.day}, {entry.claimed_at:%Y}"
        return f"{day}, according to the signer (no timestamp)"
    return "Not stated"


def happened_in(entry: Entry) -> str:
    """Return what happened in a step."""
    words = [
        text or _ACTIONS.get(action, action.rpartition(".")[2].capitalize())
        for action, text in entry.actions
    ]
    return ", ".join(words) or "Not stated"


def verification_text(found: Verification) -> str:
    """Return everything, for a terminal."""
    lines = [f"{HEADLINES[found.state]}. {EXPLANATIONS[found.state]}"]
    lines += [f"{name}: {value}" for name, value in verification_rows(found)]
    for number, entry in enumerate(found.history, 1):
        who = ", ".join(filter(None, (entry.signer or NO_NAME, entry.program)))
        lines.append(f"{number}. {happened_in(entry)} ({who})")
    return "\n".join(lines)


def signed_text(signed: Mapping[str, Any]) -> str:
    """Return what a version was signed with, in a line.

    Args:
        signed: by `ContentCredentialsService.facts`.
    """
    name = signed["subject"]
    who = "Signed with this studio's own certificate" if signed["own"] else f"Signed by {name}"
    if signed["timestamp"]:
        return f"{who}, with a timestamp"
    if signed["timestamp_expected"]:
        return f"{who}, without a timestamp: the timestamp authority didn't answer"
    return who
