"""Task on content credentials, for `talkinghead.decoding_worker`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from talkinghead.content_credentials.json_values import verification_values

Order = Mapping[str, Any]


def _read(order: Order, folder: Path) -> dict[str, Any]:
    """Read what a file carries: {"file", "trusted"} → a `Verification` as JSON."""
    # Loaded with the first file that is verified, not with every worker.
    from talkinghead.content_credentials.reading import read_file

    trusted = Path(order["trusted"]).read_text(encoding="utf-8") if order["trusted"] else None
    return verification_values(read_file(Path(order["file"]), trusted))


TASKS: Mapping[str, Callable[[Order, Path], dict[str, Any]]] = {"content_credentials.read": _read}
