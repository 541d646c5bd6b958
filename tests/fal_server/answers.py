"""Answers that are none: dropped connections, silence, pages of the ingress, refusals."""

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tests.fal_server.faults import Rule

NGINX = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
NGINX_TITLES = {
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
}
LOCKED = (
    "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing"
)
NO_USER = "No user found for Key ID and Secret"
NO_KEY = "Authentication is required to access this application"

GATEWAY: dict[str, tuple[int, Any]] = {
    "401": (401, {"detail": NO_USER}),
    "403": (403, {"detail": "Access denied"}),
    "403_locked": (403, {"detail": LOCKED}),
    "404": (404, {"detail": "Not Found"}),
    "408": (408, {"detail": "Request timeout"}),
    "409": (409, {"detail": "Conflict"}),
    "429": (
        429,
        {
            "detail": "Reached concurrent requests limit of 20",
            "type": "concurrent_requests_limit",
            "data": {"limit": 20},
        },
    ),
    "500": (500, {"detail": "Internal Server Error"}),
    "json_503": (503, {"detail": "Service unavailable"}),
}

PLATFORM_TYPES = {
    400: "validation_error",
    401: "authorization_error",
    403: "authorization_error",
    404: "not_found",
    429: "rate_limited",
    500: "server_error",
    503: "server_error",
}


class Drop(Response):
    """The connection breaks off without a word."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close the socket, and wait until the server has noticed."""
        scope["fal.transport"].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class Hang(Drop):
    """Silence, until the client leaves or the time is up."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then drop."""
        try:
            async with asyncio.timeout(self.seconds):
                while (await receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            await super().__call__(scope, receive, send)


class Truncated(Response):
    """Half the body, then the connection breaks off."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head and half the body, then close the socket."""
        start = {
            "type": "http.response.start",
            "status": self.status_code,
            "headers": self.raw_headers,
        }
        await send(start)
        half = bytes(self.body[: len(self.body) // 2])
        await send({"type": "http.response.body", "body": half, "more_body": True})
        await asyncio.sleep(0.05)  # let what was written leave before the socket is closed
        await Drop()(scope, receive, send)


def nginx(status_code: int) -> Response:
    """A page of the ingress; it has no `x-fal-request-id`."""
    page = NGINX.format(NGINX_TITLES[status_code])
    return Response(page, status_code, media_type="text/html")


def refused(status_code: int, detail: Any, **headers: str) -> JSONResponse:
    """`{"detail": …}`."""
    return JSONResponse({"detail": detail}, status_code, headers)


def platform_error(status_code: int, message: str) -> JSONResponse:
    """The platform API's own form of an error."""
    kind = PLATFORM_TYPES.get(status_code, "server_error")
    return JSONResponse({"error": {"type": kind, "message": message}}, status_code)


def failure(rule: Rule, hang_seconds: float) -> Response | None:
    """The answer of a fault that exists at every stage; None for one that its route sees to."""
    kind = rule.kind.removesuffix("_after")
    if kind == "drop":
        return Drop()
    if kind == "hang":
        return Hang(hang_seconds if rule.value is None else rule.value)
    if kind.startswith("nginx_"):
        return nginx(int(kind.removeprefix("nginx_")))
    if kind not in GATEWAY:
        return None
    if kind == "404" and rule.stage in ("status", "result", "cancel"):
        return JSONResponse({"status": "NOT_FOUND"}, 404)
    status_code, body = GATEWAY[kind]
    if rule.stage == "platform":
        return platform_error(status_code, body["detail"])
    return JSONResponse(body, status_code)


def malformed(response: Response) -> Response:
    """The answer with only the first half of its JSON."""
    body = bytes(response.body)
    return Response(body[: len(body) // 2], 200, media_type="application/json")


async def read_json(request: Request) -> Any:
    """The body as JSON; ValueError when it is none."""
    body = await request.body()
    return json.loads(body) if body else {}
