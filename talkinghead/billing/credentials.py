"""Whose key pays: the operator's, or one that a visitor typed, which this process keeps in memory
alone.

A job remembers the fingerprint of the key that ordered it. Only that key is ever charged for it,
and the operator's only as long as the settings let it.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic import SecretStr

from talkinghead.billing.typed_keys import Connected, TypedKeys
from talkinghead.core.errors import InvalidInput
from talkinghead.core.settings import KEY_PREFIX
from talkinghead.fal.uploads import account_of
from talkinghead.jobs.paying_keys import Payer, PayerSource, account_label

REFUSAL_SECONDS = 300
"""A key that fal refused is tried again after so long: a refusal may be fal's own trouble."""

_SHAPE = re.compile(r"[!-~]{8,512}")  # printable ASCII without spaces: what a header can carry

NO_KEY = "Add a fal.ai key to render with paid models. Drafts are free."
NOT_SHARED = (
    "This studio's key isn't shared with visitors. Add your own fal.ai key to render with paid "
    "models. Drafts are free."
)
OPERATOR_PAYS = "Renders are billed to this studio's fal.ai account."
YOU_PAY = (
    "Renders you order in this tab are billed to your fal.ai account. The key is held in memory "
    "only and never saved."
)
_NO_SECOND_CHARGE = "You won't be charged twice."
_NOTHING_SENT = "Nothing has been charged."


@dataclass(frozen=True)
class KeyStatus:
    """Which key would pay for a render; never the key itself.

    Attributes:
        source: whose it is, or None where there is none.
        text: the sentence that a person reads.
        account: a short name for the account of a typed key, or None.
    """

    source: PayerSource | None
    text: str
    account: str | None = None


@dataclass(frozen=True)
class KeyCheck:
    """The result of checking a key at fal.

    Attributes:
        ok: whether renders can be bought with it; None where fal could not be asked.
        text: the sentence that a person reads.
    """

    ok: bool | None
    text: str


class Credentials:
    """The keys of this process.

    Args:
        operator: the operator's, or None.
        everybody: whether every visitor may spend it.
        operators_workspace: the one that no visitor can open: whoever orders there is the operator,
            on this machine's command line, and this process may run what was ordered there.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        operator: SecretStr | None = None,
        *,
        everybody: bool = False,
        operators_workspace: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._operator = operator
        self._everybody = everybody
        self._operators_workspace = operators_workspace
        self._clock = clock
        self._typed = TypedKeys(clock)
        self._refused: dict[str, float] = {}
        self._other_accounts: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()

    # Of the tab that asks

    def use(self, session: str, workspace: str, key: str) -> None:
        """Hold the key that was typed in a tab; it pays for the tab's orders from now on.

        Raises:
            InvalidInput: it cannot be a key.
        """
        cleaned = KEY_PREFIX.sub("", key.strip().strip("'\"").strip())
        if not _SHAPE.fullmatch(cleaned):
            raise InvalidInput(
                "That doesn't look like a fal.ai key. Copy the full key from fal.ai → Keys.",
                field="key",
            )
        typed = SecretStr(cleaned)
        account = account_of(typed)
        self._typed.put(session, workspace, typed)
        with self._lock:
            self._refused.pop(account, None)
            for pair in [pair for pair in self._other_accounts if account in pair]:
                del self._other_accounts[pair]

    def forget(self, session: str) -> None:
        """Forget the tab's key."""
        self._typed.remove(session)

    def connect(self, session: str, connection: str, connected: Connected) -> None:
        """Note a connection of a tab, as long as which its key is held."""
        self._typed.connect(session, connection, connected)

    def expire(self, has_open_orders: Callable[[str], bool]) -> None:
        """Forget the keys of tabs that were closed long enough ago, as `TypedKeys.expire`."""
        self._typed.expire(has_open_orders)

    def payer(self, session: str) -> PayerSource | None:
        """Return where the key comes from that pays for a new order of this tab, or None."""
        if self._typed.of_session(session) is not None:
            return "session"
        return "operator" if self._operator is not None and self._everybody else None

    def key(self, session: str) -> SecretStr | None:
        """Return the key that pays for a new order of this tab, or None."""
        typed = self._typed.of_session(session)
        if typed is not None:
            return typed
        return self._operator if self._everybody else None

    def account(self, session: str) -> str | None:
        """Return the fingerprint of `key`, or None."""
        return _account(self.key(session))

    def status(self, session: str) -> KeyStatus:
        """Return which key would pay, in words."""
        source = self.payer(session)
        if source == "session":
            return KeyStatus(source, YOU_PAY, account_label(self.account(session)))
        if source == "operator":
            return KeyStatus(source, OPERATOR_PAYS)
        return KeyStatus(None, NO_KEY if self._operator is None else NOT_SHARED)

    def key_of_account(self, account: str) -> SecretStr | None:
        """Return the key with this fingerprint, if it is held here, for what is free."""
        if _account(self._operator) == account:
            return self._operator
        return self._typed.of_account(account)

    # Of a job

    def paying_key(self, payer: Payer) -> SecretStr | None:
        """As `PayingKeys.paying_key`: for what was ordered with a typed key, that key alone; the
        operator's only as long as visitors may spend it."""
        if payer.source == "session":
            return self._of_session_order(payer)
        allowed = self._everybody or payer.workspace == self._operators_workspace
        return self._operator if allowed else None

    def serving_key(self, payer: Payer) -> SecretStr | None:
        """As `PayingKeys.serving_key`; where the key itself is not here, the latest that was typed
        in the workspace: it may be another one of the same account."""
        if payer.source != "session":
            return self._operator
        if (own := self._of_session_order(payer)) is not None:
            return own
        return next(self._candidates(payer), None)

    def paying_account(self, payer: Payer) -> str | None:
        """As `PayingKeys.paying_account`."""
        return _account(self.paying_key(payer))

    def usable(self, payer: Payer) -> bool:
        """As `PayingKeys.usable`."""
        key = self.serving_key(payer) if payer.sent else self.paying_key(payer)
        if key is None:
            return False
        account = account_of(key)
        return not self._lately(self._refused.get(account)) and not self._is_other(payer, account)

    def missing(self, payer: Payer) -> str:
        """As `PayingKeys.missing`."""
        charged = _NO_SECOND_CHARGE if payer.sent else _NOTHING_SENT
        if payer.source == "session":
            ordered = f" this render was ordered with ({account_label(payer.account)})"
            return (
                f"Add the fal.ai key{ordered if payer.account else ''} in Settings, and it "
                f"continues by itself. {charged}"
            )
        if self._operator is not None and not payer.sent:
            return (
                "This studio's key isn't shared with visitors anymore, so this render wasn't sent. "
                f"{charged} Cancel it, then render again with your own fal.ai key."
            )
        return (
            "This render is billed to the studio's fal.ai account, and the studio has no key "
            f"right now. It resumes once FAL_KEY is set. {charged}"
        )

    def other_account(self, payer: Payer) -> str:
        """As `PayingKeys.other_account`."""
        ordered = f"This render was ordered with {account_label(payer.account)}"
        if payer.source == "session":
            return (
                f"Your key belongs to another fal.ai account. {ordered}. Add a key from that "
                f"account in Settings, and the render resumes. {_NO_SECOND_CHARGE}"
            )
        return (
            f"The studio's key now belongs to another fal.ai account. {ordered}. It resumes once "
            f"FAL_KEY is a key from that account. {_NO_SECOND_CHARGE}"
        )

    def refuse(self, payer: Payer) -> None:
        """As `PayingKeys.refuse`: what waits for the key goes on waiting for a while."""
        if (account := _account(self.serving_key(payer))) is not None:
            with self._lock:
                self._refused[account] = self._clock()

    def refuse_as_other_account(self, payer: Payer) -> None:
        """As `PayingKeys.refuse_as_other_account`: this order waits for another key; others of the
        key go on."""
        if payer.account and (account := _account(self.serving_key(payer))) is not None:
            with self._lock:
                self._other_accounts[payer.account, account] = self._clock()

    def _of_session_order(self, payer: Payer) -> SecretStr | None:
        if payer.account is not None:
            return self._typed.of_account(payer.account)
        # Ordered before fingerprints were kept: the key that is typed in the same gallery.
        return next(iter(self._typed.of_workspace(payer.workspace)), None)

    def _candidates(self, payer: Payer) -> Iterator[SecretStr]:
        for key in self._typed.of_workspace(payer.workspace):
            if not self._is_other(payer, account_of(key)):
                yield key

    def _is_other(self, payer: Payer, account: str) -> bool:
        return self._lately(self._other_accounts.get((payer.account or "", account)))

    def _lately(self, moment: float | None) -> bool:
        return moment is not None and self._clock() - moment <= REFUSAL_SECONDS


def _account(key: SecretStr | None) -> str | None:
    return None if key is None else account_of(key)
