"""Asks the operator's timestamp authority (RFC 3161), for workers that may ask nobody."""

import asyncio
import logging

from talkinghead.core.web.configured import NoAnswer, post

SECONDS = 10.0  # that an answer is waited for
LARGEST_ANSWER = 64 * 1024  # bytes; one with all certificates has about 6 kB
LARGEST_REQUEST = 4 * 1024  # bytes; a hash and a nonce have about 70
_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
    "User-Agent": "talking-head-studio",
}

_log = logging.getLogger(__name__)


async def ask_authority(url: str, request: bytes, seconds: float = SECONDS) -> bytes | None:
    """Return the answer of a timestamp authority; None where none came in time, or a refusal.

    Args:
        url: of the authority.
        request: as DER.
        seconds: how long to wait at most.
    """
    try:
        async with asyncio.timeout(seconds):
            return await post(url, request, _HEADERS, seconds=seconds, most=LARGEST_ANSWER)
    except (NoAnswer, TimeoutError) as error:
        _log.warning("the timestamp authority gave no answer: %s", error or "too slow")
    return None
