"""Metadata of stored files."""

import json
import re
from dataclasses import dataclass
from typing import Any

_REFERENCE = re.compile(r"asset:[0-9a-f]{64}\.[a-z0-9]{1,5}")


@dataclass(frozen=True)
class Asset:
    """The metadata of a stored file.

    Attributes:
        reference: `asset:<sha256><suffix>`.
        kind: "portrait", "crop", "recording" or "preview".
        name: the person's file name, or what it was made from.
        facts: measured, as JSON.
    """

    reference: str
    kind: str
    name: str
    facts: dict[str, Any]


def references_in(content: object) -> set[str]:
    """Return every `asset:` reference in a JSON value."""
    return set(_REFERENCE.findall(json.dumps(content)))
