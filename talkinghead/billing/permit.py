"""Leave to order what was agreed to, checked again when the order is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from talkinghead.billing.caps import Caps
from talkinghead.billing.values import Line, PricedLine
from talkinghead.consent.gate import ConsentGate
from talkinghead.core.database import Transaction
from talkinghead.core.errors import RenderRefused
from talkinghead.core.money import show_dollars
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.paying_keys import PayerSource
from talkinghead.jobs.permit import PlanOutdated

Planned = TypeVar("Planned")
Ordered = TypeVar("Ordered")
_TRIES = 5  # each is needed only where somebody else ordered a part meanwhile


def price_rose(dollars: Decimal) -> str:
    """What is said where more would be paid than was agreed to."""
    return (
        f"The price just went up to {show_dollars(dollars)}, so nothing was ordered. Check the new "
        "price and confirm again."
    )


@dataclass(frozen=True)
class Permit:
    """Leave to order what was agreed to, and nothing more; only `Checkout` makes it.

    Attributes:
        caps: of the workspace.
        consents: refuses portraits that nobody may use.
        payer: whose key pays, or None where nothing is to be paid.
        most: the dollars that were agreed to.
        another_take: order it also where the very same is being made.
        account: the fingerprint of the key that pays, or None where nothing is to be paid.
        actor_id: who orders.
        lines: what was quoted.
        dollars: what each line is reserved for, 0 where it is not to be paid.
        renew: returns what the same agreement permits for other lines.
    """

    caps: Caps
    consents: ConsentGate
    payer: PayerSource | None = None
    most: Decimal = Decimal(0)
    another_take: bool = False
    account: str | None = None
    actor_id: str | None = None
    lines: tuple[PricedLine, ...] = ()
    dollars: tuple[Decimal, ...] = ()
    renew: Callable[[Sequence[Line]], "Permit"] | None = None

    @property
    def counted_for(self) -> str | None:
        """As `OrderPermit.counted_for`."""
        return self.caps.person.client

    def for_lines(self, lines: Sequence[Line], *, another_take: bool = False) -> "Permit":
        """Return the permit for exactly these lines: itself, or where others were quoted, what the
        same agreement permits at the price of these.

        Args:
            lines: of the plan that is about to be written.
            another_take: the plan is for another take of what may be under way.

        Raises:
            RenderRefused: they may not be ordered, or cost more than was agreed to.
        """
        permit = self
        if tuple(lines) != tuple(priced.line for priced in self.lines):
            if self.renew is None:
                raise RenderRefused("This price hasn't been confirmed. Check it and confirm again.")
            permit = self.renew(lines)
        return replace(permit, another_take=another_take)

    def admit(self, connection: Transaction, composites: Sequence[CompositeJob]) -> None:
        """As `OrderPermit.admit`."""
        paid = [
            sum((job.estimate for job in composite.jobs if job.kind.paid), Decimal(0))
            for composite in composites
        ]
        ordered = [job for composite in composites for job in composite.jobs]
        self.consents.check_order(connection, ordered)
        bought = [job for job in ordered if job.kind.paid]
        if any(job.payer is None or job.payer != self.payer for job in bought):
            raise RenderRefused(
                "There is no account to bill this to. Check the price and confirm again."
            )
        if (dollars := sum(paid, Decimal(0))) > self.most:
            raise RenderRefused(price_rose(dollars))
        if refusal := self.caps.refusal(paid, self.caps.spent(connection), self.payer):
            raise RenderRefused(refusal)


def order_current(
    plan: Planned, plan_again: Callable[[Planned], Planned], write: Callable[[Planned], Ordered]
) -> Ordered:
    """Write an order down; where its plan is outdated by then, plan it again and write that.

    Args:
        plan: what is ordered.
        plan_again: returns the same as it is now.
        write: writes it down, or raises `PlanOutdated`.

    Raises:
        RenderRefused: it was outdated each time.
    """
    for _ in range(_TRIES):
        try:
            return write(plan)
        except PlanOutdated:
            plan = plan_again(plan)
    raise RenderRefused(
        "Parts of this video are being ordered in another tab, so nothing was ordered. Try again "
        "in a moment."
    )
