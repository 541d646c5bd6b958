"""Protocol: what running jobs need to know about API keys."""

from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import SecretStr

PayerSource = Literal["operator", "session"]
"""Where the key that pays comes from: the operator's settings, or a visitor's browser tab."""


@dataclass(frozen=True)
class Payer:
    """Who pays for a job.

    Attributes:
        workspace: whose job it is.
        source: where the key comes from; None for a job that no version gave a payer.
        account: the fingerprint of the key that ordered it; None of orders from before it was kept.
        sent: an order of it has left, or may have: what is left to do is free.
    """

    workspace: str
    source: PayerSource | None
    account: str | None = None
    sent: bool = False


class PayingKeys(Protocol):
    """The keys of this process."""

    def paying_key(self, payer: Payer) -> SecretStr | None:
        """Return the key that may be charged for an order of this payer at this moment, or None."""
        ...

    def serving_key(self, payer: Payer) -> SecretStr | None:
        """Return the key for everything about this payer's orders that is free, or None. It may
        belong to another account than the one that ordered."""
        ...

    def paying_account(self, payer: Payer) -> str | None:
        """Return the fingerprint of `paying_key`, or None."""
        ...

    def usable(self, payer: Payer) -> bool:
        """Whether there is a key to go on with, which was not found unusable lately."""
        ...

    def missing(self, payer: Payer) -> str:
        """Return what a person reads while there is no key to go on with."""
        ...

    def other_account(self, payer: Payer) -> str:
        """Return what a person reads where the key is of another account than the one that
        ordered."""
        ...

    def refuse(self, payer: Payer) -> None:
        """Record that the provider rejects the key."""
        ...

    def refuse_as_other_account(self, payer: Payer) -> None:
        """Record that the key belongs to another account than the one that ordered."""
        ...


def account_label(account: str | None) -> str:
    """Return a short name for an account, which reveals nothing about its key: "account 3f9a2c"."""
    return f"account {account[:6]}" if account else "an earlier key"
