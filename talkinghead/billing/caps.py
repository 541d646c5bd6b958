"""The operator's spending caps, checked when an order is shown and again when it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from talkinghead.billing.repository import LedgerRepository, spent_so_far
from talkinghead.core.database import Transaction
from talkinghead.core.money import Budget, Spent
from talkinghead.jobs.paying_keys import PayerSource
from talkinghead.jobs.records.order_repository import Person


@dataclass(frozen=True)
class Caps:
    """The spending caps of one workspace.

    Attributes:
        person: whom orders count for.
        budget: the caps.
        ledger: what was spent before.
    """

    person: Person
    budget: Budget
    ledger: LedgerRepository

    def spent(self, connection: Transaction | None = None) -> Spent:
        """Return the spending that counts against them, read now or within a transaction; what
        everybody spent only where that has a cap: pages ask often."""
        by_everybody = self.budget.app_day is not None or self.budget.app_month is not None
        if connection is None:
            return self.ledger.spent(self.person, by_everybody=by_everybody)
        return spent_so_far(connection, self.person, by_everybody=by_everybody)

    def refusal(
        self, orders: Sequence[Decimal], spent: Spent, payer: PayerSource | None
    ) -> str | None:
        """Why these orders are over a cap, or None: each alone is held against the cap of one
        video, all together against those of the day and the month.

        Args:
            orders: the dollars of each.
            spent: what counts before them.
            payer: whose key pays.
        """
        together = sum(orders, Decimal(0))
        if not together:
            return None
        dearest = max(orders)
        return self.budget.refusal(together, spent, on_own_key=payer == "session", dearest=dearest)
