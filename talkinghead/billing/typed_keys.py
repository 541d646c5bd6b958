"""The keys that visitors typed, in the memory of this process alone.

A key is held for one browser tab, under the random id that only this tab has. It is removed when
the visitor says so, or half an hour after the tab's last connection, once the orders that were
placed with it have ended.
"""

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import SecretStr

from talkinghead.fal.uploads import account_of

KEPT_SECONDS = 30 * 60
"""How long a key is held after its tab was last connected."""

Connected = Callable[[], bool]
"""Whether a connection of a tab is open at this moment."""


@dataclass
class TypedKey:
    """One tab's key.

    Attributes:
        key: the key.
        account: its fingerprint.
        workspace: where it was typed.
        seen: when the tab was connected last, by the clock.
        connections: the tab's connections that were open at the last look, by their names.
    """

    key: SecretStr
    account: str
    workspace: str
    seen: float
    connections: dict[str, Connected] = field(default_factory=dict)


class TypedKeys:
    """The typed keys of this process, by tab.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: dict[str, TypedKey] = {}
        self._lock = threading.Lock()

    def put(self, session: str, workspace: str, key: SecretStr) -> None:
        """Hold a tab's key, in place of an earlier one."""
        name = _name(session)
        with self._lock:
            known = self._held.pop(name, None)  # the latest comes last
            connections = known.connections if known else {}
            self._held[name] = TypedKey(key, account_of(key), workspace, self._clock(), connections)

    def remove(self, session: str) -> None:
        """Forget a tab's key."""
        with self._lock:
            self._held.pop(_name(session), None)

    def of_session(self, session: str) -> SecretStr | None:
        """Return a tab's key, or None."""
        held = self._held.get(_name(session))
        return held.key if held else None

    def of_account(self, account: str) -> SecretStr | None:
        """Return the key with this fingerprint, whichever tab it was typed in, or None."""
        with self._lock:
            return next((one.key for one in self._held.values() if one.account == account), None)

    def of_workspace(self, workspace: str) -> list[SecretStr]:
        """Return the keys that were typed in this workspace, the latest first."""
        with self._lock:
            typed = [one.key for one in self._held.values() if one.workspace == workspace]
        return typed[::-1]

    def connect(self, session: str, connection: str, connected: Connected) -> None:
        """Note a connection of a tab; its key, if it has one, is held as long as this is open."""
        with self._lock:
            if held := self._held.get(_name(session)):
                held.seen = self._clock()
                held.connections[connection] = connected

    def expire(self, has_open_orders: Callable[[str], bool]) -> None:
        """Forget the keys of tabs that were closed long enough ago.

        Args:
            has_open_orders: whether an order that was placed with the key of this fingerprint has
                not ended.
        """
        with self._lock:
            held = list(self._held.items())
        for name, one in held:
            self._look_at(one)
            if self._is_over(one) and not has_open_orders(one.account):
                with self._lock:
                    if self._held.get(name) is one and self._is_over(one):
                        del self._held[name]

    def _look_at(self, held: TypedKey) -> None:
        with self._lock:
            asked = list(held.connections.items())
        open_ = {name: connected for name, connected in asked if connected()}
        with self._lock:
            for name, _ in asked:
                if name not in open_:
                    held.connections.pop(name, None)
            if open_:
                held.seen = self._clock()

    def _is_over(self, held: TypedKey) -> bool:
        return not held.connections and self._clock() - held.seen > KEPT_SECONDS


def _name(session: str) -> str:
    """Hash a tab's id: nothing that holds a key can be found by looking through memory for ids."""
    return hashlib.sha256(session.encode()).hexdigest()
