"""File names for downloads."""

import re
from collections.abc import Sequence
from pathlib import PurePath

_LONGEST = 60  # characters of the title
_LONGEST_WORD = 70  # of one that is longer than that by itself
_LONGEST_BYTES = 180  # of the title in UTF-8; a file system takes 255 for the whole name
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
"""What Windows takes for a device, whatever suffix follows."""


def file_name(title: str, suffix: str = "mp4", *, details: Sequence[str] = ()) -> str:
    """Return a file name that is valid on every system: "spring-sale_9x16_pop.mp4".

    Args:
        title: whole words of it are kept, as many as fit.
        suffix: of the kind of file, without a dot.
        details: what tells this version from others.
    """
    words = "".join(c if c.isalnum() else " " for c in title.replace("'", "")).casefold().split()
    kept = words[:1]
    for word in words[1:]:
        if len("-".join([*kept, word])) > _LONGEST:
            break
        kept.append(word)
    name = "-".join(kept)[:_LONGEST_WORD].encode()[:_LONGEST_BYTES].decode(errors="ignore")
    if not name or _RESERVED.fullmatch(name):
        name = "-".join(filter(None, ["video", name]))
    return "_".join([name, *details]) + f".{suffix}"


def distinct(names: Sequence[str]) -> list[str]:
    """Return the names in their order, with numbers where one occurs again: no two are alike, also
    where case does not count."""
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        path, number, free = PurePath(name), 2, name
        while free.casefold() in taken:
            free = f"{path.stem}-{number}{path.suffix}"
            number += 1
        taken.add(free.casefold())
        found.append(free)
    return found
