"""The one place that says what something costs and why it may not be ordered, and that permits
to order it. It never plans: whoever plans brings lines."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from talkinghead.billing.caps import Caps
from talkinghead.billing.credentials import Credentials
from talkinghead.billing.permit import Permit, price_rose
from talkinghead.billing.provider_account import ProviderAccounts
from talkinghead.billing.repository import LedgerRepository
from talkinghead.billing.values import Line, PricedLine, Quote
from talkinghead.consent.gate import ConsentGate
from talkinghead.core.errors import RenderRefused
from talkinghead.core.money import Budget, Spent, show_dollars
from talkinghead.jobs.kinds import kind_of
from talkinghead.jobs.paying_keys import Payer
from talkinghead.jobs.records.order_repository import Person
from talkinghead.teams.permissions import require
from talkinghead.teams.values import Act, Actor, Visit

UNKNOWN_PRICE = "We don't know this model's price. Enter the most you'll pay for it to order."
OTHER_KEY = (
    "This was ordered with someone else's fal.ai key, and only they can resend it. Nothing was "
    "sent. To use your own key, cancel this render and start a new one."
)
STUDIO_BALANCE = (
    "This studio's fal.ai balance doesn't cover this. Ask whoever runs the studio to add credits, "
    "or add your own fal.ai key in Settings. Nothing was charged."
)
_SMALLEST = Decimal("0.000001")


@dataclass(frozen=True)
class Billing:
    """The parts of billing that all workspaces of a studio share."""

    credentials: Credentials
    budget: Budget
    ledger: LedgerRepository
    provider_accounts: ProviderAccounts
    one_person: bool = False
    """Everybody who comes is the same person."""

    def person(self, workspace: str, visit: Visit) -> Person:
        """Return whom the orders of a visit count for: without a sign-in, the network address that
        they come from, or where that is not known, their browser tab and gallery."""
        if self.one_person:
            return Person(workspace)
        if visit.client is not None:
            return Person(workspace, f"address:{visit.client}", by_address=True)
        tab = hashlib.sha256(visit.session.encode()).hexdigest()[:40]
        return Person(workspace, f"session:{tab}")


class Checkout:
    """Quotes and permits for the orders of one workspace.

    Args:
        workspace: its id.
        actor: who orders.
        billing: keys, caps and prices of the studio.
        consents: refuses portraits that nobody may use.
    """

    def __init__(
        self, workspace: str, actor: Actor, billing: Billing, consents: ConsentGate
    ) -> None:
        self._workspace = workspace
        self._actor = actor
        self._session = actor.visit.session
        self._credentials = billing.credentials
        self._provider_accounts = billing.provider_accounts
        person = billing.person(workspace, actor.visit)
        self._consents = consents
        self._one_person = billing.one_person
        self._caps = Caps(person, billing.budget, billing.ledger)

    def spent(self) -> Spent:
        """Return the spending that counts against the caps now."""
        return self._caps.spent()

    def quote(self, lines: Sequence[Line], spent: Spent | None = None) -> Quote:
        """Return the price of these lines, by fal's current prices if available, and why they may
        not be ordered; free of charge.

        Args:
            lines: what would be ordered.
            spent: what counts against the caps, where it was just read; orders count it again.
        """
        priced = [self._priced(line) for line in lines]
        paid = tuple(
            one for one, _ in priced if not one.line.ready and kind_of(one.line.endpoint_id).paid
        )
        current = [is_current for one, is_current in priced if kind_of(one.line.endpoint_id).paid]
        spent, cap = spent or self._caps.spent(), self._caps.budget.person_day
        payer = self._credentials.payer(self._session)
        blocked = next((line.blocked for line in lines if line.blocked), None)
        quote = Quote(
            lines=tuple(one for one, _ in priced),
            paid=paid,
            price_source="live price" if current and all(current) else "list price",
            payer=payer,
            refusal=blocked,
            over_cap=None,
            spent_today=spent.today,
            left_today=None if cap is None else max(cap - spent.today, Decimal(0)),
        )
        if blocked or not paid:
            return quote
        if any(one.line.paid_by and not self._is_key_of(one.line.paid_by) for one in paid):
            return replace(quote, refusal=OTHER_KEY)
        if payer is None:
            return replace(quote, refusal=self._credentials.status(self._session).text)
        orders: dict[int, Decimal] = {}
        for one in paid:
            orders[one.line.order] = orders.get(one.line.order, Decimal(0)) + (one.dollars or 0)
        return replace(quote, over_cap=self._caps.refusal(list(orders.values()), spent, payer))

    def authorise(
        self,
        quote: Quote,
        agreed: Decimal | None = None,
        *,
        ceiling: Decimal | None = None,
    ) -> Permit:
        """Leave to order what was quoted. Caps are checked where the order is written, after
        whether the very same is being made: that may be what fills them.

        Args:
            quote: of this moment.
            agreed: the dollars that the person confirmed.
            ceiling: if the price is unknown, the most that it may cost.

        Raises:
            NotAllowed: it is paid, and this actor may not spend.
            RenderRefused: it cannot be made, nobody pays, not so much was agreed to, a cap is in
                the way, or the balance at fal does not cover it.
        """

        def renew(lines: Sequence[Line]) -> Permit:
            return self.authorise(self.quote(lines), agreed, ceiling=ceiling)

        permit = Permit(
            self._caps,
            self._consents,
            actor_id=self._actor.id,
            lines=quote.lines,
            dollars=_nothing(quote),
            renew=renew,
        )
        if quote.paid:
            require(self._actor, Act.SPEND)
        if quote.refusal:
            raise RenderRefused(quote.refusal)
        if not quote.paid:
            return permit
        most = _most(quote, agreed, ceiling)
        self._check_balance(most if quote.dollars is None else quote.dollars)
        dollars = _dollars_of_lines(quote, most)
        return replace(
            permit, payer=quote.payer, account=self._account(), most=most, dollars=dollars
        )

    @property
    def sees_balance(self) -> bool:
        """Whether the balance of the account that pays is this actor's to see."""
        return self._one_person or self._credentials.payer(self._session) == "session"

    def _check_balance(self, dollars: Decimal) -> None:
        """Refuse what the account's balance is known not to cover.

        Raises:
            RenderRefused: it does not.
        """
        key = self._credentials.key(self._session)
        left = None if key is None else self._provider_accounts.shortfall(key, dollars)
        if left is None:
            return
        if not self.sees_balance:
            raise RenderRefused(STUDIO_BALANCE)
        raise RenderRefused(
            f"Your fal.ai balance is {show_dollars(left)}, and this costs {show_dollars(dollars)}. "
            "Add credits at fal.ai/dashboard/billing, then order again. Nothing was charged."
        )

    def _is_key_of(self, payer: Payer) -> bool:
        """Whether this actor's orders are paid by the key of that payer."""
        source = self._credentials.payer(self._session)
        same = source != "session" or payer.account in (None, self._account())
        return source == payer.source and same

    def _account(self) -> str | None:
        return self._credentials.account(self._session)

    def per_thousand(self, endpoint_id: str, listed: Decimal) -> Decimal:
        """Dollars for a thousand characters of a bought voice: today's where fal tells it, else the
        listed price."""
        key = self._credentials.key(self._session)
        today = None if key is None else self._provider_accounts.per_thousand(key, endpoint_id)
        return listed if today is None else today

    def _priced(self, line: Line) -> tuple[PricedLine, bool]:
        """The line with its price, and whether that is fal's own of today."""
        key = self._credentials.key(self._session)
        unit = None
        if key is not None and kind_of(line.endpoint_id).paid:
            ask = (
                self._provider_accounts.per_second
                if line.unit == "second"
                else self._provider_accounts.per_thousand
            )
            unit = ask(key, line.endpoint_id)
        if unit is None:
            return PricedLine(line, line.listed, line.plain), False
        # Options cost as many times more as in the document.
        rate = unit * line.listed / line.plain if line.listed and line.plain else unit
        return PricedLine(line, rate, unit), True


def _most(quote: Quote, agreed: Decimal | None, ceiling: Decimal | None) -> Decimal:
    """The dollars that may be spent.

    Raises:
        RenderRefused: it costs more, or nothing was agreed to.
    """
    if quote.dollars is None:
        if ceiling is None or ceiling <= 0:
            raise RenderRefused(UNKNOWN_PRICE)
        return ceiling
    most = ceiling if agreed is None else agreed
    if most is None:
        raise RenderRefused("Confirm the price to start a paid render.")
    if quote.dollars > most:
        raise RenderRefused(price_rose(quote.dollars))
    return most


def _nothing(quote: Quote) -> tuple[Decimal, ...]:
    return tuple(Decimal(0) for _ in quote.lines)


def _dollars_of_lines(quote: Quote, most: Decimal) -> tuple[Decimal, ...]:
    """Return the dollars reserved for each line; lines without a price share the rest of the
    ceiling."""
    known = sum((one.dollars or Decimal(0) for one in quote.paid), Decimal(0))
    unknown = sum(one.dollars is None for one in quote.paid)
    share = ((most - known) / (unknown or 1)).quantize(_SMALLEST, rounding=ROUND_DOWN)
    if unknown and share <= 0:
        raise RenderRefused(UNKNOWN_PRICE)
    paid = {id(one) for one in quote.paid}
    return tuple(
        (share if one.dollars is None else one.dollars) if id(one) in paid else Decimal(0)
        for one in quote.lines
    )
