"""The fal account of a key: whether the key is valid, current prices, the balance.

All of it is free to ask and remembered for a while; where fal does not tell within seconds, the
answer is that nobody knows. Pages ask from their own threads; the asking itself runs on the event
loop of the renders, over their connections.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import SecretStr

from talkinghead.billing.credentials import KeyCheck
from talkinghead.catalogue import Catalogue
from talkinghead.core.event_loop import EventLoop
from talkinghead.fal.platform import UnitPrice
from talkinghead.fal.renderer import FalRenderer
from talkinghead.fal.uploads import account_of

PATIENCE = 3.0  # seconds that a page waits for fal
PRICES_KEPT, BALANCE_KEPT, SILENCE_KEPT = 300.0, 60.0, 60.0  # seconds
MOST_ACCOUNTS = 256  # keys of visitors; the oldest are forgotten first

_SECONDS = ("second", "seconds")
_THOUSANDS = ("1000 characters", "1k characters", "thousand characters")

T = TypeVar("T")


@dataclass
class _Answer:
    """A cached answer for an account, with its expiry."""

    until: float = 0.0
    value: Any = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Remembered:
    """Answers by account, those that were asked for last."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, _Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, account: str, ask: Callable[[], T | None], seconds: float) -> T | None:
        """The remembered answer, or a new one; one thread asks while the others wait for it."""
        with self._lock:
            answer = self._answers.setdefault(account, _Answer())
            self._answers.move_to_end(account)
            if len(self._answers) > MOST_ACCOUNTS:
                self._answers.popitem(last=False)
        with answer.lock:
            if time.monotonic() > answer.until:
                answer.value = ask()
                kept = SILENCE_KEPT if answer.value is None else seconds
                answer.until = time.monotonic() + kept
        known: T | None = answer.value
        return known

    def forget(self, account: str) -> None:
        """Ask again the next time."""
        with self._lock:
            self._answers.pop(account, None)


class ProviderAccounts:
    """Asks fal on behalf of pages.

    Args:
        fal: the renderer, whose connections are used.
        loop: where it runs.
        catalogue: the models and voices whose prices are asked for.
    """

    def __init__(self, fal: FalRenderer, loop: EventLoop, catalogue: Catalogue) -> None:
        self._fal = fal
        self._loop = loop
        self._catalogue = catalogue
        self._prices = _Remembered()
        self._voice_prices = _Remembered()
        self._balances = _Remembered()

    def check(self, key: SecretStr) -> KeyCheck:
        """Whether a key is good, without spending."""
        asked = self._fal.platform.check_key(key, self._catalogue.cheapest.endpoint_id)
        said = self._ask(asked, PATIENCE + 3)
        if said is None:
            return KeyCheck(None, "fal.ai didn't respond in time. Try again in a minute.")
        return KeyCheck(said.accepted, said.text)

    def per_second(self, key: SecretStr, endpoint_id: str) -> Decimal | None:
        """Today's dollars for one second of a model's video, discounts of the account included as
        far as fal shows them; None where it does not tell, or prices by something else."""
        wanted = [model.endpoint_id for model in self._catalogue.models]
        prices = self._prices.get(
            account_of(key), lambda: self._ask(self._all_prices(key, wanted)), PRICES_KEPT
        )
        return _dollars(prices, endpoint_id, _SECONDS)

    def per_thousand(self, key: SecretStr, endpoint_id: str) -> Decimal | None:
        """Today's dollars for a thousand characters of a voice, as `per_second`."""
        wanted = [model.endpoint_id for model in self._catalogue.voice_models]
        prices = self._voice_prices.get(
            account_of(key), lambda: self._ask(self._all_prices(key, wanted)), PRICES_KEPT
        )
        return _dollars(prices, endpoint_id, _THOUSANDS)

    def balance(self, key: SecretStr) -> Decimal | None:
        """Dollars left on the key's account, where it may see them."""
        ask = self._fal.platform.balance
        return self._balances.get(account_of(key), lambda: self._ask(ask(key)), BALANCE_KEPT)

    def shortfall(self, key: SecretStr, dollars: Decimal) -> Decimal | None:
        """Return the balance of the key's account if it is known not to cover so many dollars. It
        is asked again before it stops anything: credits may have been added meanwhile."""
        known = self.balance(key)
        if known is None or known >= dollars:
            return None
        self._balances.forget(account_of(key))
        known = self.balance(key)
        return known if known is not None and known < dollars else None

    def prefetch(
        self, key: SecretStr, workspace: str, references: Sequence[str], endpoint_id: str
    ) -> None:
        """Begin to upload these files; should that fail, the render uploads what is missing."""
        for reference in references:
            try:
                self._loop.begin(self._fal.prefetch(key, workspace, reference, endpoint_id))
            except RuntimeError:  # the studio is closing
                return

    def close(self) -> None:
        """Close the connections to fal."""
        self._ask(self._fal.close())

    async def _all_prices(
        self, key: SecretStr, endpoint_ids: Sequence[str]
    ) -> dict[str, UnitPrice] | None:
        prices: dict[str, UnitPrice] = await self._fal.platform.prices(key, endpoint_ids)
        if prices:
            return prices
        for endpoint_id in endpoint_ids:  # one that is gone spoils the answer for all
            prices |= await self._fal.platform.prices(key, [endpoint_id])
        return prices or None

    def _ask(self, question: Coroutine[Any, Any, T], seconds: float = PATIENCE) -> T | None:
        future = self._loop.begin(question)
        try:
            return future.result(seconds)
        except (TimeoutError, CancelledError):
            future.cancel()
            return None


def _dollars(
    prices: dict[str, UnitPrice] | None, endpoint_id: str, units: Sequence[str]
) -> Decimal | None:
    price = (prices or {}).get(endpoint_id)
    if price is None or price.unit not in units or price.currency != "USD":
        return None
    return price.amount if price.amount > 0 else None
