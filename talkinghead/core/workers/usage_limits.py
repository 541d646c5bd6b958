"""Limits of what is free, as values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UsageLimits:
    """Limits of what is free; None where there is none.

    Attributes:
        draft_seconds: of speech in a draft.
        open_jobs, client_open_jobs: free jobs in progress, of a gallery and of a visitor.
        gallery_mb, client_mb: megabytes of files, of a gallery and of a visitor.
    """

    draft_seconds: float | None = None
    open_jobs: int | None = None
    client_open_jobs: int | None = None
    gallery_mb: int | None = None
    client_mb: int | None = None


HOSTED = UsageLimits(60.0, 20, 40, 2048, 4096)
"""The limits of a studio that is hosted for visitors, where no setting says otherwise."""
