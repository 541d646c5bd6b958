"""Protocol: what running jobs need to know about API keys."""

from typing import Protocol


class PayingKeys(Protocol):
    """The keys of this process."""

    def usable(self, workspace: str, payer: str | None) -> bool:
        """Whether this payer's key is present and was not rejected lately."""
        ...

    def refuse(self, workspace: str, payer: str | None) -> None:
        """Record that the provider rejects this key."""
        ...
