"""Keys and money: who pays, what a render costs today, what the caps leave, what was paid."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pydantic import SecretStr

from talkinghead.billing.credentials import KeyCheck, Keys, KeyStatus
from talkinghead.billing.provider_account import Accounts
from talkinghead.billing.repository import Payments
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.core.errors import RenderRefused
from talkinghead.core.money import Budget, Estimate, Spent, show_dollars
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job, LedgerEntry
from talkinghead.jobs.journal import Admission, Journal
from talkinghead.jobs.kinds import kind_of

PriceSource = Literal["fal today", "list price"]


@dataclass(frozen=True)
class Offer:
    """What a render costs at this moment, and whether it may be ordered.

    Attributes:
        estimate: seconds and dollars.
        price_source: fal's own price of today, or the one in the model's document.
        allowed: it can be ordered now.
        why_not: the reason where it cannot.
        spent_today: this person's dollars since midnight (UTC), what is under way included.
        left_today: what the daily cap leaves, or None where there is none.
    """

    estimate: Estimate
    price_source: PriceSource
    allowed: bool
    why_not: str | None
    spent_today: Decimal
    left_today: Decimal | None


@dataclass(frozen=True)
class Till:
    """What paying needs, the same for every workspace of a studio."""

    keys: Keys
    budget: Budget
    payments: Payments
    accounts: Accounts


def unknown_price(title: str) -> str:
    """Why nothing is ordered from a model whose price nobody knows."""
    return f"The price of {title} is not known, so it cannot be ordered yet."


class Purse:
    """The verbs of a workspace over keys and money."""

    id: str
    _journal: Journal
    _engine: Engine
    _till: Till

    def key_status(self) -> KeyStatus:
        """Whose key would pay for a render; never the key."""
        return self._till.keys.status(self.id)

    def use_key(self, key: str) -> None:
        """A person's own key: kept in memory for this workspace until it is forgotten or the app
        restarts. Jobs that wait for it go on within a second.

        Raises:
            InvalidInput: it cannot be a key.
        """
        self._till.keys.use(self.id, key)

    def forget_key(self) -> None:
        """Forget a person's own key; what it ordered waits until it is entered again."""
        self._till.keys.forget(self.id)

    def check_key(self, key: str | None = None) -> KeyCheck:
        """Ask fal whether a key is good, without spending.

        Args:
            key: the one to check; None for the one that would pay.
        """
        asked = SecretStr(key.strip()) if key and key.strip() else self._till.keys.key(self.id)
        if asked is None:
            return KeyCheck(False, "There is no key to check. Enter one first.")
        return self._till.accounts.check(asked)

    def estimate(self, input: ModelInput, speech: SpeechLength) -> Estimate:
        """What this video costs, at today's price where fal tells it; free to ask."""
        return self._priced(input, speech)[0]

    def offer(self, input: ModelInput, speech: SpeechLength) -> Offer:
        """What this video costs, and whether it may be ordered now; free to ask."""
        estimate, source = self._priced(input, speech)
        spent = self._till.payments.spent(self.id)
        cap = self._till.budget.person_day
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

    def send_again(self, job_id: str) -> None:
        """Send an order again whose answer was lost. It may be charged twice, and counts twice.

        Raises:
            NotFound: this workspace has no such job.
            RenderRefused: a cap is in the way.
        """
        job = self._journal.job(job_id, self.id)
        spent, on_own_key = self._till.payments.spent(self.id), job.payer == "own"
        if why_not := self._till.budget.refusal(job.estimate, spent, on_own_key=on_own_key):
            raise RenderRefused(why_not)
        self._engine.send_again(job)

    def balance(self) -> Decimal | None:
        """Dollars left at fal, where the key that pays may see them."""
        key = self._till.keys.key(self.id)
        return None if key is None else self._till.accounts.balance(key)

    def ledger(self, limit: int = 200) -> list[LedgerEntry]:
        """Every paid request of this workspace, newest first, also those nobody knows of."""
        return self._till.payments.ledger(self.id, limit)

    def usual_seconds(self, endpoint_id: str) -> float | None:
        """How long a render of this model usually takes here, or None before the first."""
        return self._till.payments.usual_seconds(endpoint_id)

    def warm(self, endpoint_id: str, *references: str | None) -> None:
        """Begin to upload a portrait or a recording as this model will need it, where there is a
        key; a render that follows finds it there. Never raises.

        Args:
            endpoint_id: a paid model.
            references: of files in this workspace; None is passed over.
        """
        if kind_of(endpoint_id).paid and self._till.keys.payer(self.id):
            chosen = [reference for reference in references if reference]
            self._till.accounts.warm(self.id, chosen, endpoint_id)

    def _priced(self, input: ModelInput, speech: SpeechLength) -> tuple[Estimate, PriceSource]:
        """Quantities by the model's own rule, times fal's price of today or the listed one."""
        estimate = input.estimate(speech)
        key = self._till.keys.key(self.id)
        if key is None or not kind_of(input.endpoint_id).paid:
            return estimate, "list price"
        unit = self._till.accounts.per_second(key, input.endpoint_id)
        if unit is None:
            return estimate, "list price"
        rate = input.rate_at(unit)
        dollars = rate * estimate.seconds
        today = replace(estimate, dollars=dollars, per_second=rate, unit_price=unit)
        return today, "fal today"

    def _why_not(self, input: ModelInput, dollars: Decimal | None, spent: Spent) -> str | None:
        """Why a paid video cannot be ordered now, or None."""
        payer = self._till.keys.payer(self.id)
        if payer is None:
            return self.key_status().text
        if dollars is None:
            return unknown_price(input.title)
        return self._till.budget.refusal(dollars, spent, on_own_key=payer == "own")

    def _bought(self, job: Job, estimate: Estimate, agreed: Decimal | None) -> Job:
        """The job with who pays for it and at what price.

        Raises:
            RenderRefused: nobody may pay, or not so much was agreed to.
        """
        payer = self._till.keys.payer(self.id)
        if payer is None:
            raise RenderRefused(f"A paid render needs a key. {self.key_status().text}")
        if agreed is None:
            raise RenderRefused("A paid render begins only after its price was agreed to.")
        if estimate.dollars is None:
            raise RenderRefused(unknown_price(job.title))
        if estimate.dollars > agreed:
            raise RenderRefused(
                f"The price has risen to {show_dollars(estimate.dollars)} meanwhile, so nothing "
                "was ordered. Look at it and confirm again."
            )
        return job.replace(payer=payer, estimate=estimate.dollars)

    def _admission(self, job: Job) -> Admission:
        return self._till.payments.admission(job, self._till.budget)
