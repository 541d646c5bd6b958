"""api.fal.ai: the requests of the past, to be found again or to be deleted."""

from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fal_server.answers import platform_error
from tests.fal_server.fal import account_in, fal_of, stage
from tests.fal_server.faults import Rule
from tests.fal_server.replies import output_of
from tests.fal_server.request import QueuedRequest

MOST_ITEMS = 100


def values_of(request: Request, name: str) -> list[str]:
    """A parameter's values, repeated or with commas between."""
    values = request.query_params.getlist(name)
    return [part for value in values for part in value.split(",") if part]


def _moment(text: str | None, otherwise: datetime) -> datetime:
    """An ISO date or time, UTC when it names no zone. ValueError for anything else."""
    if not text:
        return otherwise
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


OUTCOMES = {"success": range(200, 300), "user_error": range(400, 500), "error": range(500, 600)}


def _matches(request: Request, queued: QueuedRequest, start: datetime, end: datetime) -> bool:
    options, outcome = fal_of(request).options, request.query_params.get("status")
    wanted_id = request.query_params.get("request_id")
    known_from = queued.accepted_at + timedelta(seconds=options.listing_delay)
    return (
        queued.account == account_in(request)
        and queued.endpoint_id in values_of(request, "endpoint_id")
        and (not wanted_id or queued.request_id == wanted_id)
        and start <= queued.accepted_at < end
        and known_from <= datetime.now(UTC)
        and (options.list_unfinished or queued.state == "COMPLETED")
        and (outcome is None or queued.status_code in OUTCOMES.get(outcome, ()))
    )


def _item(request: Request, queued: QueuedRequest) -> dict[str, Any]:
    def text(at: datetime | None) -> str | None:
        return at.isoformat().replace("+00:00", "Z") if at else None

    item: dict[str, Any] = {
        "request_id": queued.request_id,
        "endpoint_id": queued.endpoint_id,
        "sent_at": text(queued.accepted_at),
        "started_at": text(queued.started_at),
        "ended_at": text(queued.ended_at),
        "status_code": queued.status_code,
        "duration": queued.inference_seconds if queued.ended_at else None,
    }
    if "payloads" in values_of(request, "expand"):
        item["json_input"] = queued.arguments
        refusal, done = queued.refusal, queued.state == "COMPLETED"
        output = refusal.body if refusal else output_of(fal_of(request), queued)
        item["json_output"] = output if done else None
    return item


@stage("platform")
async def requests_by_endpoint(request: Request, rule: Rule | None) -> Response:
    """GET /v1/models/requests/by-endpoint, the latest first; 24 hours, 90 days with an id."""
    if not values_of(request, "endpoint_id"):
        return platform_error(400, "endpoint_id is required")
    query, now = request.query_params, datetime.now(UTC)
    window = timedelta(days=90) if query.get("request_id") else timedelta(hours=24)
    try:
        start, end = _moment(query.get("start"), now - window), _moment(query.get("end"), now)
        limit, skip = min(int(query.get("limit", "50")), MOST_ITEMS), int(query.get("cursor") or 0)
    except ValueError:
        return platform_error(400, "start, end, limit or cursor cannot be read")
    known = reversed(list(fal_of(request).queue.requests.values()))
    found = [queued for queued in known if _matches(request, queued, start, end)]
    shown, more = found[skip : skip + limit], len(found) > skip + limit
    items = [_item(request, queued) for queued in shown]
    cursor = str(skip + limit) if more else None
    return JSONResponse({"items": items, "next_cursor": cursor, "has_more": more})


@stage("platform")
async def delete_payloads(request: Request, rule: Rule | None) -> Response:
    """DELETE /v1/models/requests/{id}/payloads: inputs, output and the file that was made, never
    files that were uploaded; ADMIN keys only."""
    fal = fal_of(request)
    if not fal.options.admin:
        return platform_error(403, "This key does not have permission to access this resource")
    queued = fal.queue.requests.get(request.path_params["request_id"])
    if queued is None or queued.account != account_in(request):
        return platform_error(404, "Request not found")
    path, queued.hidden, queued.output = queued.file_path, True, None
    if path:
        fal.files.delete(path)
    links = [{"link": f"https://v3.fal.media{path}", "exception": None}] if path else []
    return JSONResponse({"cdn_delete_results": links})


V1 = "/platform/v1/models/requests"
ROUTES = [
    Route(f"{V1}/by-endpoint", requests_by_endpoint),
    Route(f"{V1}/{{request_id}}/payloads", delete_payloads, methods=["DELETE"]),
]
