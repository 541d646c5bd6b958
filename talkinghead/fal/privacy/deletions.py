"""fal's calls that close an upload and delete a request: free, and repeatable."""

from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from talkinghead.fal.client import REQUEST_ID
from talkinghead.fal.network import Network
from talkinghead.fal.platform import PLATFORM
from talkinghead.fal.transport import Answer, Unreachable

_FILES = (".fal.media", ".fal.ai")
"""The hosts that fal's files are at."""


class Outcome(StrEnum):
    """What came of a request to close or to delete."""

    DONE = "done"  #: fal did it, or has nothing of it any more.
    NOT_ALLOWED = "not allowed"  #: The key lacks the permission.
    LATER = "later"  #: fal gave no usable answer, or could not delete everything.


class FalDeletions:
    """What fal closes and deletes."""

    def __init__(self, network: Network) -> None:
        self._network = network

    async def close_upload(self, key: SecretStr, url: str) -> Outcome:
        """Forbid everyone but the account to read an uploaded file; needs `assets:write`."""
        parts = urlsplit(url)
        if not (parts.hostname or "").endswith(_FILES):
            return Outcome.DONE  # none of fal's files, so there is nothing of it to close
        address = f"{PLATFORM}/storage/files/acl"
        return await self._ask("PUT", address, key, {"url": url}, {"default": "forbid"})

    async def delete_payloads(self, key: SecretStr, request_id: str) -> Outcome:
        """Delete inputs and output of a request, and the files of the output; needs an ADMIN
        key."""
        if not REQUEST_ID.fullmatch(request_id):
            return Outcome.DONE  # no id that fal gives
        return await self._ask(
            "DELETE", f"{PLATFORM}/models/requests/{request_id}/payloads", key, {}, None
        )

    async def _ask(
        self,
        method: str,
        url: str,
        key: SecretStr,
        params: dict[str, str],
        body: dict[str, str] | None,
    ) -> Outcome:
        try:
            answer = await self._network.ask(method, url, key, params=params, body=body, seconds=10)
        except Unreachable:
            return Outcome.LATER
        return _outcome(answer)


def _outcome(answer: Answer) -> Outcome:
    if answer.status in (401, 402, 403):
        return Outcome.NOT_ALLOWED
    if answer.status in (404, 410):
        return Outcome.DONE
    if not 200 <= answer.status < 300 or _has_failed(answer.json()):
        return Outcome.LATER
    return Outcome.DONE


def _has_failed(body: Any) -> bool:
    """Whether the answer names a file that could not be deleted."""
    results = body.get("cdn_delete_results") if isinstance(body, dict) else None
    listed = results if isinstance(results, list) else []
    return any(isinstance(each, dict) and each.get("exception") for each in listed)
