"""Requests to an address that the operator configured.

It is their own choice, so it may be plain HTTP and within their own network, where strangers'
addresses may not lead. Nothing else is asked: no redirect is followed.
"""

from collections.abc import Mapping

import httpx

from talkinghead.core.web.bounded import TooLarge, read_body


class NoAnswer(Exception):
    """The address gave no answer of use; the text says in a few words what came instead."""


async def post(
    url: str, content: bytes, headers: Mapping[str, str], *, seconds: float, most: int
) -> bytes:
    """Send bytes to a configured address; returns the body of its answer.

    Args:
        url: the address.
        content: what to send.
        headers: of the request.
        seconds: how long to wait for each part of the answer.
        most: bytes that the answer may have.

    Raises:
        NoAnswer: none came in time, or another one than 200.
    """
    try:
        async with (
            httpx.AsyncClient(timeout=seconds, follow_redirects=False, headers=headers) as client,
            client.stream("POST", url, content=content) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise NoAnswer(f"status {answer.status_code}")
            return await read_body(answer, most)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TooLarge) as error:
        raise NoAnswer(type(error).__name__) from error
