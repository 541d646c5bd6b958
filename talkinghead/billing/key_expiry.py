"""Forgets typed keys whose time is over, in a thread of its own."""

import logging
import threading
from collections.abc import Callable

from talkinghead.billing.credentials import Credentials

LOOK_SECONDS = 15.0
"""Between two looks; a key is held by so much longer at most."""

_log = logging.getLogger(__name__)


class KeyExpiry:
    """The thread; one per studio.

    Args:
        credentials: the keys.
        has_open_orders: whether an order that was placed with the key of a fingerprint has not
            ended.
    """

    def __init__(self, credentials: Credentials, has_open_orders: Callable[[str], bool]) -> None:
        self._credentials = credentials
        self._has_open_orders = has_open_orders
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="key expiry", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """Stop the thread."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(LOOK_SECONDS):
            try:
                self._credentials.expire(self._has_open_orders)
            except Exception:  # noqa: BLE001  the outermost loop: it outlives an absent database
                _log.exception("typed keys were not looked through; trying again")
