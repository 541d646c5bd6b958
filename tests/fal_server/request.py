"""One request in the queue: its input, status, log lines and outcome."""

import asyncio
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal

from tests.fal_server.errors import Refusal
from tests.fal_server.faults import Rule

QueueState = Literal["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass
class QueuedRequest:
    """A request, from its acceptance on."""

    request_id: str
    endpoint_id: str
    arguments: Any
    account: str
    accepted_at: datetime
    start_timeout: float | None = None
    state: QueueState = "IN_QUEUE"
    started_at: datetime | None = None
    ended_at: datetime | None = None
    logs: list[dict[str, Any]] = field(default_factory=list)
    no_logs: bool = False
    refusal: Refusal | None = None
    output: dict[str, Any] | None = None
    """What the model returned, with nothing yet at the file's field."""
    file_field: str | None = None
    file_path: str | None = None
    media_until: datetime | None = None
    units: Decimal = Decimal(0)
    cancel_requested: bool = False
    hidden: bool = False
    """The status and the result say 404 from now on."""
    fault: Rule | None = None
    stop: asyncio.Event = field(default_factory=asyncio.Event, repr=False, compare=False)

    @property
    def app(self) -> str:
        """Owner and app."""
        return "/".join(self.endpoint_id.split("/")[:2])

    @property
    def words(self) -> str:
        """Every text among the arguments."""
        values = self.arguments.values() if isinstance(self.arguments, dict) else ()
        return " ".join(value for value in values if isinstance(value, str))

    def log(self, message: str, level: str = "INFO") -> None:
        """Write a line."""
        self.logs.append(
            {
                "message": message,
                "timestamp": _moment(datetime.now(UTC)),
                "level": level,
                "source": "USER",
                "labels": {},
            }
        )

    @property
    def inference_seconds(self) -> float:
        """How long it ran."""
        if not self.started_at or not self.ended_at:
            return 0.0
        return round((self.ended_at - self.started_at).total_seconds(), 3)

    @property
    def status_code(self) -> int | None:
        """The model's own answer's status; None while there is none."""
        if self.state != "COMPLETED":
            return None
        return self.refusal.status_code if self.refusal else 200

    def record(self) -> dict[str, Any]:
        """As JSON, to be kept and to be looked at."""
        skipped = {"stop", "fault", "refusal", "units"}
        values = {name: value for name, value in vars(self).items() if name not in skipped}
        for name, value in values.items():
            if isinstance(value, datetime):
                values[name] = value.isoformat()
        return {
            **values,
            "units": str(self.units),
            "fault": asdict(self.fault) if self.fault else None,
            "refusal": asdict(self.refusal) if self.refusal else None,
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "QueuedRequest":
        """What `record` gave."""
        moments = ("started_at", "ended_at", "media_until")
        return cls(
            **{
                **record,
                **{name: _read(record[name]) for name in moments},
                "accepted_at": datetime.fromisoformat(record["accepted_at"]),
                "units": Decimal(record["units"]),
                "fault": Rule(**record["fault"]) if record["fault"] else None,
                "refusal": Refusal(**record["refusal"]) if record["refusal"] else None,
            }
        )
