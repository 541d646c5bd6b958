"""Media files, as fal.media serves them: to everyone unless they were closed, with ranges."""

import asyncio
import re
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fal_server.answers import Truncated, failure
from tests.fal_server.fal import Fal, fal_of, late
from tests.fal_server.faults import Rule
from tests.fal_server.files import StoredFile

CHUNK = 64 * 1024
ENDLESS_PIECES = 800  # of a megabyte each
WEB_PAGE = b"<!doctype html><title>Oops</title><p>This is not the video you are looking for.</p>"
RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


async def media(request: Request) -> Response:
    """GET or HEAD of a file; no key is asked for."""
    fal, path = fal_of(request), request.url.path.removeprefix("/cdn")
    file = fal.files.get(path)
    if file is None:
        return Response("Not Found", 404, media_type="text/plain")
    if (decision := fal.files.decision(path)) != "allow":
        code = 403 if decision == "forbid" else 404
        return Response("Forbidden" if code == 403 else "Not Found", code, media_type="text/plain")
    if "loop" in request.query_params:
        return _to_itself(request)
    moved = "moved" in request.query_params  # a redirect's second half is not struck again
    made_by = fal.queue.requests.get(file.request_id or "")
    account = made_by.account if made_by else None
    rule = None if moved else fal.faults.draw("media", file.request_id, account=account)
    await late(fal, "download", rule)
    failed = failure(rule, fal.options.hang_seconds) if rule else None
    return failed or _spoilt(request, file, rule) or _served(fal, request, file, rule)


def _to_itself(request: Request) -> Response:
    turns = int(request.query_params.get("loop", 0)) + 1
    return RedirectResponse(f"{request.url.path}?loop={turns}", 302)


def _spoilt(request: Request, file: StoredFile, rule: Rule | None) -> Response | None:
    """The answers that are not the file."""
    kind = rule.kind if rule else ""
    if kind == "expired":
        fal_of(request).files.delete(file.path)
        return Response("Not Found", 404, media_type="text/plain")
    if kind == "truncated":
        return Truncated(file.data, media_type=file.content_type)
    if kind == "endless":
        return StreamingResponse(_endless(), 200, media_type=file.content_type)
    if kind == "redirect":
        return RedirectResponse(f"{request.url.path}?moved=1", 302)
    if kind == "redirect_loop":
        return _to_itself(request)
    contents = {
        "not_video": WEB_PAGE,
        "malformed_json": WEB_PAGE,
        "empty": b"",
        "short": file.data[: len(file.data) // 2],
    }
    if kind in contents:
        return Response(contents[kind], media_type=file.content_type)
    return None


def _served(fal: Fal, request: Request, file: StoredFile, rule: Rule | None) -> Response:
    """The file, or the part of it that was asked for."""
    kind, size = rule.kind if rule else "", len(file.data)
    headers = {
        "content-type": "text/plain" if kind == "wrong_type" else file.content_type,
        "accept-ranges": "bytes",
        "access-control-allow-origin": "*",
        "etag": f'"{file.digest[:32]}"',
    }
    asked = None if kind == "no_range" else _range(request.headers.get("range"), size)
    if asked == (0, 0):
        return Response(status_code=416, headers={"content-range": f"bytes */{size}"})
    start, end = asked or (0, size)
    if asked:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    if kind != "no_length":
        headers["content-length"] = str(end - start)
    body = _pieces(fal, b"" if request.method == "HEAD" else file.data[start:end])
    return StreamingResponse(body, 206 if asked else 200, headers)


def _range(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; (0, 0) when there is no such range."""
    found = RANGE.match(header or "")
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size
    if int(first) >= size:
        return 0, 0
    return int(first), min(size, int(last) + 1 if last else size)


async def _pieces(fal: Fal, data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), CHUNK):
        piece = data[start : start + CHUNK]
        if fal.options.download_rate:
            await asyncio.sleep(len(piece) / fal.options.download_rate)
        yield piece


async def _endless() -> AsyncIterator[bytes]:
    for _ in range(ENDLESS_PIECES):  # not for ever: the server does not notice who has left
        yield bytes(16 * CHUNK)


ROUTES = [
    Route("/cdn/files/{path:path}", media),
    Route("/files/{path:path}", media),
]
