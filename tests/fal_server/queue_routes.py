"""queue.fal.run and fal.run: submit, status, its stream, result, cancel, and the direct call."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fal_server.answers import LOCKED, failure, malformed, read_json, refused
from tests.fal_server.endpoints import ENDPOINTS
from tests.fal_server.errors import ModelError, value_error
from tests.fal_server.fal import Fal, account_in, caller, fal_of, late, stage, unauthorized
from tests.fal_server.faults import Rule
from tests.fal_server.files import expiry
from tests.fal_server.replies import addresses_of, refusal_answer, replay, spoil, status_body
from tests.fal_server.request import QueuedRequest

NOT_FOUND = {"status": "NOT_FOUND"}


def _not_found() -> JSONResponse:
    return JSONResponse(NOT_FOUND, 404)


async def submit(request: Request) -> Response:
    """POST /queue/{endpoint}."""
    fal, endpoint_id = fal_of(request), request.path_params["endpoint"].strip("/")
    try:
        arguments = await read_json(request)
    except ValueError:
        return refused(400, "There was an error parsing the body")
    words = json.dumps(arguments, ensure_ascii=False)
    rule = fal.faults.asked("submit", words) or fal.faults.draw(
        "submit", None, endpoint_id, caller(request)
    )
    await late(fal, "submit", rule)
    failed = failure(rule, fal.options.hang_seconds) if rule else None
    if failed and rule and not rule.kind.endswith("_after"):
        return failed
    if refusal := unauthorized(request) or _refused(fal, endpoint_id, arguments, rule):
        return refusal
    accepted = _accept(fal, request, endpoint_id, arguments)
    return failed or _submitted(fal, request, accepted, rule)


def _refused(fal: Fal, endpoint_id: str, arguments: Any, rule: Rule | None) -> Response | None:
    """What the gateway itself refuses."""
    if endpoint_id not in ENDPOINTS or endpoint_id in fal.options.gone:
        app, _, rest = endpoint_id.partition("/")[2].partition("/")
        owner_and_app = "/".join(endpoint_id.split("/")[:2])
        known = any(endpoint.app == owner_and_app for endpoint in ENDPOINTS.values())
        return refused(
            404, f"Path /{rest} not found" if known else f'Application "{app}" not found'
        )
    if fal.options.balance - fal.ledger.total <= 0:
        return refused(403, LOCKED)
    if rule and rule.kind == "422":
        return refusal_answer(value_error("prompt", "The inputs are not accepted"))
    if fal.options.strict_submit:
        try:
            ENDPOINTS[endpoint_id].check(arguments)
        except ModelError as problem:
            return refusal_answer(problem.refusal)
    return None


def _accept(fal: Fal, request: Request, endpoint_id: str, arguments: Any) -> QueuedRequest:
    timeout = request.headers.get("x-fal-request-timeout")
    accepted = fal.queue.accept(
        endpoint_id, arguments, account_in(request), float(timeout) if timeout else None
    )
    accepted.media_until = expiry(request.headers)
    return accepted


def _submitted(
    fal: Fal, request: Request, accepted: QueuedRequest, rule: Rule | None
) -> JSONResponse:
    body: dict[str, Any] = {
        "status": "IN_QUEUE",
        **addresses_of(fal, request, accepted),
        "queue_position": fal.queue.position(accepted),
    }
    if rule and rule.kind == "no_request_id":
        del body["request_id"]
    response = JSONResponse(body, headers={"x-fal-request-id": accepted.request_id})
    if rule and rule.kind == "malformed_json":
        response.body = malformed(response).body
        response.headers["content-length"] = str(len(response.body))
    return response


def _find(request: Request, whole_path: bool = True) -> QueuedRequest | None:
    """The request an address names, by its app, or also by its endpoint."""
    fal = fal_of(request)
    queued = fal.queue.requests.get(request.path_params["request_id"])
    if queued is None or queued.hidden or queued.account != account_in(request):
        return None
    named = request.path_params["app"]
    return queued if named in (queued.app, queued.endpoint_id if whole_path else None) else None


def _with_logs(request: Request) -> bool:
    return request.query_params.get("logs", "").lower() in ("1", "true")


@stage("status")
async def status(request: Request, rule: Rule | None) -> Response:
    """GET …/status: 202 until completed, then 200."""
    fal, queued = fal_of(request), _find(request)
    if queued is None:
        return _not_found()
    body = status_body(fal, request, queued, _with_logs(request))
    spoil(body, rule)
    code = 200 if body["status"] == "COMPLETED" else 202
    return JSONResponse(body, code, {"x-fal-request-id": queued.request_id})


@stage("status")
async def status_stream(request: Request, rule: Rule | None) -> Response:
    """GET …/status/stream: an event for each change, until completed."""
    fal, queued = fal_of(request), _find(request)
    if queued is None:
        return _not_found()

    async def events(queued: QueuedRequest) -> AsyncIterator[str]:
        last = ""
        while True:
            body = json.dumps(status_body(fal, request, queued, _with_logs(request)))
            if body != last:
                yield f"data: {body}\n\n"
                last = body
            if queued.state == "COMPLETED":
                return
            await asyncio.sleep(0.05)

    return StreamingResponse(events(queued), media_type="text/event-stream")


@stage("result")
async def result(request: Request, rule: Rule | None) -> Response:
    """GET …/requests/{id}: what the model returned, its status and headers too."""
    fal, queued = fal_of(request), _find(request)
    if queued is None:
        return _not_found()
    kind = rule.kind if rule else ""
    if kind == "in_progress" or queued.state != "COMPLETED":
        return refused(400, "Request is still in progress")
    kept = timedelta(seconds=fal.options.result_seconds)
    if kind == "expired" or (queued.ended_at and queued.ended_at + kept <= datetime.now(UTC)):
        queued.hidden = kind == "expired"
        return _not_found()
    return replay(fal, queued, kind)


@stage("cancel")
async def cancel(request: Request, rule: Rule | None) -> Response:
    """PUT …/cancel; only at the address made of owner and app."""
    queued = _find(request, whole_path=False)
    if request.path_params["app"].count("/") > 1:
        return JSONResponse({"detail": "Method Not Allowed"}, 405)
    kind = rule.kind if rule else ""
    if queued is None or kind == "not_found":
        return _not_found()
    if kind == "completed":
        return JSONResponse({"status": "ALREADY_COMPLETED"}, 400)
    code, text = fal_of(request).queue.cancel(queued, completes=kind == "requested")
    return JSONResponse({"status": text}, code)


async def run(request: Request) -> Response:
    """POST fal.run/{endpoint}: no queue, the answer when it is made."""
    response = await submit(request)
    request_id = response.headers.get("x-fal-request-id", "")
    fal = fal_of(request)
    queued = fal.queue.requests.get(request_id)
    if queued is None:
        return response
    await fal.queue.ended(queued)
    return replay(fal, queued)


ONE = "/queue/{app:path}/requests/{request_id}"
ROUTES = [
    Route(f"{ONE}/status/stream", status_stream),
    Route(f"{ONE}/status", status),
    Route(f"{ONE}/cancel", cancel, methods=["PUT"]),
    Route(f"{ONE}/response", result),
    Route(ONE, result),
    Route("/queue/{endpoint:path}", submit, methods=["POST"]),
    Route("/run/{endpoint:path}", run, methods=["POST"]),
]
