"""The controls: what was billed and asked, what shall go wrong, how long things take."""

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fal_server.answers import read_json
from tests.fal_server.fal import fal_of
from tests.fal_server.faults import CATALOGUE
from tests.fal_server.options import STAGES


async def health(request: Request) -> Response:
    """GET: the server is up."""
    return JSONResponse({"status": "ok"})


async def ledger(request: Request) -> Response:
    """GET: every bill, their sum, and which arguments were paid for more than once."""
    return JSONResponse(fal_of(request).ledger.shown())


async def requests(request: Request) -> Response:
    """GET: every HTTP request that arrived, the controls' own excepted."""
    return JSONResponse([visit.shown() for visit in fal_of(request).visits])


async def jobs(request: Request) -> Response:
    """GET: every request in the queue, with its arguments, logs and outcome."""
    return JSONResponse([job.record() for job in fal_of(request).queue.requests.values()])


async def job(request: Request) -> Response:
    """GET: one request in the queue."""
    found = fal_of(request).queue.requests.get(request.path_params["request_id"])
    return JSONResponse(found.record()) if found else JSONResponse({}, 404)


async def reset(request: Request) -> Response:
    """POST: forget everything; the options stay."""
    await fal_of(request).reset()
    return JSONResponse({"status": "ok"})


def _add_faults(request: Request, body: Any) -> list[dict[str, Any]]:
    entries = body if isinstance(body, list) else [body]
    return [asdict(fal_of(request).faults.add(**entry)) for entry in entries]


async def faults(request: Request) -> Response:
    """GET: the catalogue, what is set, what has struck. POST: set one or a list. DELETE: none."""
    fal = fal_of(request)
    if request.method == "POST":
        try:
            return JSONResponse(_add_faults(request, await read_json(request)))
        except (TypeError, ValueError) as problem:
            return JSONResponse({"detail": str(problem)}, 422)
    if request.method == "DELETE":
        fal.faults.clear()
    return JSONResponse({**fal.faults.shown(), "catalogue": CATALOGUE})


async def latency(request: Request) -> Response:
    """GET or POST: seconds by stage, a number, [from, to] or "from..to"."""
    options = fal_of(request).options
    try:
        if request.method == "POST":
            options.set_latency(await read_json(request))
    except (TypeError, ValueError) as problem:
        return JSONResponse({"detail": str(problem)}, 422)
    return JSONResponse({stage: options.latency.get(stage, (0.0, 0.0)) for stage in STAGES})


async def options(request: Request) -> Response:
    """GET or POST: the options by name (see options.py)."""
    settings = fal_of(request).options
    try:
        if request.method == "POST":
            settings.change(await read_json(request))
    except (TypeError, ValueError, ArithmeticError) as problem:
        return JSONResponse({"detail": str(problem)}, 422)
    return JSONResponse(settings.shown())


BOTH = ["GET", "POST"]
ROUTES = [
    Route("/_control/health", health),
    Route("/_control/ledger", ledger),
    Route("/_control/requests", requests),
    Route("/_control/jobs", jobs),
    Route("/_control/jobs/{request_id}", job),
    Route("/_control/reset", reset, methods=["POST"]),
    Route("/_control/faults", faults, methods=[*BOTH, "DELETE"]),
    Route("/_control/latency", latency, methods=BOTH),
    Route("/_control/options", options, methods=BOTH),
]
