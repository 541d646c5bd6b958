"""What a run makes."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Product:
    """A file, what else the output says, and how many units of the endpoint's price it costs."""

    name: str
    """The output's field that holds the file: "video" or "audio"."""
    data: bytes = field(repr=False)
    file_name: str
    content_type: str
    units: Decimal
    extra: dict[str, Any] = field(default_factory=dict)
    bare: Any = None
    """Given instead of a file's address, when the answer holds the bytes themselves."""
