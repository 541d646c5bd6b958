"""Closes and deletes at fal in the background, in a thread of its own."""

import logging
import threading

from talkinghead.core.database import DatabaseError
from talkinghead.fal.privacy.provider_privacy import ProviderPrivacy

EVERY = 60.0
"""Seconds between two looks."""
CLOSING = 5.0  # seconds that closing waits for the look under way

_log = logging.getLogger(__name__)


class ProviderCleanup:
    """The thread; one per studio.

    Args:
        privacy: does it.
        delete_outputs: also delete what is stored here.
        every: seconds between two looks.
    """

    def __init__(
        self, privacy: ProviderPrivacy, *, delete_outputs: bool, every: float = EVERY
    ) -> None:
        self._privacy = privacy
        self._delete_outputs = delete_outputs
        self._every = every
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="provider cleanup", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """Stop the thread; what is left is done after the next start."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join(CLOSING)

    def look(self) -> None:
        """Close and delete what can be."""
        self._privacy.release_uploads()
        self._privacy.close_released()
        if self._delete_outputs:
            self._privacy.delete_stored()

    def _run(self) -> None:
        while not self._closing.wait(self._every):
            try:
                self.look()
            except (DatabaseError, RuntimeError, OSError) as error:
                # The next look may go well; RuntimeError: the studio is closing.
                if not self._closing.is_set():
                    _log.warning("fal was not cleaned up (%s)", type(error).__name__)
            except Exception:  # noqa: BLE001  the outermost loop: the next look may go well
                _log.exception("fal was not cleaned up; trying again")
