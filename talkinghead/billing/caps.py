"""The operator's spending caps, checked when an order is shown and again when it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from talkinghead.billing.repository import LedgerRepository, spent_so_far
from talkinghead.core.database import Transaction
from talkinghead.core.errors import RenderRefused
from talkinghead.core.money import Budget, Spent, show_dollars
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.paying_keys import PayerSource
from talkinghead.jobs.records.order_repository import Person


def price_rose(dollars: Decimal) -> str:
    """Return the message for a price above the agreed one."""
    return (
        f"The price has risen to {show_dollars(dollars)} meanwhile, so nothing was ordered. Look "
        "at it and confirm again."
    )


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
        """Return the spending that counts against them, read now or within a transaction."""
        if connection is None:
            return self.ledger.spent(self.person)
        return spent_so_far(connection, self.person)

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


@dataclass(frozen=True)
class Permit:
    """Leave to order what was agreed to, and nothing more; only `Checkout` makes it.

    Attributes:
        caps: of the workspace.
        payer: whose key pays, or None where nothing is to be paid.
        most: the dollars that were agreed to.
        dollars: of each line of the quote, 0 where it is not to be paid.
        another_take: order it also where the very same is being made.
        account: the fingerprint of the key that pays, or None where nothing is to be paid.
    """

    caps: Caps
    payer: PayerSource | None = None
    most: Decimal = Decimal(0)
    dollars: tuple[Decimal, ...] = ()
    another_take: bool = False
    account: str | None = None

    @property
    def counted_for(self) -> str | None:
        """As `OrderPermit.counted_for`."""
        return self.caps.person.client

    def admit(self, connection: Transaction, composites: Sequence[CompositeJob]) -> None:
        """As `OrderPermit.admit`."""
        paid = [
            sum((job.estimate for job in composite.jobs if job.kind.paid), Decimal(0))
            for composite in composites
        ]
        bought = [job for composite in composites for job in composite.jobs if job.kind.paid]
        if any(job.payer is None or job.payer != self.payer for job in bought):
            raise RenderRefused("Nobody pays for this. Look at the price and confirm again.")
        if (dollars := sum(paid, Decimal(0))) > self.most:
            raise RenderRefused(price_rose(dollars))
        if refusal := self.caps.refusal(paid, self.caps.spent(connection), self.payer):
            raise RenderRefused(refusal)
