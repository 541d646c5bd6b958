"""What would go of a face, and what went, in words."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from talkinghead.retention.values import FaceContents, FaceReceipt


def contents_lines(contents: FaceContents) -> list[str]:
    """Return what goes with a portrait, a line each; what there is none of is left out."""
    return list(_lines(contents))


def _lines(of: FaceContents) -> Iterator[str]:
    crops = of.pictures - 1
    yield "The portrait" + (f" and {_count(crops, 'crop or rotation')}" if crops > 0 else "")
    if of.renders:
        yield _count(of.renders, "rendered video")
    if of.drafts:
        yield _count(of.drafts, "draft")
    if of.versions:
        yield f"{_count(of.versions, 'version')} (shapes and captions)"
    if of.open_jobs:
        yield f"{_count(of.open_jobs, 'render')} in progress, canceled; may still be charged"
    if of.consents:
        files = f" with {_count(of.proofs, 'file')}" if of.proofs else ""
        yield f"{_count(of.consents, 'consent record')}{files}"
    if of.projects:
        yield f"The portrait in {_count(of.projects, 'project')}; scripts are kept"
    if of.requests:
        yield (
            f"Inputs and outputs of {_count(of.requests, 'request')} at fal.ai, if the key allows "
            "it, and uploads of the portrait there"
        )


def receipt_lines(receipt: FaceReceipt) -> list[str]:
    """Return what went, a line each."""
    of = receipt.contents
    videos = of.renders + of.drafts + of.versions
    lines = [f"{_count(receipt.files, 'file')} and {_count(videos, 'video')} deleted here"]
    if receipt.at_provider:
        lines.append(f"{_count(len(receipt.at_provider), 'request')} deleted at fal.ai")
    if receipt.uploads_closed:
        lines.append(f"{_count(receipt.uploads_closed, 'upload')} closed at fal.ai")
    return lines


def receipt_values(receipt: FaceReceipt) -> dict[str, Any]:
    """Return a receipt as JSON."""
    return {**asdict(receipt), "deleted_at": receipt.deleted_at.isoformat(timespec="seconds")}


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    plural = "crops and rotations" if noun == "crop or rotation" else f"{noun}s"
    return f"{number:,} {plural}"
