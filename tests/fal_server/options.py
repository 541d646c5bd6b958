"""What a server is like: keys, money, latencies, and the answers fal leaves undocumented.

Everything here can be changed while the server runs, through `/_control/options` and
`/_control/latency` or on `FalServer.options`.
"""

import dataclasses
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

STAGES = (
    "token",  # the CDN token
    "upload",  # a file or a part to the CDN, and the fallback's PUT
    "initiate",  # the fallback's signed address
    "submit",
    "queue",  # waiting before the run starts
    "run",
    "status",
    "result",
    "cancel",
    "download",  # a media file, before its first byte
    "platform",  # api.fal.ai and the OpenAPI documents
)

Span = tuple[float, float]
"""Seconds, from and to; each use draws one value in between."""


def parse_span(text: str) -> Span:
    """`0.2` or `0.2..0.6` seconds."""
    low, _, high = text.partition("..")
    span = float(low), float(high or low)
    if not 0 <= span[0] <= span[1]:
        raise ValueError(f"not a number of seconds, nor LOW..HIGH: {text!r}")
    return span


@dataclass
class Options:
    """The settings of one server."""

    keys: tuple[str, ...] = ()
    """The keys that are good. None named: every key is good, but one has to be sent."""
    admin: bool = True
    """Whether the keys may see the balance and the usage (fal's ADMIN scope)."""
    assets_write: bool = True
    """Whether the keys may change who reads a file (fal's `assets:write`)."""
    seed: int = 0
    """For the faults that come by chance and the latencies that are a span."""
    balance: Decimal = Decimal(1000)
    """Dollars before the first bill. At zero or below the account is locked (403 on submit)."""
    concurrency: int = 0
    """Runs at once for the account; 0 is no limit. The others wait in the queue."""
    strict_submit: bool = False
    """Refuse bad inputs at the submit, not with the result as fal's queue does (inferred)."""
    media_address: Literal["local", "fal"] = "local"
    """Results live at this server's plain address, or at https://v3.fal.media (proxy only)."""
    cancelled_shows: Literal["completed", "not_found"] = "completed"
    """What the status of a request says after it was cancelled in the queue (undocumented)."""
    cancel_running: Literal["stops", "stops_billed", "completes"] = "stops"
    """What a cancel does to a run that has begun (undocumented)."""
    list_unfinished: bool = True
    """Whether requests/by-endpoint lists what is still queued or running (undocumented)."""
    listing_delay: float = 0.0
    """Seconds from the acceptance of a request until requests/by-endpoint knows it."""
    token_seconds: float = 3600.0
    """How long a CDN token is good for."""
    result_seconds: float = 30 * 86400.0
    """How long a result is kept after completion; 404 afterwards."""
    gone: tuple[str, ...] = ()
    """Endpoints that fal no longer has."""
    held: bool = False
    """Runs that have begun do not end until this is unset."""
    reported_units: str = ""
    """What `x-fal-billable-units` says instead of the truth."""
    foreign_queue: str = ""
    """The queue's address that answers to submit and status name instead of fal's own."""
    result_address: str = ""
    """The address of every file in a result instead of its own."""
    log_interval: float = 0.5
    """Seconds between two log lines of a run (at most 200 lines)."""
    upload_rate: float = 0.0
    """Bytes a second; 0 is no limit."""
    download_rate: float = 0.0
    """Bytes a second; 0 is no limit."""
    short_side: int = 0
    """Pixels of the short side of every video, at least 108, with sound that is quick to encode,
    for tests of long ones; 0 leaves each model its own."""
    hang_seconds: float = 600.0
    """How long a hanging answer hangs before the connection is dropped."""
    latency: dict[str, Span] = field(default_factory=dict)
    """Seconds by stage (see STAGES); a stage not named takes none."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - repeatable chance, not a secret

    def seconds(self, stage: str) -> float:
        """One draw of a stage's latency."""
        low, high = self.latency.get(stage, (0.0, 0.0))
        return self.random.uniform(low, high)

    def most_seconds(self, stage: str) -> float:
        """The longest latency of a stage as it is set now."""
        return self.latency.get(stage, (0.0, 0.0))[1]

    def set_latency(self, changes: dict[str, Any]) -> None:
        """Set stages to seconds, `[low, high]` or `"low..high"`; ValueError: no such stage."""
        for stage, value in changes.items():
            if stage not in STAGES:
                raise ValueError(f"no stage {stage!r}; there are: {', '.join(STAGES)}")
            span = f"{value[0]}..{value[1]}" if isinstance(value, list | tuple) else str(value)
            self.latency[stage] = parse_span(span)

    def change(self, changes: dict[str, Any]) -> None:
        """Set options by name; ValueError for an unknown one."""
        fields = {entry.name: entry for entry in dataclasses.fields(self)}
        for name, value in changes.items():
            if name not in fields:
                raise ValueError(f"no option {name!r}; there are: {', '.join(fields)}")
            if name == "latency":
                self.set_latency(value)
                continue
            old = getattr(self, name)
            setattr(self, name, type(old)(str(value) if isinstance(old, Decimal) else value))
        if "seed" in changes:
            self.random = random.Random(self.seed)  # noqa: S311 - repeatable chance

    def restore(self) -> None:
        """Back to the defaults, but for the keys."""
        vars(self).update(vars(Options(keys=self.keys)))

    def shown(self) -> dict[str, Any]:
        """The options as JSON, without the keys."""
        values = {entry.name: getattr(self, entry.name) for entry in dataclasses.fields(self)}
        values["keys"] = len(self.keys)
        values["balance"] = str(self.balance)
        return values
