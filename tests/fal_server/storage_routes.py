"""rest.fal.ai and the CDN's side of it: tokens, uploads whole and in parts, the fallback."""

import asyncio
import hashlib
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fal_server.answers import NO_USER, read_json, refused
from tests.fal_server.fal import Fal, account_in, fal_of, sent_key, stage
from tests.fal_server.faults import Rule
from tests.fal_server.files import StoredFile, expiry


@stage("token")
async def token(request: Request, rule: Rule | None) -> Response:
    """POST /storage/auth/token: what an upload to the CDN shows instead of the key."""
    fal, kind = fal_of(request), rule.kind if rule else ""
    seconds = -60.0 if kind == "expired" else fal.options.token_seconds
    value, until = fal.new_token(account_in(request), seconds)
    if kind == "revoked":
        del fal.tokens[value]
    shown = until.replace(tzinfo=None) if kind == "naive" else until
    return JSONResponse(
        {
            "token": value,
            "token_type": "Bearer",
            "base_url": fal.addresses(request).cdn,
            "expires_at": shown.isoformat(),
        }
    )


def _token_refused(request: Request) -> Response | None:
    _, until = fal_of(request).tokens.get(
        sent_key(request.headers.get("authorization")) or "", ("", None)
    )
    if until is None:
        return refused(401, NO_USER)
    return refused(401, "Token has expired") if until <= datetime.now(UTC) else None


def _kind_and_name(request: Request) -> tuple[str, str]:
    content_type = request.headers.get("content-type", "application/octet-stream")
    return content_type, request.headers.get("x-fal-file-name", "upload.bin")


async def _receive(fal: Fal, request: Request) -> bytes:
    data = await request.body()
    if fal.options.upload_rate:
        await asyncio.sleep(len(data) / fal.options.upload_rate)
    return data


@stage("upload", keyed=False)
async def upload(request: Request, rule: Rule | None) -> Response:
    """POST /files/upload: a whole file."""
    fal, kind = fal_of(request), rule.kind if rule else ""
    data = await _receive(fal, request)
    if refusal := _token_refused(request):
        return refusal
    content_type, name = _kind_and_name(request)
    path = fal.files.new_path(name)
    if kind != "lost":
        fal.files.put(StoredFile(path, content_type, data, expiry(request.headers)))
    url = fal.addresses(request).cdn + path
    return JSONResponse({} if kind == "no_url" else {"access_url": url})


@stage("upload", keyed=False)
async def begin_multipart(request: Request, rule: Rule | None) -> Response:
    """POST /files/upload/multipart."""
    if refusal := _token_refused(request):
        return refusal
    fal, (content_type, name) = fal_of(request), _kind_and_name(request)
    upload_id = fal.files.begin(name, content_type, expiry(request.headers))
    path = fal.files.uploads[upload_id].path
    url = fal.addresses(request).cdn + path
    return JSONResponse({"access_url": url, "uploadId": upload_id})


@stage("upload", keyed=False)
async def put_part(request: Request, rule: Rule | None) -> Response:
    """PUT {access_url}/multipart/{uploadId}/{n}; the answer has the ETag."""
    fal = fal_of(request)
    data = await _receive(fal, request)
    upload = fal.files.uploads.get(request.path_params["upload_id"])
    if refusal := _token_refused(request):
        return refusal
    if upload is None:
        return refused(404, "Upload not found")
    upload.parts[request.path_params["number"]] = data
    etag = hashlib.md5(data, usedforsecurity=False).hexdigest()
    no_etag = rule is not None and rule.kind == "no_etag"
    return Response(headers={} if no_etag else {"etag": f'"{etag}"'})


@stage("upload", keyed=False)
async def finish_multipart(request: Request, rule: Rule | None) -> Response:
    """POST {access_url}/multipart/{uploadId}/complete; the parts come in any order."""
    fal = fal_of(request)
    if refusal := _token_refused(request):
        return refusal
    try:
        body = await read_json(request)
        numbers = [int(part["partNumber"]) for part in body["parts"]]
        fal.files.finish(request.path_params["upload_id"], numbers)
    except (ValueError, KeyError):
        return refused(400, "Parts are missing")
    return JSONResponse({"status": "completed"})


@stage("initiate")
async def initiate(request: Request, rule: Rule | None) -> Response:
    """POST /storage/upload/initiate: a signed address to put the file at."""
    fal, body = fal_of(request), await read_json(request)
    upload_id = fal.files.begin(
        body.get("file_name", "upload.bin"),
        body.get("content_type", "application/octet-stream"),
        expiry(request.headers),
        account_in(request),
    )
    addresses, path = fal.addresses(request), fal.files.uploads[upload_id].path
    signed = f"{addresses.upload}/{upload_id}?X-Goog-Signature={upload_id[:16]}"
    return JSONResponse({"upload_url": signed, "file_url": addresses.cdn + path})


@stage("put", latency="upload", keyed=False)
async def put_signed(request: Request, rule: Rule | None) -> Response:
    """PUT at the signed address; no key is needed, whoever sends one gave it away."""
    fal, upload_id = fal_of(request), request.path_params["upload_id"]
    data = await _receive(fal, request)
    if upload_id not in fal.files.uploads:
        return Response("<Error><Code>AccessDenied</Code></Error>", 403)
    fal.files.uploads[upload_id].parts[1] = data
    fal.files.finish(upload_id, [1])
    return Response()


@stage("token")
async def realtime_token(request: Request, rule: Rule | None) -> Response:
    """POST /tokens/."""
    value, _ = fal_of(request).new_token(account_in(request), 120)
    return JSONResponse(value)


ROUTES = [
    Route("/rest/storage/auth/token", token, methods=["POST"]),
    Route("/rest/storage/upload/initiate", initiate, methods=["POST"]),
    Route("/rest/tokens/", realtime_token, methods=["POST"]),
    Route("/cdn/files/upload", upload, methods=["POST"]),
    Route("/cdn/files/upload/multipart", begin_multipart, methods=["POST"]),
    Route(
        "/cdn/files/{path:path}/multipart/{upload_id}/complete", finish_multipart, methods=["POST"]
    ),
    Route("/cdn/files/{path:path}/multipart/{upload_id}/{number:int}", put_part, methods=["PUT"]),
    Route("/signed/{upload_id}", put_signed, methods=["PUT"]),
    Route("/signed/{bucket}/{upload_id}", put_signed, methods=["PUT"]),
]
