"""What each fault of the test fal may lead to: the table that `test_faults` goes through.

Outcomes: "video" is stored; "failed" and "cancelled" say why; "unconfirmed" asks the person; "key"
waits for a key that fal accepts; "open" goes on trying and says so.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from talkinghead.catalogue import MODELS, ModelInput
from tests.fal_server.errors import MODEL_ERRORS, REQUEST_ERRORS
from tests.fal_server.faults import CATALOGUE

Outcome = Literal["video", "failed", "cancelled", "unconfirmed", "key", "open"]
Ends = frozenset[Outcome]
VIDEO: Ends = frozenset({"video"})
FAILED: Ends = frozenset({"failed"})
UNCONFIRMED: Ends = frozenset({"unconfirmed"})
CANCELLED: Ends = frozenset({"cancelled"})
OPEN: Ends = frozenset({"open"})
KEY: Ends = frozenset({"key"})

PERSISTENT = {
    "submit": 1,  # it is sent once
    "run": 1,
    "status": 3,
    "result": 2,
    "cancel": 1,
    "token": 1,
    "upload": 1,
    "initiate": 1,
    "put": 1,
    "media": 2,
    "platform": 1,
}
"""How often a fault strikes where it is to pass by itself."""

CLEAR_NO = ("401", "403", "403_locked", "404", "422", "429")
"""Answers to an order after which nothing was ordered for certain."""
ACCEPTED = ("slow", "malformed_json", "no_request_id")
"""Answers to an order after which its request id is known all the same."""
FOR_EVER: dict[str, Ends] = {
    "status_401": KEY,
    "status_404": FAILED,
    "status_unknown": VIDEO | FAILED | OPEN,
    "status_json_503": OPEN,
    "status_drop": OPEN,
    "result_401": KEY,
    "result_404": FAILED,
    "result_500": OPEN | FAILED,
    "result_no_video": FAILED | OPEN,
    "result_malformed_json": FAILED | OPEN,
    "media_404": FAILED,
    "media_500": OPEN | FAILED,
    "media_drop": OPEN | FAILED,
    "media_truncated": OPEN | FAILED,
    "media_not_video": OPEN | FAILED,
    "media_redirect_loop": OPEN | FAILED,
    "token_401": KEY | FAILED | VIDEO,  # what the first storage refuses, the other one may take
    "token_403": KEY | FAILED | VIDEO,
    "token_500": VIDEO,
    "upload_401": KEY | FAILED | VIDEO,
    "upload_500": VIDEO,  # by fal's other storage
    "upload_malformed_json": VIDEO | FAILED | OPEN,
}
"""Faults that persist, with the states that a job may have until they are over."""
BEYOND_HELP = frozenset({"result_expired", "media_expired"})
"""The video of a paid run is lost at fal itself, whatever anybody does."""


@dataclass(frozen=True)
class Case:
    """One render that something happens to.

    Attributes:
        fault: its name in the catalogue.
        model: what renders.
        ends: where it may end while the fault is there.
        times: how often the fault strikes; None: until it is mended.
        others: further faults that bring it about, each with its rule.
        cancelled: whether the person cancels while it is rendered.
    """

    fault: str
    model: type[ModelInput]
    ends: Ends
    times: int | None = 1
    others: tuple[tuple[str, dict[str, Any]], ...] = field(default=(), hash=False)
    cancelled: bool = False

    @property
    def name(self) -> str:
        """For the report of a failure."""
        often = "for ever" if self.times is None else f"x{self.times}"
        return f"{self.fault} {often}, {self.model.title}"

    @property
    def key(self) -> str:
        """The key of the person whom it happens to, and of nobody else."""
        words = self.name.replace(" ", "-").replace(",", "")
        return f"secret-of-{words}"


def passing(fault: str, model: type[ModelInput]) -> Case:
    """A fault that strikes a few times, or that is the model's own answer."""
    stage, _, kind = fault.partition("_")
    others: tuple[tuple[str, dict[str, Any]], ...] = ()
    cancelled = stage == "cancel" or fault in ("run_stuck", "run_cancel_ignored")
    if stage == "cancel":
        others = (("run_slow", {"value": 1.5}),)
    if fault == "run_cancel_ignored":
        others = (("status_slow", {"value": 0.3}),)
    if stage in ("initiate", "put"):  # the other storage is asked when the first fails
        others = (("upload_500", {"times": None}),)
    if stage == "platform":  # asked for a lost order
        others = (("submit_drop_after", {}),)
    return Case(fault, model, _ends(stage, kind), PERSISTENT[stage], others, cancelled)


def _ends(stage: str, kind: str) -> Ends:
    if stage == "submit":
        return _ends_of_order(kind)
    if stage == "run":
        return _ends_of_run(kind)
    if stage == "cancel":
        # The run ends meanwhile, or is stopped: both are right, and both are reported.
        return VIDEO | CANCELLED
    if stage == "platform":
        return VIDEO if kind == "slow" else VIDEO | UNCONFIRMED
    if kind == "401" and stage in ("status", "result"):
        return VIDEO | KEY
    if kind in ("401", "403", "403_locked") and stage in ("token", "upload", "initiate", "put"):
        return VIDEO | FAILED | KEY
    if f"{stage}_{kind}" in BEYOND_HELP | {"upload_lost", "media_endless"}:
        return FAILED
    return VIDEO


def _ends_of_order(kind: str) -> Ends:
    if kind in ACCEPTED or kind.endswith("_after"):
        return VIDEO
    if kind == "401":
        return KEY | FAILED
    if kind == "429":  # refused for certain: fal's client may ask again
        return VIDEO | FAILED
    return FAILED if kind in CLEAR_NO else UNCONFIRMED


def _ends_of_run(kind: str) -> Ends:
    if kind == "client_cancelled":
        return CANCELLED
    if kind in MODEL_ERRORS or kind in REQUEST_ERRORS or kind == "error_charged":
        return FAILED
    return CANCELLED if kind == "stuck" else VIDEO


def table(whole: bool) -> Iterator[Case]:
    """Every fault with the first model, and every fourth of a stage with another one in turn.

    So each stage meets each model. What becomes of a fault depends on its stage: a model brings
    inputs of its own, which go one and the same way. `whole`: every fault with all of them.
    """
    first, *rest = MODELS
    met: Counter[str] = Counter()
    for fault in CATALOGUE:
        stage = fault.partition("_")[0]
        met[stage] += 1
        turn, left = divmod(met[stage] + list(met).index(stage), 4)  # other kinds at other stages
        others = rest if whole else [] if left else [rest[turn % len(rest)]]
        for model in (first, *others):
            yield passing(fault, model)
    for number, (fault, ends) in enumerate(FOR_EVER.items()):
        for model in MODELS if whole else [MODELS[number % len(MODELS)]]:
            yield Case(fault, model, ends, None)
