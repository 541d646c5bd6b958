"""What content credentials say: the manifests of an original and of a version, as JSON.

They hold nothing private: no title, script, name or model, which a blind test may hide.

Digital source types are those of the IPTC. A render is `trainedAlgorithmicMedia`: a model trained
on media generates every frame. A draft is `compositeSynthetic`, a mix of elements of which one at
least is synthetic: the pixels of a photo that are moved, a mouth that is drawn, and mostly a voice
that a trained model generates; no generative model makes its frames. It is not
`algorithmicallyEnhanced`, which is for alterations that leave what is shown as it was.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

PROGRAM = "Talking Head Studio"
_SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
RENDERED = f"{_SOURCES}trainedAlgorithmicMedia"
DRAFTED = f"{_SOURCES}compositeSynthetic"
TITLE, ORIGINAL_TITLE, PLACED_TITLE = "video.mp4", "original.mp4", "added.mp4"
MP4 = "video/mp4"


@dataclass(frozen=True)
class Edit:
    """One thing that an export did to a video.

    Attributes:
        action: by the C2PA specification, such as "c2pa.cropped".
        description: in a few words, nothing private.
    """

    action: str
    description: str


def created_manifest(source: str) -> str:
    """Return the manifest of an original that carries no credentials.

    Args:
        source: its digital source type.
    """
    return _manifest(ORIGINAL_TITLE, [{"action": "c2pa.created", "digitalSourceType": source}])


def edited_manifest(edits: Sequence[Edit], placed: Sequence[str] = ()) -> str:
    """Return the manifest of a version; that its original was opened is added by the library.

    Args:
        edits: what happened, in order.
        placed: the labels of ingredients that were added to it.
    """
    when = datetime.now(UTC).replace(microsecond=0).isoformat()
    actions: list[dict[str, Any]] = [
        {"action": each.action, "when": when, "description": each.description} for each in edits
    ]
    actions += [
        {"action": "c2pa.placed", "when": when, "parameters": {"ingredientIds": [label]}}
        for label in placed
    ]
    return _manifest(TITLE, actions)


def ingredient(title: str, relationship: str, label: str | None = None) -> str:
    """Return what a manifest says of an ingredient."""
    values = {"title": title, "relationship": relationship, "format": MP4}
    return json.dumps(values if label is None else {**values, "label": label})


def _manifest(title: str, actions: Sequence[dict[str, Any]]) -> str:
    return json.dumps(
        {
            "claim_generator_info": [{"name": PROGRAM, "version": _version()}],
            "title": title,
            "format": MP4,
            "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": list(actions)}}],
        }
    )


def _version() -> str:
    try:
        return version("talking-head-studio")
    except PackageNotFoundError:  # it runs from its folder
        return "0"
