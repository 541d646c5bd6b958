"""The queue's responses: a request's status, and what its model returned."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.fal_server.errors import Refusal
from tests.fal_server.fal import Fal
from tests.fal_server.faults import Rule
from tests.fal_server.files import CDN
from tests.fal_server.request import QueuedRequest


def refusal_answer(refusal: Refusal, **headers: str) -> JSONResponse:
    """An answer that is not a success."""
    return JSONResponse(refusal.body, refusal.status_code, {**refusal.headers, **headers})


def addresses_of(fal: Fal, request: Request, queued: QueuedRequest) -> dict[str, str]:
    """Its id and its three addresses, made of owner and app."""
    queue = fal.options.foreign_queue or fal.addresses(request).queue
    base = f"{queue}/{queued.app}/requests/{queued.request_id}"
    return {
        "request_id": queued.request_id,
        "response_url": base,
        "status_url": f"{base}/status",
        "cancel_url": f"{base}/cancel",
    }


def status_body(
    fal: Fal, request: Request, queued: QueuedRequest, with_logs: bool
) -> dict[str, Any]:
    """Return the body of a status response."""
    body: dict[str, Any] = {"status": queued.state, **addresses_of(fal, request, queued)}
    if queued.state == "IN_QUEUE":
        return body | {"queue_position": fal.queue.position(queued)}
    body["logs"] = list(queued.logs) if with_logs and not queued.no_logs else None
    if queued.state == "COMPLETED":
        body["metrics"] = {"inference_time": queued.inference_seconds}
        if queued.refusal:
            body |= {"error": queued.refusal.error, "error_type": queued.refusal.error_type}
            body["metrics"] = {}
    return body


def spoil(body: dict[str, Any], rule: Rule | None) -> None:
    """Make a status what its fault says."""
    kind = rule.kind if rule else ""
    if kind == "logs_missing":
        body.pop("logs", None)
    elif kind == "logs_null":
        body["logs"] = None
    elif kind == "unknown":
        body["status"] = "FAILED"
    elif kind == "in_queue":
        body.update(status="IN_QUEUE", queue_position=0)
    elif kind == "no_position":
        body.update(status="IN_QUEUE")
        body.pop("queue_position", None)


def replay(fal: Fal, queued: QueuedRequest, kind: str = "") -> Response:
    """The model's own answer, its status and headers too."""
    headers = {"x-fal-request-id": queued.request_id, "x-fal-served-from": "emulator"}
    if queued.refusal:
        if queued.units:  # billed all the same
            headers["x-fal-billable-units"] = (
                fal.options.reported_units or f"{queued.units.normalize():f}"
            )
        return refusal_answer(queued.refusal, **headers)
    reported = fal.options.reported_units or f"{queued.units.normalize():f}"
    headers["x-fal-billable-units"] = reported
    return JSONResponse(output_of(fal, queued, kind), headers=headers)


def output_of(fal: Fal, queued: QueuedRequest, kind: str = "") -> dict[str, Any]:
    """The model's output, with the file at its field."""
    output = dict(queued.output or {})
    name = queued.file_field
    if kind == "no_video" and name:
        del output[name]
        return output
    file = fal.files.stored.get(queued.file_path or "")
    if name is None or output[name] is not None:
        return output
    base = CDN if fal.options.media_address == "fal" else fal.base_url
    if kind == "other_host":
        base = fal.base_url.replace("127.0.0.1", "localhost")
    output[name] = {"url": fal.options.result_address or f"{base}{queued.file_path}"}
    if kind == "plain_url":
        output[name] = output[name]["url"]
    elif kind != "bare_file" and file:
        output[name] |= {
            "content_type": file.content_type,
            "file_name": file.name,
            "file_size": len(file.data),
        }
    return output
