"""Answers of fal's that nobody would expect: to orders, questions, results and files."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import httpx
from pydantic import SecretStr

from talkinghead.catalogue import FlashheadInput
from talkinghead.fal.client import FalClient
from talkinghead.fal.network import Network
from talkinghead.fal.platform import FalPlatform
from talkinghead.fal.result import Results
from talkinghead.jobs.renderer import RenderRequest
from tests.fal.workbench import KEY
from tests.hostile.here import Here, Rows

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "NUL": b"\0",
    "no JSON": b"OK",
    "half of JSON": b'{"status": "COMPL',
    "HTML": b"<!doctype html><title>502</title><h1>nginx",
    "null": b"null",
    "a number": b"1e400",
    "no number": b"NaN",
    "a text": b'"COMPLETED"',
    "a list": b"[[], {}, null]",
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    "wrong types": json.dumps(
        {"status": 7, "logs": {"a": 1}, "queue_position": "soon", "request_id": [1], "video": 9,
         "detail": {"loc": 1}, "prices": "x", "credits": [], "items": {}, "error": [], "seed": "x"}
    ).encode(),
    "huge numbers": json.dumps(
        {"status": "IN_QUEUE", "queue_position": 10**300, "request_id": 10**300, "seed": 10**300,
         "video": {"url": "https://v3.fal.media/a.mp4", "file_size": 10**300},
         "credits": {"current_balance": 10**300}}
    ).encode(),
    "not UTF-8": b'{"status": "\xff\xfe", "request_id": "\xff"}',
    "half a surrogate pair": b'{"status": "COMPLETED", "error": "\\ud800", "request_id": "\\ud8"}',
    "a body without an end": b" " * (9 * 2**20),
    "an error in HTML": b'{"detail": "<script>alert(1)</script>", "error_type": "<b>"}',
    "errors of every form": json.dumps(
        {"detail": [None, 1, "x", {"type": 7, "loc": "body", "msg": {"a": 1}, "ctx": [1]}, []]}
    ).encode(),
    "an error with a key": json.dumps({"detail": f"Key {KEY} at https://example.com"}).encode(),
}  # fmt: skip
# 429 is not among them: fal's own client waits for half a minute then (tests/test_faults.py).
STATUSES = (200, 204, 302, 400, 401, 403, 404, 418, 422, 451, 500, 503, 599, 999)

Ask = Callable[[Here, FalClient, Network], Any]


def _request(here: Here) -> RenderRequest:
    folder = here.folder / "job"
    folder.mkdir(exist_ok=True)
    given = FlashheadInput(image_url="asset:1", text="Hello.")
    return RenderRequest("1" * 32, here.workspace.id, given, folder)


async def _ordered(here: Here, client: FalClient, network: Network) -> object:
    return await client.order(_request(here).input, {})


async def _polled(here: Here, client: FalClient, network: Network) -> object:
    return await client.run_status("fal-ai/flashhead", "a-b-c")


async def _fetched(here: Here, client: FalClient, network: Network) -> object:
    return await Results(network, ()).video(client, _request(here), "a-b-c")


async def _stopped(here: Here, client: FalClient, network: Network) -> object:
    return await client.stop("fal-ai/flashhead", "a-b-c")


async def _looked_up(here: Here, client: FalClient, network: Network) -> object:
    platform, key = FalPlatform(network), SecretStr(KEY)
    await platform.check_key(key, "fal-ai/flashhead")
    await platform.prices(key, ["fal-ai/flashhead"])
    await platform.balance(key)
    await platform.models(key, ["fal-ai/flashhead"])
    return await platform.requests(key, "fal-ai/flashhead", datetime.now(UTC))


ASKED: dict[str, Ask] = {
    "to an order": _ordered,
    "to a question": _polled,
    "with a result": _fetched,
    "to a stop": _stopped,
    "with prices": _looked_up,
}


def _play(ask: Ask, status: int, body: bytes, here: Here) -> object:
    headers = {"location": "http://127.0.0.1/"} if status == 302 else {}
    return here.asked(
        lambda request: httpx.Response(status, headers=headers, content=body),
        lambda client, network: ask(here, client, network),
    )


def _file(url: Any, status: int, body: bytes, here: Here) -> object:
    """A result that names this file, and what is there."""

    def reply(request: httpx.Request) -> httpx.Response:
        if request.url.host.endswith("fal.run"):
            return httpx.Response(200, json={"video": {"url": url}, "seed": 1})
        return httpx.Response(status, content=body)

    return here.asked(reply, lambda client, network: _fetched(here, client, network))


FILES: dict[str, tuple[Any, int, bytes]] = {
    "at no address": ("a.mp4", 200, b""),
    "at a number": (7, 200, b""),
    "on this machine": ("http://127.0.0.1:8501/a.mp4", 200, b""),
    "in a metadata service": ("https://169.254.169.254/latest", 200, b""),
    "on a disk": ("file:///etc/passwd", 200, b""),
    "in a script": ("javascript:alert(1)", 200, b""),
    "behind a password": ("https://a:b@v3.fal.media/a.mp4", 200, b""),
    "at a long address": (f"https://v3.fal.media/{'a' * 20_000}", 200, b""),
    "that is gone": ("https://v3.fal.media/a.mp4", 404, b""),
    "that is forbidden": ("https://v3.fal.media/a.mp4", 403, b""),
    "that is empty": ("https://v3.fal.media/a.mp4", 200, b""),
    "that is a web page": ("https://v3.fal.media/a.mp4", 200, b"<!doctype html>"),
    "that is noise": ("https://v3.fal.media/a.mp4", 200, bytes(range(256)) * 40),
    "that is too large": ("https://v3.fal.media/a.mp4", 200, bytes(65_000_000)),
}


def answers() -> Rows:
    """Return the rows of answers."""
    rows: Rows = {
        f"{body} {asked}": partial(_play, ask, 200, BODIES[body])
        for body in BODIES
        for asked, ask in ASKED.items()
    }
    for status in STATUSES:
        for asked, ask in ASKED.items():
            rows[f"status {status} {asked}"] = partial(_play, ask, status, b'{"detail": "No."}')
    for name, (url, status, body) in FILES.items():
        rows[f"a file {name}"] = partial(_file, url, status, body)
    return rows
