"""What can go wrong, by name; and when it does: next, n times, by chance, for one request.

A fault's name begins with the stage at which it strikes. The kinds in `KINDS` exist for every
stage (`submit_nginx_502`, `media_404`, …); those in `SPECIAL` are particular to one.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tests.fal_server.errors import MODEL_ERRORS, REQUEST_ERRORS
from tests.fal_server.options import Options

STAGES = (
    "submit",
    "run",
    "status",
    "result",
    "cancel",
    "token",
    "upload",
    "initiate",
    "put",
    "media",
    "platform",
)

KINDS = {
    "drop": "the connection is dropped and nothing was done",
    "hang": "no answer for `hang_seconds`, then dropped; nothing was done",
    "slow": "answered as usual, `value` seconds late (default 2)",
    "401": "the key is refused",
    "403": "the key may not do this",
    "403_locked": "the account is locked: exhausted balance",
    "404": "not found",
    "408": "request timeout, JSON",
    "409": "conflict, JSON",
    "429": "too many requests",
    "500": "internal error, JSON",
    "json_503": "service unavailable, JSON",
    "nginx_502": "an HTML page of the ingress; nothing was done",
    "nginx_503": "an HTML page of the ingress; nothing was done",
    "nginx_504": "an HTML page of the ingress; nothing was done",
    "malformed_json": "200 with half a JSON document (the act itself was done)",
}

SPECIAL = {
    "submit_drop_after": "accepted, then the connection is dropped",
    "submit_hang_after": "accepted, then no answer",
    "submit_nginx_502_after": "accepted, then an HTML page of the ingress",
    "submit_nginx_503_after": "accepted, then an HTML page of the ingress",
    "submit_nginx_504_after": "accepted, then an HTML page of the ingress",
    "submit_408_after": "accepted, then request timeout",
    "submit_409_after": "accepted, then conflict",
    "submit_json_503_after": "accepted, then service unavailable, JSON",
    "submit_no_request_id": "accepted, but the answer lacks `request_id`",
    "submit_422": "refused at once for its inputs",
    "run_slow": "the run takes `value` seconds longer (default 30)",
    "run_stuck": "the run never ends",
    "run_regression": "half way the run is retried: IN_PROGRESS, IN_QUEUE, IN_PROGRESS",
    "run_no_logs": "the model writes no logs: `logs` is null throughout",
    "run_octet_stream": "the video is announced as application/octet-stream",
    "run_cancel_ignored": "completes, and is billed, in spite of a cancel that was accepted",
    "run_error_charged": "fails with internal_server_error and is billed all the same",
    "status_logs_missing": "no `logs` key",
    "status_logs_null": "`logs` is null",
    "status_unknown": "`status` is FAILED, which fal does not have",
    "status_in_queue": "says IN_QUEUE, whatever it said before",
    "status_no_position": "IN_QUEUE without `queue_position`",
    "result_expired": "404 with NOT_FOUND, from now on",
    "result_in_progress": "400, still in progress",
    "result_no_video": "the output lacks its file",
    "result_plain_url": "the file is a bare address instead of an object",
    "result_bare_file": "the file has an address and nothing else",
    "result_other_host": "the file lives on another host (localhost)",
    "cancel_completed": "400 ALREADY_COMPLETED",
    "cancel_not_found": "404 NOT_FOUND",
    "cancel_requested": "202 CANCELLATION_REQUESTED, and the run goes on to complete",
    "token_expired": "a token that has expired already",
    "token_revoked": "a token that the CDN refuses",
    "token_naive": "`expires_at` without an offset",
    "upload_no_etag": "a part's answer lacks the ETag header",
    "upload_no_url": "the answer lacks `access_url`",
    "upload_lost": "accepted, but the file is not there afterwards",
    "media_expired": "404 from now on",
    "media_truncated": "half the bytes, then the connection is dropped",
    "media_short": "half the bytes, announced and sent as if they were all",
    "media_wrong_type": "served as text/plain",
    "media_not_video": "served as video/mp4, but it is a web page",
    "media_empty": "no bytes at all",
    "media_endless": "800 MB without an announced length",
    "media_redirect": "302 to another path of this server",
    "media_redirect_loop": "302 to itself",
    "media_no_length": "no Content-Length",
    "media_no_range": "Range is ignored: always 200 and the whole",
}

CATALOGUE: dict[str, str] = {
    **{
        f"{stage}_{kind}": text
        for stage in STAGES
        if stage != "run"
        for kind, text in KINDS.items()
    },
    **SPECIAL,
    **{f"run_{name}": f"COMPLETED with the model's error {name}" for name in MODEL_ERRORS},
    **{f"run_{name}": f"COMPLETED with the platform's error {name}" for name in REQUEST_ERRORS},
}
"""Every fault: its name, and what happens."""

MARKER = re.compile(r"\[fault (\w+)(?: x(\d+))?\]")
"""In a request's own words: `[fault status_404]`, `[fault result_429 x3]`, for it alone."""


@dataclass
class Rule:
    """One fault that is set."""

    name: str
    times: int | None = 1
    """How often it still strikes; None is for ever."""
    probability: float = 1.0
    endpoint_id: str | None = None
    """Only for this endpoint."""
    request_id: str | None = None
    """Only for this request; "next": for the next one accepted."""
    account: str | None = None
    """Only for who holds this key: `ledger.account_of(key)`."""
    skip: int = 0
    """Let this many pass first."""
    value: float | None = None
    """The fault's own number, where it has one."""

    def __post_init__(self) -> None:
        if self.name not in CATALOGUE:
            raise ValueError(f"no fault {self.name!r}; GET /_control/faults lists them")

    @property
    def stage(self) -> str:
        """Where it strikes."""
        return self.name.partition("_")[0]

    @property
    def kind(self) -> str:
        """The name without its stage."""
        return self.name.partition("_")[2]


class Faults:
    """The faults that are set, in the order in which they were."""

    def __init__(self, options: Options) -> None:
        self.rules: list[Rule] = []
        self.struck: list[dict[str, Any]] = []
        self.options = options

    def add(self, name: str, **rule: Any) -> Rule:
        """Set a fault; ValueError for an unknown name, TypeError for an unknown detail."""
        added = Rule(name, **rule)
        self.rules.append(added)
        return added

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.rules.clear()

    def accept(self, request_id: str, words: str) -> None:
        """Bind what waits for "next", and what the request's own words ask for, to this request."""
        for rule in self.rules:
            if rule.request_id == "next":
                rule.request_id = request_id
        for name, times in MARKER.findall(words):
            if name in CATALOGUE and not name.startswith("submit"):
                self.add(name, times=int(times or 1), request_id=request_id)

    def asked(self, stage: str, words: str) -> Rule | None:
        """A fault of the submit itself that the request's own words ask for."""
        for name, _ in MARKER.findall(words):
            if name in CATALOGUE and name.startswith(stage):
                return Rule(name)
        return None

    def draw(
        self,
        stage: str,
        request_id: str | None = None,
        endpoint_id: str | None = None,
        account: str | None = None,
    ) -> Rule | None:
        """The fault that strikes here and now, if any."""
        for rule in self.rules:
            if rule.stage == stage and self._concerns(rule, request_id, endpoint_id, account):
                if rule.skip > 0:
                    rule.skip -= 1
                elif self.options.random.random() < rule.probability:
                    return self._strike(rule, request_id)
        return None

    @staticmethod
    def _concerns(
        rule: Rule, request_id: str | None, endpoint_id: str | None, account: str | None
    ) -> bool:
        return (
            rule.times != 0
            and rule.request_id in (None, request_id)
            and rule.endpoint_id in (None, endpoint_id)
            and rule.account in (None, account)
        )

    def _strike(self, rule: Rule, request_id: str | None) -> Rule:
        if rule.times is not None:
            rule.times -= 1
        if rule.times == 0:
            self.rules.remove(rule)
        self.struck.append({"name": rule.name, "request_id": request_id})
        return rule

    def shown(self) -> Mapping[str, Any]:
        """What is set and what has struck, as JSON."""
        return {"set": [asdict(rule) for rule in self.rules], "struck": list(self.struck)}
