"""The key that pays: the operator's, or a person's own, which is held in this process's memory."""

import hashlib
import re
import threading
import time
from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr

from talkinghead.core.errors import InvalidInput

Payer = Literal["operator", "own"]

REFUSAL_SECONDS = 300
"""A key that fal refused is tried again after so long: a refusal may be fal's own trouble."""

_SHAPE = re.compile(r"[!-~]{8,512}")  # printable ASCII without spaces: what a header can carry
_PREFIX = re.compile(r"^(?:FAL_KEY\s*=\s*|Key\s+)", re.IGNORECASE)


@dataclass(frozen=True)
class KeyStatus:
    """Which key would pay for a render; never the key itself.

    Attributes:
        source: whose it is, or None where there is none.
        text: the sentence that a person reads.
    """

    source: Payer | None
    text: str


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
    """

    def __init__(self, operator: SecretStr | None = None, *, everybody: bool = False) -> None:
        self._operator = operator
        self._everybody = everybody
        self._own: dict[str, SecretStr] = {}
        self._refused: dict[str, float] = {}
        self._lock = threading.Lock()

    def use(self, workspace: str, key: str) -> None:
        """A person's own key, from now on the one that pays for their renders.

        Raises:
            InvalidInput: it cannot be a key.
        """
        cleaned = _PREFIX.sub("", key.strip().strip("'\"").strip())
        if not _SHAPE.fullmatch(cleaned):
            raise InvalidInput(
                "This is not a key of fal.ai. Copy it whole from fal.ai, under Keys.", field="key"
            )
        with self._lock:
            self._own[workspace] = SecretStr(cleaned)
            self._refused.pop(_fingerprint(cleaned), None)

    def forget(self, workspace: str) -> None:
        """Their own key is not kept any longer."""
        with self._lock:
            self._own.pop(workspace, None)

    def payer(self, workspace: str) -> Payer | None:
        """Return whose key pays for a new render of this workspace, or None."""
        if workspace in self._own:
            return "own"
        return "operator" if self._operator is not None and self._everybody else None

    def key(self, workspace: str, payer: str | None = None) -> SecretStr | None:
        """The key of this payer, or of whoever pays now; None where it is not here."""
        payer = payer or self.payer(workspace)
        if payer == "own":
            return self._own.get(workspace)
        return self._operator if payer == "operator" else None

    def refuse(self, workspace: str, payer: str | None) -> None:
        """fal does not accept this key: what waits for it goes on waiting for a while."""
        if (key := self.key(workspace, payer)) is not None:
            with self._lock:
                self._refused[_fingerprint(key.get_secret_value())] = time.monotonic()

    def usable(self, workspace: str, payer: str | None) -> bool:
        """Whether this payer's key is here and was not refused lately."""
        key = self.key(workspace, payer)
        if key is None:
            return False
        refused = self._refused.get(_fingerprint(key.get_secret_value()))
        return refused is None or time.monotonic() - refused > REFUSAL_SECONDS

    def status(self, workspace: str) -> KeyStatus:
        """Which key would pay, in words."""
        payer = self.payer(workspace)
        if payer == "own":
            return KeyStatus(
                "own",
                "Your own key pays for your renders. It is kept in this server's memory until "
                "you forget it or the app restarts, and nowhere else.",
            )
        if payer == "operator":
            return KeyStatus("operator", "The key of this app's operator pays for renders.")
        if self._operator is not None:
            return KeyStatus(
                None,
                "The operator's key is not open to visitors here. Enter your own key of fal.ai to "
                "render with the paid models; drafts are free.",
            )
        return KeyStatus(
            None,
            "There is no key of fal.ai here. Enter one to render with the paid models; drafts are "
            "free.",
        )


def _fingerprint(key: str) -> str:
    """Tells keys apart and nothing about them."""
    return hashlib.sha256(key.encode()).hexdigest()
