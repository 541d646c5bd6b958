"""api.fal.ai/v1 and fal.ai's OpenAPI documents: models, prices, balance, usage."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fal_server.answers import platform_error, read_json
from tests.fal_server.endpoint import Endpoint
from tests.fal_server.endpoints import ENDPOINTS
from tests.fal_server.fal import fal_of, stage
from tests.fal_server.faults import Rule
from tests.fal_server.history_routes import values_of
from tests.fal_server.openapi import document

MOST_PRICES = 50


def _page(name: str, items: list[Any], more: bool = False) -> JSONResponse:
    cursor = str(len(items)) if more else None
    return JSONResponse({name: items, "next_cursor": cursor, "has_more": more})


def _unknown(ids: list[str]) -> Response | None:
    missing = [name for name in ids if name not in ENDPOINTS]
    return platform_error(404, f"Endpoints not found: {', '.join(missing)}") if missing else None


def _model(endpoint: Endpoint, gone: bool, expand: list[str]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "endpoint_id": endpoint.endpoint_id,
        "metadata": {
            "display_name": endpoint.title,
            "category": endpoint.category,
            "description": endpoint.title,
            "status": "deprecated" if gone else "active",
            "tags": [],
            "updated_at": "2026-08-01T00:00:00Z",
            "is_favorited": None,
            "thumbnail_url": "https://v3.fal.media/files/thumbnail.jpg",
            "model_url": f"https://fal.run/{endpoint.endpoint_id}",
            "date": "2026-01-01T00:00:00Z",
            "highlighted": False,
            "kind": "inference",
            "pinned": False,
        },
    }
    if "openapi-3.0" in expand:
        shown["openapi"] = document(endpoint.endpoint_id)
    return shown


@stage("platform", keyed=False)
async def models(request: Request, rule: Rule | None) -> Response:
    """GET /v1/models; needs no key."""
    ids = values_of(request, "endpoint_id")
    if refusal := _unknown(ids):
        return refusal
    gone, wanted = fal_of(request).options.gone, request.query_params.get("status")
    found = [
        _model(ENDPOINTS[name], name in gone, values_of(request, "expand"))
        for name in ids or ENDPOINTS
    ]
    return _page("models", [item for item in found if wanted in (None, item["metadata"]["status"])])


@stage("platform")
async def pricing(request: Request, rule: Rule | None) -> Response:
    """GET /v1/models/pricing of 1 to 50 endpoints."""
    ids = values_of(request, "endpoint_id")
    if not 1 <= len(ids) <= MOST_PRICES:
        return platform_error(400, f"Between 1 and {MOST_PRICES} endpoint_id values are required")
    prices = [
        {
            "endpoint_id": name,
            "unit_price": float(ENDPOINTS[name].unit_price),
            "unit": ENDPOINTS[name].unit,
            "currency": "USD",
        }
        for name in ids
        if name in ENDPOINTS
    ]
    return _unknown(ids) or _page("prices", prices)


@stage("platform")
async def estimate(request: Request, rule: Rule | None) -> Response:
    """POST /v1/models/pricing/estimate: quantity times price, nothing more."""
    try:
        body = await read_json(request)
        historical = body["estimate_type"] == "historical_api_price"
        name = "call_quantity" if historical else "unit_quantity"
        wanted = {key: Decimal(str(entry[name])) for key, entry in body["endpoints"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return platform_error(400, "estimate_type and endpoints with their quantity are required")
    if refusal := _unknown(list(wanted)):
        return refusal
    total = sum((count * ENDPOINTS[key].unit_price for key, count in wanted.items()), Decimal(0))
    return JSONResponse(
        {"estimate_type": body["estimate_type"], "total_cost": float(total), "currency": "USD"}
    )


def _admin_only(request: Request) -> Response | None:
    if fal_of(request).options.admin:
        return None
    return platform_error(403, "This key does not have permission to access this resource")


@stage("platform")
async def billing(request: Request, rule: Rule | None) -> Response:
    """GET /v1/account/billing, with `expand=credits`; ADMIN keys only."""
    fal = fal_of(request)
    if refusal := _admin_only(request):
        return refusal
    body: dict[str, Any] = {"username": "emulator"}
    if "credits" in values_of(request, "expand"):
        balance = float(fal.options.balance - fal.ledger.total)
        body["credits"] = {"current_balance": balance, "currency": "USD"}
    return JSONResponse(body)


@stage("platform")
async def usage(request: Request, rule: Rule | None) -> Response:
    """GET /v1/models/usage: one row for each endpoint; ADMIN keys only."""
    fal, rows = fal_of(request), []
    if refusal := _admin_only(request):
        return refusal
    for name in values_of(request, "endpoint_id") or ENDPOINTS:
        bills = [bill for bill in fal.ledger.bills if bill.endpoint_id == name]
        if bills and name in ENDPOINTS:
            rows.append(
                {
                    "endpoint_id": name,
                    "unit": ENDPOINTS[name].unit,
                    "quantity": float(sum(bill.units for bill in bills)),
                    "unit_price": float(ENDPOINTS[name].unit_price),
                    "cost": float(sum(bill.dollars for bill in bills)),
                    "currency": "USD",
                }
            )
    return _page("summary" if "summary" in values_of(request, "expand") else "time_series", rows)


@stage("platform")
async def file_acl(request: Request, rule: Rule | None) -> Response:
    """PUT /v1/storage/files/acl?url=…: who reads a file; `assets:write` only."""
    fal = fal_of(request)
    if not fal.options.assets_write:
        return platform_error(403, "This key does not have the assets:write permission")
    path = urlsplit(request.query_params.get("url", "")).path
    try:
        decision = (await read_json(request))["default"]
    except (ValueError, KeyError, TypeError):
        return platform_error(400, "default is required")
    if decision not in ("allow", "forbid", "hide"):
        return platform_error(400, "default is none of allow, forbid, hide")
    if fal.files.get(path) is None:
        return platform_error(404, "File not found")
    fal.files.set_decision(path, decision)
    return JSONResponse({"default": decision, "rules": []})


@stage("platform", keyed=False)
async def openapi(request: Request, rule: Rule | None) -> Response:
    """GET fal.ai/api/openapi/queue/openapi.json?endpoint_id=…; needs no key."""
    endpoint_id = request.query_params.get("endpoint_id", "")
    if endpoint_id not in ENDPOINTS or endpoint_id in fal_of(request).options.gone:
        return JSONResponse({"detail": "Not Found"}, 404)
    return JSONResponse(document(endpoint_id))


V1 = "/platform/v1"
ROUTES = [
    Route(f"{V1}/models", models),
    Route(f"{V1}/models/pricing", pricing),
    Route(f"{V1}/models/pricing/estimate", estimate, methods=["POST"]),
    Route(f"{V1}/account/billing", billing),
    Route(f"{V1}/models/usage", usage),
    Route(f"{V1}/storage/files/acl", file_acl, methods=["PUT"]),
    Route("/site/api/openapi/queue/openapi.json", openapi),
]
