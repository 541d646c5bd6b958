"""The gateway: receives every request and routes it to the host it was meant for.

A request with `x-fal-target-url` came through the one proxy address for all of fal
(`FAL_PROXY_URL`); its own path means nothing. One without is meant for this server itself: the
direct layout (`/queue/…`, `/run/…`, `/rest/…`, `/cdn/…`), a media file, or the controls.
"""

from urllib.parse import SplitResult, unquote, urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.fal_server.fal import Fal, sent_key
from tests.fal_server.ledger import Visit, account_of, now

HOSTS = {
    "queue.fal.run": "/queue",
    "queue.falrun.com": "/queue",
    "fal.run": "/run",
    "falrun.com": "/run",
    "rest.fal.ai": "/rest",
    "rest.alpha.fal.ai": "/rest",
    "v3.fal.media": "/cdn",
    "v3b.fal.media": "/cdn",
    "api.fal.ai": "/platform",
    "fal.ai": "/site",
    "www.fal.ai": "/site",
    "storage.googleapis.com": "/signed",
}
"""fal's hosts, and where in this server they are."""

DIRECT = {"/v1/": "/platform", "/api/openapi/": "/site"}
"""Paths of the direct layout that name no host, and where they are."""


class Gateway:
    """The outermost application."""

    def __init__(self, app: ASGIApp, fal: Fal) -> None:
        self.app, self.fal = app, fal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the target, note the visit, pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["fal.transport"] = getattr(send, "__self__").transport  # noqa: B009 - uvicorn's own
        headers = Headers(scope=scope)
        target = headers.get("x-fal-target-url")
        scope["fal.through_proxy"] = target is not None
        visit = self._note(scope, headers, target)

        async def note_and_send(message: Message) -> None:
            if message["type"] == "http.response.start" and visit:
                visit.status_code = message["status"]
            await send(message)

        if target is not None and not redirect(scope, target, self.fal.base_url):
            refusal = JSONResponse({"detail": f"Invalid request: not fal's: {target}"}, 412)
            await refusal(scope, receive, note_and_send)
            return
        if target is None:
            for path, place in DIRECT.items():
                if scope["path"].startswith(path):
                    scope["path"] = place + scope["path"]
        await self.app(scope, receive, note_and_send)

    def _note(self, scope: Scope, headers: Headers, target: str | None) -> Visit | None:
        if scope["path"].startswith("/_control") and target is None:
            return None
        query = scope["query_string"].decode()
        own = self.fal.base_url + scope["path"] + ("?" + query if query else "")
        key = sent_key(headers.get("authorization"))
        known = (self.fal.account(key) or account_of(key)) if key else None
        visit = Visit(
            now(),
            scope["method"],
            target or own,
            target is not None,
            known,
            int(headers.get("content-length") or 0),
            headers.get("user-agent", ""),
        )
        self.fal.visits.append(visit)
        return visit


def redirect(scope: Scope, target: str, base_url: str) -> bool:
    """Point a request at its target; False when the target is none of fal's."""
    parts = urlsplit(target)
    place = _place(parts, base_url)
    if place is None:
        return False
    scope["path"] = place + unquote(parts.path)
    scope["raw_path"] = (place + parts.path).encode()
    scope["query_string"] = parts.query.encode()
    return True


def _place(parts: SplitResult, base_url: str) -> str | None:
    if parts.netloc == urlsplit(base_url).netloc or parts.hostname == "localhost":
        return ""
    if parts.path.startswith("/isolate-"):  # a signed upload, whatever the host
        return "/signed"
    return HOSTS.get(parts.hostname or "")
