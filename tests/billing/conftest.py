"""A checkout whose prices are those of the documents."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pydantic import SecretStr

from talkinghead.billing.checkout import Billing, Checkout
from talkinghead.billing.credentials import Credentials
from talkinghead.billing.repository import LedgerRepository
from talkinghead.consent.gate import ConsentGate
from talkinghead.consent.repository import ConsentRepository
from talkinghead.core.database import Database
from talkinghead.core.money import Budget
from talkinghead.teams.permissions import OWNER
from talkinghead.teams.values import Actor

MakeCheckout = Callable[..., Checkout]


class SilentAccounts:
    """A provider that tells no price."""

    def per_second(self, key: SecretStr, endpoint_id: str) -> None:
        """Nobody knows."""

    def per_thousand(self, key: SecretStr, endpoint_id: str) -> None:
        """Nobody knows."""

    def shortfall(self, key: SecretStr, dollars: Decimal) -> None:
        """Nobody knows."""


@pytest.fixture
def checkout_of(database: Database, workspace: str) -> MakeCheckout:
    """Makes one, with or without a key, within these caps."""

    def make(*, key: bool = True, **caps: Decimal) -> Checkout:
        credentials = Credentials(
            SecretStr("a-key-of-the-operator") if key else None, everybody=True
        )
        silent: Any = SilentAccounts()
        billing = Billing(credentials, Budget(**caps), LedgerRepository(database), silent)
        gate = ConsentGate(workspace, ConsentRepository(database))
        return Checkout(workspace, Actor(workspace, "You", OWNER), billing, gate)

    return make
