"""Who pays, at which price, and within which caps: what every paid order is held against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from talkinghead.billing.credentials import Keys
from talkinghead.billing.provider_account import Accounts
from talkinghead.billing.repository import LedgerRepository
from talkinghead.billing.values import Offer, PriceSource
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.core.errors import RenderRefused
from talkinghead.core.money import Budget, Estimate, Spent, show_dollars
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Admission
from talkinghead.jobs.kinds import kind_of
from talkinghead.teams.permissions import require
from talkinghead.teams.values import Act, Actor

UNKNOWN_PRICE = "The price of this model is not known, so it cannot be ordered yet."


@dataclass(frozen=True)
class Billing:
    """What paying needs, the same for every workspace of a studio."""

    keys: Keys
    budget: Budget
    payments: LedgerRepository
    accounts: Accounts


class SpendGuard:
    """What may be spent in one workspace.

    Args:
        workspace: its id.
        actor: who spends.
        billing: keys, caps and prices of the studio.
    """

    def __init__(self, workspace: str, actor: Actor, billing: Billing) -> None:
        self._workspace = workspace
        self._actor = actor
        self._keys = billing.keys
        self._budget = billing.budget
        self._payments = billing.payments
        self._accounts = billing.accounts

    def price(self, input: ModelInput, speech: SpeechLength) -> tuple[Estimate, PriceSource]:
        """Quantities by the model's own rule, times fal's price of today or the listed one."""
        estimate = input.estimate(speech)
        key = self._keys.key(self._workspace)
        if key is None or not kind_of(input.endpoint_id).paid:
            return estimate, "list price"
        unit = self._accounts.per_second(key, input.endpoint_id)
        if unit is None:
            return estimate, "list price"
        rate = input.rate_at(unit)
        dollars = rate * estimate.seconds
        today = replace(estimate, dollars=dollars, per_second=rate, unit_price=unit)
        return today, "fal today"

    def per_thousand(self, endpoint_id: str, listed: Decimal) -> Decimal:
        """Dollars for a thousand characters of a bought voice: today's where fal tells it, else the
        listed price."""
        key = self._keys.key(self._workspace)
        today = None if key is None else self._accounts.per_thousand(key, endpoint_id)
        return listed if today is None else today

    def offer(self, input: ModelInput, estimate: Estimate, source: PriceSource) -> Offer:
        """Whether this may be ordered now, and what the caps leave.

        Args:
            input: of the model.
            estimate: what is to be paid for.
            source: where its price comes from.
        """
        spent, cap = self._payments.spent(self._workspace), self._budget.person_day
        why_not = estimate.blocked
        if why_not is None and kind_of(input.endpoint_id).paid:
            why_not = self._why_not(input, estimate.dollars, spent)
        return Offer(
            estimate=estimate,
            price_source=source,
            allowed=why_not is None,
            why_not=why_not,
            spent_today=spent.today,
            left_today=None if cap is None else max(cap - spent.today, Decimal(0)),
        )

    @property
    def actor_id(self) -> str:
        """The id of whoever orders here; every order keeps it."""
        return self._actor.id

    @property
    def can_pay(self) -> bool:
        """There is a key that pays."""
        return self._keys.payer(self._workspace) is not None

    def refusal(self, dollars: Decimal | None, *, together: bool = False) -> str | None:
        """What keeps this person from spending so much, or None.

        Args:
            dollars: what is to be spent.
            together: they are the sum of several renders; the cap of one does not count then.
        """
        if not dollars:
            return None
        payer = self._keys.payer(self._workspace)
        if payer is None:
            return self._keys.status(self._workspace).text
        spent = self._payments.spent(self._workspace)
        return self._caps(together).refusal(dollars, spent, on_own_key=payer == "own")

    def authorise(self, job: Job, estimate: Estimate, agreed: Decimal | None) -> Job:
        """The job with who pays for it and at what price.

        Raises:
            NotAllowed: this actor may not spend.
            RenderRefused: nobody pays, or not so much was agreed to.
        """
        require(self._actor, Act.SPEND)
        payer = self._keys.payer(self._workspace)
        if payer is None:
            status = self._keys.status(self._workspace).text
            raise RenderRefused(f"A paid render needs a key. {status}")
        if estimate.dollars is None:
            raise RenderRefused(UNKNOWN_PRICE)
        if agreed is None:
            raise RenderRefused("A paid render begins only after its price was agreed to.")
        if estimate.dollars > agreed:
            raise RenderRefused(
                f"The price has risen to {show_dollars(estimate.dollars)} meanwhile, so nothing "
                "was ordered. Look at it and confirm again."
            )
        return job.replace(payer=payer, estimate=estimate.dollars)

    def admission(self, paying: Sequence[Job], *, together: bool = False) -> Admission:
        """Holds what these orders cost together against the caps, in their transaction.

        Args:
            paying: the orders; of one in parts, its parent with the payer and the dollars of all.
            together: they are several renders; the cap of one does not count then.
        """
        bought = [job for job in paying if job.payer]
        if not bought:
            return _admit_all
        total = sum((job.estimate for job in bought), Decimal(0))
        return self._payments.admission(bought[0].replace(estimate=total), self._caps(together))

    def _why_not(self, input: ModelInput, dollars: Decimal | None, spent: Spent) -> str | None:
        """Why a paid video cannot be ordered now, or None."""
        payer = self._keys.payer(self._workspace)
        if payer is None:
            return self._keys.status(self._workspace).text
        if dollars is None:
            return UNKNOWN_PRICE
        return self._budget.refusal(dollars, spent, on_own_key=payer == "own")

    def _caps(self, together: bool) -> Budget:
        return replace(self._budget, render=None) if together else self._budget


def _admit_all(connection: object) -> None:
    """Nothing is to be paid."""
