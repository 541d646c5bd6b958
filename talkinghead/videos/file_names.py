"""File names for downloads."""


def file_name(title: str, suffix: str = "mp4") -> str:
    """Return a file name that is valid on every system."""
    words = "".join(c if c.isalnum() else " " for c in title).split()
    return ("-".join(words)[:60].strip("-") or "video") + f".{suffix}"
