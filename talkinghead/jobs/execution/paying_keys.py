"""What running jobs have to know of the keys that pay for them."""

from typing import Protocol


class PayingKeys(Protocol):
    """The keys of this process."""

    def usable(self, workspace: str, payer: str | None) -> bool:
        """Whether this payer's key is here and was not refused lately."""
        ...

    def refuse(self, workspace: str, payer: str | None) -> None:
        """The provider does not accept this key."""
        ...
