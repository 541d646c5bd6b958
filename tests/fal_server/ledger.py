"""What was billed, and what was asked for over HTTP."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tests.fal_server.state import State


def arguments_hash(arguments: dict[str, Any]) -> str:
    """The same for the same arguments in any order."""
    text = json.dumps(arguments, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def account_of(key: str) -> str:
    """A name for who holds a key that does not tell the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Bill:
    """One paid run."""

    request_id: str
    endpoint_id: str
    arguments_hash: str
    units: Decimal
    dollars: Decimal
    billed_at: datetime
    account: str

    def shown(self) -> dict[str, Any]:
        """As JSON; numbers as text."""
        return {
            **asdict(self),
            "units": str(self.units),
            "dollars": str(self.dollars),
            "billed_at": self.billed_at.isoformat(),
        }


class Ledger:
    """Every bill, in order; a request is billed at most once."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.bills: list[Bill] = [
            Bill(
                **{
                    **entry,
                    "units": Decimal(entry["units"]),
                    "dollars": Decimal(entry["dollars"]),
                    "billed_at": datetime.fromisoformat(entry["billed_at"]),
                }
            )
            for entry in state.load("bill")
        ]

    @property
    def total(self) -> Decimal:
        """Dollars spent."""
        return sum((bill.dollars for bill in self.bills), Decimal(0))

    def add(self, bill: Bill) -> None:
        """Bill a request, unless it was (a run repeated after a restart)."""
        if all(known.request_id != bill.request_id for known in self.bills):
            self.bills.append(bill)
            self.state.save("bill", bill.request_id, bill.shown())

    def shown(self) -> dict[str, Any]:
        """The bills, their sum, and which arguments were paid for more than once."""
        counts: dict[str, int] = {}
        for bill in self.bills:
            counts[bill.arguments_hash] = counts.get(bill.arguments_hash, 0) + 1
        return {
            "bills": [bill.shown() for bill in self.bills],
            "total": str(self.total),
            "repeated": {name: count for name, count in counts.items() if count > 1},
        }


@dataclass
class Visit:
    """One HTTP request that arrived, without its secrets."""

    at: datetime
    method: str
    url: str
    """Where it was meant to go: the original address behind the proxy's."""
    through_proxy: bool
    account: str | None
    """Whose key came along; None without one."""
    bytes_in: int
    user_agent: str
    status_code: int | None = None
    """None: the connection was dropped, or there is no answer yet."""

    def shown(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "at": self.at.isoformat()}


def now() -> datetime:
    """Aware UTC."""
    return datetime.now(UTC)
