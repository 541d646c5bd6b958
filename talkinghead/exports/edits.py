"""What an export did to its original, for the version's content credentials."""

from collections.abc import Iterator, Mapping
from typing import Any

from talkinghead.content_credentials.manifests import Edit

_SHAPES: Mapping[str, tuple[str, str]] = {
    "crop": ("c2pa.cropped", "Cropped to {shape}"),
    "blur": ("c2pa.resized", "Resized to {shape} on a blurred background"),
    "colour": ("c2pa.resized", "Resized to {shape} on a colored background"),
}
_ANYTHING = Edit("c2pa.edited", "Encoded again")


def edits_of_export(order: Mapping[str, Any]) -> list[Edit]:
    """Return what a worker's order changes, one after the other.

    Args:
        order: by the names of `ExportInput`.
    """
    return list(_edits(order)) or [_ANYTHING]


def _edits(order: Mapping[str, Any]) -> Iterator[Edit]:
    if order.get("shape"):
        action, words = _SHAPES[order["fit"]]
        yield Edit(action, words.format(shape=order["shape"]))
    if order.get("size"):
        width, height = order["size"]
        yield Edit("c2pa.resized", f"Resized to {width} × {height} px")
    if order.get("label"):
        yield Edit("c2pa.addedText", "Labeled as made with AI")
    if order.get("style") and order.get("cues"):
        yield Edit("c2pa.addedText", "Captions added")
